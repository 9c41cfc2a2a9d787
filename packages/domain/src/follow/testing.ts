import { candlesOf, type Bar, type Candles } from '../words/candles.ts'
import { hours } from '../words/time.ts'
import { openEnding, type Ending } from './outcome.ts'
import type { Directional } from './position.ts'

/** Hand-made bars for the tests of this folder: open, high, low, close and, unless it is 1, volume; null is a bar that is missing. */
export type Ohlcv = readonly [number, number, number, number, number?]

export const start = Date.UTC(2023, 0, 2)
export const at = (hour: number): number => start + hours(hour)

export function series(
  rows: readonly (Ohlcv | null)[],
  { from = start, stepMs = hours(1), id = 'test' } = {},
): Candles {
  const bars: Bar[] = []
  rows.forEach((row, i) => {
    if (row)
      bars.push({
        openAt: from + i * stepMs,
        open: row[0],
        high: row[1],
        low: row[2],
        close: row[3],
        volume: row[4] ?? 1,
      })
  })
  return candlesOf(id, stepMs, bars)
}

/** Entry 99 to 101, stop 95, targets 105, 110, 115 for 50, 30, 20 %; valid for two hours of eight. */
export const buy: Directional = {
  type: 'BUY',
  issuedAt: at(0),
  validUntil: at(2),
  expiresAt: at(8),
  entryLow: 99,
  entryHigh: 101,
  targets: [
    { price: 105, share: 0.5 },
    { price: 110, share: 0.3 },
    { price: 115, share: 0.2 },
  ],
  stop: 95,
  invalidation: [],
}

/** Price p to 200 - p: a BUY becomes the SELL that must fare alike. Dyadic distances keep it exact enough for a test. */
export const mirror = (p: number): number => 200 - p

export const mirrorBar = ([o, h, l, c, v]: Ohlcv): Ohlcv => [mirror(o), mirror(l), mirror(h), mirror(c), v ?? 1]

export const mirrorPlan = (plan: Directional): Directional => ({
  ...plan,
  type: plan.type === 'BUY' ? 'SELL' : 'BUY',
  entryLow: mirror(plan.entryHigh),
  entryHigh: mirror(plan.entryLow),
  stop: mirror(plan.stop),
  targets: plan.targets.map(({ price, share }) => ({ price: mirror(price), share })),
  invalidation: plan.invalidation.map(({ when, price }) => ({
    when: when === 'close_below' ? 'close_above' : 'close_below',
    price: mirror(price),
  })),
})

export const free = { feePctPerSide: 0, slippageBpsPerSide: 0 }

/** An ending of which only some fields matter. */
export const ended = (fields: Partial<Ending>): Ending => ({ ...openEnding, at: 1, ...fields })
