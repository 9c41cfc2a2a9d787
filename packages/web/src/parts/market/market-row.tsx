import { memo, useContext } from 'react'
import { clsx } from 'clsx'
import type { ListedToken, RecommendationSummary } from '@pumpiq/api'
import type { Sparkline } from '../../data/market.ts'
import { Link, recommendationPath, tokenPath } from '../../paths.tsx'
import { percent, relative, signed, span } from '../../words/show.ts'
import { marketTexts as text } from '../../words/texts/market.ts'
import { CallBadge, EdgeNote } from '../call-badge.tsx'
import { EndingBadge } from '../ending-badge.tsx'
import { cell, rowGrid } from './layout.ts'
import { PriceCell, TableNow } from './price-cell.tsx'
import { callNameOf, chainOf } from './rows.ts'
import { SmallMeter } from './small-meter.tsx'
import { Spark } from './spark.tsx'
import { usdShort } from './usd-short.ts'
import { WatchStar } from './watch-star.tsx'

type Props = {
  id: string
  token: ListedToken | null
  call: RecommendationSummary | null
  spark: Sparkline | null
  stepMs: number
  isWatched: boolean
}

/** A token and its call: a line of the table on a wide screen, a card on a narrow one. Drawn anew only when what it shows has changed. */
export const MarketTableRow = memo(function MarketTableRow({ id, token, call, spark, stepMs, isWatched }: Props) {
  const symbol = token?.symbol ?? call?.symbol ?? id
  return (
    <div role="row" className={rowGrid(call !== null)}>
      <div role="cell" className={cell.watch}>
        <WatchStar id={id} symbol={symbol} isWatched={isWatched} />
      </div>
      <div role="rowheader" className={cell.token}>
        <TokenName id={id} symbol={symbol} token={token} />
      </div>
      <div role="cell" className={cell.price}>
        <PriceCell id={id} token={token} />
      </div>
      <div role="cell" className={cell.change}>
        <Change token={token} />
      </div>
      <div role="cell" className={cell.trend}>
        <Spark spark={spark} stepMs={stepMs} />
      </div>
      <div role="cell" className={cell.call}>
        <Called call={call} symbol={symbol} />
      </div>
      <div role="cell" className={cell.chance}>
        {call ? <SmallMeter call={call} /> : <None />}
      </div>
      <div role="cell" className={cell.evidence}>
        <Name>{text.columns.evidence}</Name>
        {call ? <Evidence ratio={call.completeness} /> : <None />}
      </div>
      <div role="cell" className={cell.risk}>
        <Name>{text.columns.risk}</Name>
        {call ? <Risk rating={call.riskRating} /> : <None />}
      </div>
      <div role="cell" className={cell.cap}>
        <Name>{text.columns.cap}</Name>
        {token?.market.marketCapUsd ? usdShort(token.market.marketCapUsd.value) : <None />}
      </div>
      <div role="cell" className={cell.called}>
        <Name>{text.columns.called}</Name>
        {call ? <Ago at={call.issuedAt} /> : <None />}
      </div>
    </div>
  )
})

/** The name of the column before its value, where there is no head to stand in. */
const Name = ({ children }: { children: string }) => <span className="mr-1 text-ink-3 xl:hidden">{children}</span>

const None = () => <span className="text-ink-3">–</span>

function TokenName({ id, symbol, token }: { id: string; symbol: string; token: ListedToken | null }) {
  const rank = token?.marketCapRank ?? null
  return (
    <>
      <Link
        to={tokenPath(id)}
        data-row-link=""
        className="font-semibold text-ink no-underline outline-none after:absolute after:inset-0 focus-visible:after:rounded-lg focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
      >
        <bdi>{symbol}</bdi>
      </Link>
      <span className="block truncate text-xs text-ink-3">
        {rank !== null && <span className="num">{text.rank(rank)} </span>}
        {token && token.name !== symbol && <bdi>{token.name}</bdi>} <span>· {chainOf(id)}</span>
      </span>
    </>
  )
}

function Change({ token }: { token: ListedToken | null }) {
  const told = token?.market.change24hPct
  if (!told) return <None />
  return (
    <span
      className={clsx('num', told.value > 0 ? 'text-buy' : told.value < 0 ? 'text-sell' : 'text-ink-2')}
      title={text.priceOf(told.source, told.observedAt)}
    >
      {signed(told.value)} %
    </span>
  )
}

function Called({ call, symbol }: { call: RecommendationSummary | null; symbol: string }) {
  if (!call)
    return (
      <span className="text-xs text-ink-3" title={text.notTracked}>
        {text.notCalled}
      </span>
    )
  const name = callNameOf(call)
  return (
    <>
      <Link
        to={recommendationPath(call.id)}
        label={text.openCall(name === 'NONE' ? text.noCall : name, symbol)}
        title={call.abstained ?? call.actionable.why}
        className="relative z-10 inline-flex min-h-6 items-center no-underline"
      >
        <CallBadge call={call} />
      </Link>
      <span className="block truncate text-xs" title={call.abstained ?? undefined}>
        <UnderCall call={call} />
      </span>
    </>
  )
}

/** How it ended, or why there is none, or whether it has an edge. */
function UnderCall({ call }: { call: RecommendationSummary }) {
  if (call.outcome) return <EndingBadge type={call.type} outcome={call.outcome} />
  return call.abstained === null ? <EdgeNote call={call} /> : <span className="text-ink-3">{call.abstained}</span>
}

const Evidence = ({ ratio }: { ratio: number }) => (
  <span className="inline-flex items-center gap-2" title={text.evidenceOf(percent(ratio))}>
    <svg viewBox="0 0 40 6" aria-hidden="true" className="hidden h-1.5 w-9 xl:block">
      <rect width="40" height="6" rx="3" className="fill-line" />
      <rect width={Math.max(0, ratio) * 40} height="6" rx="3" className="fill-ink-3" />
    </svg>
    <span className="num">{percent(ratio)}</span>
  </span>
)

const riskTones = { LOW: 'text-buy', MEDIUM: 'text-ink-2', HIGH: 'text-avoid', VERY_HIGH: 'text-sell' } as const

const Risk = ({ rating }: { rating: RecommendationSummary['riskRating'] }) => (
  <span className={clsx('whitespace-nowrap', riskTones[rating])}>{text.risks[rating]}</span>
)

function Ago({ at }: { at: string }) {
  const now = useContext(TableNow)
  const issued = Date.parse(at)
  return (
    <time dateTime={at} title={relative(issued, now)} className="num whitespace-nowrap">
      {span(now - issued)}
    </time>
  )
}
