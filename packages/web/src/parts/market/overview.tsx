import type { ReactNode } from 'react'
import type { MarketOverview } from '@pumpiq/api'
import { useOverview } from '../../data/market.ts'
import { useNow } from '../../data/now.ts'
import { Link, recommendationPath } from '../../paths.tsx'
import { callNames } from '../../words/market-search.ts'
import { percent, relative, signed } from '../../words/show.ts'
import { marketTexts as text } from '../../words/texts/market.ts'
import { Problem } from '../kit/problem.tsx'
import { Skeleton } from '../kit/skeleton.tsx'

/** The market at a glance: what can be told of it, and why the rest cannot. */
export function Overview() {
  const asked = useOverview()
  const now = useNow(30_000)
  const { data } = asked
  return (
    <section aria-label={text.title} className="mb-5">
      <Problem asked={asked} />
      <div className="grid grid-cols-2 gap-3 xl:grid-cols-4">
        {data ? (
          <>
            <Regime regime={data.regime} now={now} />
            <FearGreed told={data.fearGreed} now={now} />
            <Sentiment sentiment={data.marketSentiment} now={now} />
            <Calls calls={data.calls} />
          </>
        ) : (
          asked.problem === null && [0, 1, 2, 3].map((i) => <Waiting key={i} />)
        )}
      </div>
      {data && data.notes.length > 0 && <Notes notes={data.notes} />}
    </section>
  )
}

const tile = 'min-w-0 rounded-xl border border-line bg-card p-3 shadow-card sm:p-4'

const Waiting = () => (
  <div className={`${tile} min-h-42`}>
    <Skeleton rows={4} />
  </div>
)

type TileProps = { title: string; value: ReactNode; rule?: string; children: ReactNode }

const Tile = ({ title, value, rule, children }: TileProps) => (
  <section className={`${tile} flex min-h-42 flex-col`}>
    <h2 className="text-xs font-medium text-ink-2">{title}</h2>
    <p className="mt-0.5 text-lg leading-tight font-semibold">{value}</p>
    <div className="mt-1.5 grid gap-1 text-xs text-ink-2">{children}</div>
    {rule !== undefined && (
      <details className="mt-auto pt-1 text-xs text-ink-3">
        <summary className="min-h-6 w-fit content-center">{text.how}</summary>
        <p className="mt-1">{rule}</p>
      </details>
    )}
  </section>
)

type Told<K extends keyof MarketOverview> = { now: number } & { [N in K]: MarketOverview[N] }

function Regime({ regime: { value, why, efficiency, recommendation, at, rule }, now }: Told<'regime'>) {
  return (
    <Tile title={text.regime} value={value === null ? text.notTold : text.regimes[value]} rule={rule}>
      {why !== null && <p>{why}</p>}
      {efficiency !== null && (
        <>
          <Line share={efficiency} mark={0.3} />
          <p>
            {text.efficiency} <span className="num">{efficiency.toFixed(2)}</span>
          </p>
        </>
      )}
      <p className="text-ink-3">
        {text.regimeOf}
        {recommendation !== null && (
          <>
            {': '}
            <Link to={recommendationPath(recommendation)} className="text-accent underline">
              {text.itsCall}
            </Link>
          </>
        )}
        {at !== null && `, ${relative(Date.parse(at), now)}`}
      </p>
    </Tile>
  )
}

function FearGreed({ told, now }: { told: MarketOverview['fearGreed']; now: number }) {
  if (told === null)
    return (
      <Tile title={text.fearGreed} value={text.notTold}>
        <p>{text.fearGreedNone}</p>
      </Tile>
    )
  return (
    <Tile
      title={text.fearGreed}
      value={
        <>
          <span className="num">{told.value}</span> <span className="text-xs font-normal text-ink-3">{text.outOf}</span>
        </>
      }
    >
      <Line share={told.value / 100} mark={0.5} />
      <p className="flex justify-between text-ink-3">
        <span>{text.fear}</span>
        <span>{text.greed}</span>
      </p>
      <p className="text-ink-3">{text.priceOf(told.source, relative(Date.parse(told.observedAt), now))}</p>
    </Tile>
  )
}

function Sentiment({ sentiment, now }: { sentiment: MarketOverview['marketSentiment']; now: number }) {
  const { value, why, meanScore, bullishShare, tokens, oldestAt, rule } = sentiment
  return (
    <Tile title={text.sentiment} value={value === null ? text.notTold : text.sentiments[value]} rule={rule}>
      {why !== null && <p>{why}</p>}
      {meanScore !== null && (
        <>
          <Line share={(meanScore + 1) / 2} mark={0.5} />
          <p>
            {text.meanScore} <span className="num">{signed(meanScore)}</span>
          </p>
        </>
      )}
      {bullishShare !== null && (
        <p className="text-ink-3">
          {text.leansUp(percent(bullishShare), tokens)}
          {oldestAt !== null && `, ${relative(Date.parse(oldestAt), now)}`}
        </p>
      )}
    </Tile>
  )
}

const fills = {
  BUY: 'fill-buy',
  SELL: 'fill-sell',
  HOLD: 'fill-hold',
  AVOID: 'fill-avoid',
  NONE: 'fill-line-2',
} as const

function Calls({ calls: { byType, abstained, actionable } }: Pick<MarketOverview, 'calls'>) {
  const counts = callNames.map((name) => [name, name === 'NONE' ? abstained : byType[name]] as const)
  const all = counts.reduce((sum, [, count]) => sum + count, 0)
  const starts = counts.map((_, i) => counts.slice(0, i).reduce((sum, [, count]) => sum + count, 0))
  return (
    <Tile title={text.calls} value={text.callsOf(all)}>
      {all > 0 && (
        <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" className="h-1.5 w-full">
          {counts.map(([name, count], i) => (
            <rect
              key={name}
              x={(starts[i]! / all) * 100}
              width={(count / all) * 100}
              height="6"
              className={fills[name]}
            />
          ))}
        </svg>
      )}
      <p className="flex flex-wrap gap-x-2">
        {counts
          .filter(([, count]) => count > 0)
          .map(([name, count]) => (
            <span key={name} className="whitespace-nowrap">
              {name === 'NONE' ? text.noCall : name} <span className="num font-semibold">{count}</span>
            </span>
          ))}
      </p>
      <p className="text-ink-3">{text.withEdge(actionable)}</p>
    </Tile>
  )
}

/** How far along a line, and where its middle or threshold is. */
const Line = ({ share, mark }: { share: number; mark: number }) => (
  <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" className="h-2 w-full">
    <rect y="2" width="100" height="2" rx="1" className="fill-line-2" />
    <rect x={mark * 100 - 0.25} y="0" width="0.5" height="6" className="fill-ink-3" />
    <rect x={Math.min(98.5, Math.max(0, share * 100 - 0.75))} width="1.5" height="6" rx="0.5" className="fill-accent" />
  </svg>
)

const Notes = ({ notes }: { notes: readonly string[] }) => (
  <details className="mt-2 text-xs text-ink-2">
    <summary className="min-h-6 w-fit content-center">
      {text.cannotTell} <span className="num">({notes.length})</span>
    </summary>
    <ul className="mt-1 list-disc pl-5">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  </details>
)
