import { blankCandles, minutes, slice, type Candles } from '@pumpiq/domain'
import { market } from '../indicators/market.ts'

export const beginsAt = Date.UTC(2026, 0, 1)
/** As many as a venue gives at once. */
export const batch = 5_000

/** What a contender does with minutes of tokens at one venue. */
export type Contender = {
  put(token: string, candles: Candles): Promise<void>
  /** The newest so many as numbers: how many came, and the sum of their closes. */
  latest(token: string, count: number): Promise<Read>
  /** The same as decimal text, newest first. */
  page(token: string, count: number): Promise<Read>
  /** Whatever must be done before hours are read. */
  rollUp(): Promise<void>
  /** The hours of all minutes. */
  hours(token: string): Promise<Read>
  close(): Promise<void>
}
export type Read = { n: number; sum: number }

/** Prices of an ordinary venue: six decimals. */
const shown = (value: number) => Math.round(value * 1e6) / 1e6

/** The same minutes for everybody, in batches. */
export function batches(perToken: number): Candles[] {
  const walk = market(perToken)
  const candles = blankCandles('bench', minutes(1), perToken)
  for (let i = 0; i < perToken; i++) {
    candles.openAt[i] = beginsAt + minutes(i)
    candles.open[i] = shown(walk.open[i]!)
    candles.high[i] = shown(walk.high[i]!)
    candles.low[i] = shown(walk.low[i]!)
    candles.close[i] = shown(walk.close[i]!)
    candles.volume[i] = shown(walk.volume[i]! / 7)
  }
  return Array.from({ length: Math.ceil(perToken / batch) }, (_, k) => slice(candles, k * batch, (k + 1) * batch))
}

export const sumOf = (closes: Iterable<number>): Read => {
  let n = 0
  let sum = 0
  for (const close of closes) {
    n++
    sum += close
  }
  return { n, sum: shown(sum) }
}
