import type { TokenSentiment } from '@pumpiq/api'
import type { Asked } from '../../data/asked.ts'
import { percent, signed } from '../../words/show.ts'
import { tokenTexts as text } from '../../words/texts/token.ts'
import { Panel } from '../kit/panel.tsx'

/** How it is spoken of, now and a day before; how that went is drawn below the candles. */
export const SentimentCard = ({ asked }: { asked: Asked<TokenSentiment> }) => (
  <Panel title={text.sentiment} hint={text.sentimentHint} asked={asked} rows={7}>
    {({ overall, news, social, trend, changePoints, rule }) => (
      <>
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="num text-3xl font-semibold">{scoreOf(overall)}</span>
          <span className="text-sm text-ink-2">
            {trend === null ? text.noTrend : text.trends[trend]}
            {changePoints !== null && ` (${signed(changePoints, 1)})`}
          </span>
        </p>
        <Spoken name={text.news} told={news} />
        <Spoken name={text.social} told={social} />
        <details className="mt-2 text-xs text-ink-2">
          <summary className="min-h-6 w-fit underline">{text.how}</summary>
          <p className="mt-1">{rule}</p>
        </details>
      </>
    )}
  </Panel>
)

const scoreOf = (score: number | null): string => (score === null ? '–' : score.toFixed(1))

function Spoken({ name, told }: { name: string; told: TokenSentiment['news'] }) {
  const { score, before, why, documents, voices, shares } = told
  return (
    <div className="mt-3 border-t border-line pt-2 text-sm">
      <div className="flex items-baseline gap-3">
        <h3>{name}</h3>
        <span className="num ml-auto font-semibold">{scoreOf(score)}</span>
      </div>
      <Scale score={score} before={before} />
      <p className="text-xs text-ink-3">
        {why ?? text.documents(documents, voices)}
        {shares &&
          `; ${text.shares(percent(shares.positive), percent(shares.neutral), percent(shares.negative))}`};{' '}
        {before === null ? text.noBefore : text.before(before.toFixed(1))}
      </p>
    </div>
  )
}

/** Where it stands between 0 and 100, and as a hollow mark where it stood a day before. */
const Scale = ({ score, before }: { score: number | null; before: number | null }) => (
  <svg viewBox="0 0 200 12" preserveAspectRatio="none" aria-hidden="true" className="my-1 h-3 w-full">
    <rect className="fill-line" y="4" width="200" height="4" rx="2" />
    <rect className="fill-line-2" x="99.5" width="1" height="12" />
    {before !== null && <rect className="fill-ink-3" x={before * 2 - 1} y="2" width="2" height="8" />}
    {score !== null && (
      <rect
        className={score < 50 ? 'fill-sell' : 'fill-buy'}
        x={Math.min(100, score * 2)}
        y="4"
        width={Math.abs(score * 2 - 100)}
        height="4"
      />
    )}
  </svg>
)
