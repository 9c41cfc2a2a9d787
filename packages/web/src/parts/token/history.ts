import type { TokenHistory } from '@pumpiq/api'
import type { ChartBar } from '../chart/chart-words.ts'

type Series = NonNullable<TokenHistory['series']>
type Columns = Readonly<Record<string, readonly (number | null)[]>>

/** Candles of all pages, oldest first, and what is told at each of them. */
export type MergedHistory = {
  readonly bars: readonly ChartBar[]
  readonly technical: Columns
  readonly onchain: Columns
  readonly sentiment: Columns
  /** Which source tells which figure of a chain. */
  readonly sources: Readonly<Record<string, string>>
  readonly source: string | null
  /** Why there are none, or null. */
  readonly why: string | null
}

/** Pages come newest first, and so do the candles of each. Two may tell the same candle where one closed between them. */
export function mergedHistory(pages: readonly TokenHistory[]): MergedHistory {
  const seen = new Set<number>()
  const kept = pages.flatMap((page, p) =>
    page.items.flatMap(({ ts }, i) => (seen.has(ts) ? [] : (seen.add(ts), [{ ts, p, i }]))),
  )
  const places = kept.toSorted((a, b) => a.ts - b.ts)
  const bars = places.map(({ p, i }) => {
    const { ts, open, high, low, close, volume } = pages[p]!.items[i]!
    return { at: ts, open, high, low, close, volume }
  })
  const columnsOf = (kind: keyof Series): Columns => {
    const first = pages.find(({ series }) => series?.[kind])?.series?.[kind] ?? {}
    const names = Object.keys(first).filter((name) => name !== 'sources')
    const valueOf = (name: string, p: number, i: number) =>
      (pages[p]!.series?.[kind] as Columns | null | undefined)?.[name]?.[i] ?? null
    return Object.fromEntries(names.map((name) => [name, places.map(({ p, i }) => valueOf(name, p, i))]))
  }
  return {
    bars,
    technical: columnsOf('technical'),
    onchain: columnsOf('onchain'),
    sentiment: columnsOf('sentiment'),
    sources: Object.fromEntries(
      pages.toReversed().flatMap(({ series }) => Object.entries(series?.onchain?.sources ?? {})),
    ),
    source: pages[0]?.source ?? null,
    why: pages[0]?.why ?? null,
  }
}
