import type { ReactNode } from 'react'
import type { ListedToken } from '@pumpiq/api'
import { useNow } from '../../data/now.ts'
import { instant, span } from '../../words/show.ts'
import { tokenTexts as text } from '../../words/texts/token.ts'

type Seen<T> = { value: T; source: string; observedAt: string } | null

const usd = (value: number): string =>
  `$${value.toLocaleString('en', { notation: 'compact', maximumFractionDigits: 2 })}`

/** What was last told of its market, each by whom and how long ago; what nobody has told says so. */
export function MarketFacts({ token }: { token: ListedToken | null }) {
  const now = useNow()
  const market = token?.market
  const curve = market?.bondingCurvePct ?? null
  const fact = <T,>(name: string, seen: Seen<T> | undefined, show: (value: T) => ReactNode, note?: string) => (
    <MarketFact
      key={name}
      name={name}
      value={seen ? show(seen.value) : null}
      note={
        seen
          ? [note, text.toldBy(seen.source, span(now - Date.parse(seen.observedAt)))].filter(Boolean).join(', ')
          : null
      }
      isLoading={token === null}
    />
  )
  const rank = token?.marketCapRank
  return (
    <dl
      aria-label={text.marketFacts}
      className="grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-line shadow-card sm:grid-cols-3 xl:grid-cols-5"
    >
      {fact(text.marketCap, market?.marketCapUsd, usd, rank == null ? text.notRanked : text.rank(rank))}
      {fact(text.liquidity, market?.liquidityUsd, usd)}
      {fact(text.volume24h, market?.volume24hUsd, usd)}
      {fact(text.holders, market?.holders, (value) => value.toLocaleString('en'))}
      {curve
        ? fact(
            text.curve,
            curve,
            (value) => `${value.toFixed(1)} %`,
            market?.isGraduated?.value ? text.graduated : text.onCurve,
          )
        : fact(text.pooled, market?.createdAt, (value) => <time dateTime={value}>{dayOf(value)}</time>)}
    </dl>
  )
}

const dayOf = (iso: string): string => `${instant(iso).split(' ').slice(0, 2).join(' ')} ${iso.slice(0, 4)}`

type FactProps = { name: string; value: ReactNode; note: string | null; isLoading: boolean }

const MarketFact = ({ name, value, note, isLoading }: FactProps) => (
  <div className="min-h-20 bg-card px-4 py-3 max-xl:last:col-span-2">
    <dt className="text-xs text-ink-2">{name}</dt>
    <dd>
      <span className="num text-lg font-semibold">{value ?? (isLoading ? ' ' : '–')}</span>
      <span className="block text-xs text-ink-3">{note ?? (isLoading ? ' ' : text.untold)}</span>
    </dd>
  </div>
)
