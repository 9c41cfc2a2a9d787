import { Failure } from './failure.ts'
import { hours } from './time.ts'

/**
 * Closed candles as columns, oldest first. `length` may be smaller than the arrays: a cut shares the columns of the whole, so whoever
 * reads must stop at `length`. `openAt` is the epoch ms of the bar's open; prices are doubles that keep the order of the decimal strings
 * they came from; volume is in base units.
 */
export type Candles = {
  readonly id: string
  readonly intervalMs: number
  readonly length: number
  readonly openAt: Float64Array
  readonly open: Float64Array
  readonly high: Float64Array
  readonly low: Float64Array
  readonly close: Float64Array
  readonly volume: Float64Array
}

export type Bar = { openAt: number; open: number; high: number; low: number; close: number; volume: number }

/** Why a bar cannot be one, or null. A price is a finite number above 0 and below 1e15; NaN passes no comparison. */
export function barFault({ openAt, open, high, low, close, volume }: Bar): string | null {
  if (!Number.isSafeInteger(openAt) || openAt < 0) return `ts ${openAt} is not an epoch in milliseconds`
  const prices = { open, high, low, close }
  for (const [name, price] of Object.entries(prices)) {
    if (!(price > 0 && price < 1e15)) return `${name} ${price} is not a price (above 0, below 1e15)`
  }
  if (!(volume >= 0 && volume < 1e24)) return `volume ${volume} is not an amount (0 or more, below 1e24)`
  if (high < Math.max(open, close, low)) return `high ${high} is below open, low or close`
  if (low > Math.min(open, close)) return `low ${low} is above open or close`
  return null
}

/** Columns of zeros, to be filled by whoever asked for them before anybody else sees them. */
export function blankCandles(id: string, intervalMs: number, length: number): Candles {
  const column = () => new Float64Array(length)
  return {
    id,
    intervalMs,
    length,
    openAt: column(),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volume: column(),
  }
}

/** Columns from bars that are already in order; refuses the first bar that cannot be one, by number and reason. */
export function candlesOf(id: string, intervalMs: number, bars: readonly Bar[]): Candles {
  const column = (pick: (bar: Bar) => number) => Float64Array.from(bars, pick)
  bars.forEach((bar, i) => {
    const fault =
      barFault(bar) ??
      (i > 0 && bar.openAt <= bars[i - 1]!.openAt
        ? `ts ${bar.openAt} does not come after ${bars[i - 1]!.openAt}`
        : null)
    if (fault) throw new Failure('invalid', `${id}, bar ${i + 1}: ${fault}`)
  })
  return {
    id,
    intervalMs,
    length: bars.length,
    openAt: column((bar) => bar.openAt),
    open: column((bar) => bar.open),
    high: column((bar) => bar.high),
    low: column((bar) => bar.low),
    close: column((bar) => bar.close),
    volume: column((bar) => bar.volume),
  }
}

export function barAt(candles: Candles, i: number): Bar {
  return {
    openAt: candles.openAt[i]!,
    open: candles.open[i]!,
    high: candles.high[i]!,
    low: candles.low[i]!,
    close: candles.close[i]!,
    volume: candles.volume[i]!,
  }
}

/** Bars `from` (included) to `to` (excluded), sharing the columns. */
export function slice(candles: Candles, from: number, to: number): Candles {
  const end = Math.min(to, candles.length)
  const part = (column: Float64Array) => column.subarray(from, end)
  return {
    ...candles,
    length: Math.max(0, end - from),
    openAt: part(candles.openAt),
    open: part(candles.open),
    high: part(candles.high),
    low: part(candles.low),
    close: part(candles.close),
    volume: part(candles.volume),
  }
}

/** The number of bars with `openAt < at`: the index of the first bar that opens at or after the instant. */
export function firstAtOrAfter({ openAt, length }: Candles, at: number): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (openAt[middle]! < at) low = middle + 1
    else high = middle
  }
  return low
}

/** How many bars were closed and had arrived at the instant; `lagMs` is the declared time between close and arrival. */
export const knownAt = (candles: Candles, at: number, lagMs = 0): number =>
  firstAtOrAfter(candles, at - lagMs - candles.intervalMs + 1)

/** A hole this long is a halt: what stood before it says nothing about what trades after it. Shorter ones are waited for. */
export const haltMs = hours(24)

/** Was the market halted between bar i - 1 and bar i? */
export const isAfterHalt = ({ openAt, intervalMs }: Candles, i: number): boolean =>
  openAt[i]! - openAt[i - 1]! - intervalMs >= haltMs
