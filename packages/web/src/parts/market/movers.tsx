import { clsx } from 'clsx'
import type { ListedToken, MarketOverview } from '@pumpiq/api'
import { useOverview } from '../../data/market.ts'
import { Link, tokenPath } from '../../paths.tsx'
import { isDisputed } from '../../words/disputed.ts'
import { signed } from '../../words/show.ts'
import { marketTexts as text } from '../../words/texts/market.ts'
import { Panel } from '../kit/panel.tsx'

/** What rose, what fell and what is written of. */
export function Movers() {
  const asked = useOverview()
  return (
    <Panel title={text.movers} asked={asked} rows={12}>
      {({ topGainers24h, topLosers24h, trending }) => (
        <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
          <Moved title={text.gainers} tokens={topGainers24h} />
          <Moved title={text.losers} tokens={topLosers24h} />
          <Trending trending={trending} />
        </div>
      )}
    </Panel>
  )
}

const line = 'flex min-h-8 items-center gap-2 border-t border-line py-1 text-sm'

const Name = ({ token }: { token: ListedToken }) => (
  <Link to={tokenPath(token.id)} className="min-w-0 truncate font-semibold text-ink no-underline hover:underline">
    <bdi>{token.symbol}</bdi> <bdi className="font-normal text-ink-3">{token.name}</bdi>
  </Link>
)

const isOfAnother = ({ market: { priceUsd }, priceUsd: catalogue }: ListedToken): boolean =>
  priceUsd !== null && isDisputed(priceUsd.value, catalogue)

const Moved = ({ title, tokens }: { title: string; tokens: readonly ListedToken[] }) => (
  <section>
    <h3 className="mb-1">{title}</h3>
    {tokens.length === 0 && <p className="text-sm text-ink-3">{text.moversNone}</p>}
    <ul>
      {tokens.slice(0, 5).map((token) => {
        const change = token.market.change24hPct?.value ?? null
        return (
          <li key={token.id} className={line}>
            <Name token={token} />
            {isOfAnother(token) && <span className="text-xs text-avoid">{text.disputed}</span>}
            {change !== null && (
              <span className={clsx('num ml-auto', change > 0 ? 'text-buy' : change < 0 ? 'text-sell' : 'text-ink-2')}>
                {signed(change)} %
              </span>
            )}
          </li>
        )
      })}
    </ul>
  </section>
)

const Trending = ({ trending: { items, rule } }: Pick<MarketOverview, 'trending'>) => (
  <section className="sm:col-span-2">
    <h3 className="mb-1">
      {text.trending} <span className="font-normal text-ink-3">{text.trendingHint}</span>
    </h3>
    {items.length === 0 && <p className="text-sm text-ink-3">{text.trendingNone}</p>}
    <ul>
      {items.slice(0, 5).map(({ token, voices, timesUsual }) => (
        <li key={token.id} className={line}>
          <Name token={token} />
          <span className="num ml-auto text-right text-xs text-ink-2">
            {text.voices(voices)}, {timesUsual === null ? text.usualUnknown : text.timesUsual(timesUsual.toFixed(1))}
          </span>
        </li>
      ))}
    </ul>
    <details className="mt-2 text-xs text-ink-3">
      <summary className="min-h-6 w-fit content-center">{text.how}</summary>
      <p className="mt-1">{rule}</p>
    </details>
  </section>
)
