import { blankCandles, hours, type Candles } from '@pumpiq/domain'

/** The ten of the comparison, in the order in which each peer computes them. */
export const ten = ['rsi', 'macd', 'bbands', 'atr', 'ema', 'sma', 'obv', 'stoch', 'adx', 'mfi'] as const
export type Ten = (typeof ten)[number]

/** A computation ready to run, and its newest values by output name once it has. */
export type Work = { run(): void; tail(): Record<string, ArrayLike<number>> }

export type Peer = {
  /** What the peer has of the ten over these candles, in the form it wants them. */
  batch(candles: Candles): Partial<Record<Ten, Work>>
  /** All that the peer can stream, one candle in at a time; absent where it has none. */
  stream?(candles: Candles): (i: number) => void
}

/** The same made-up market for everybody: hourly candles of a walk that is drawn back to 100, so that a million bars stay ordinary. */
export function market(length: number): Candles {
  const candles = blankCandles('bench', hours(1), length)
  const [open, range, high, low, volume] = [seeded(1), seeded(2), seeded(3), seeded(4), seeded(5)]
  let price = 100
  for (let i = 0; i < length; i++) {
    candles.openAt[i] = 1_700_000_000_000 + i * hours(1)
    candles.open[i] = price * (1 + (open() - 0.5) * 1e-3)
    price *= 1 + (range() - 0.5) * 0.01 + (100 / price - 1) * 1e-4
    candles.close[i] = price
    candles.high[i] = Math.max(candles.open[i]!, price) * (1 + high() * 0.003)
    candles.low[i] = Math.min(candles.open[i]!, price) * (1 - low() * 0.003)
    candles.volume[i] = Math.round(1 + volume() * 10_000)
  }
  return candles
}

/** Numbers in [0, 1) from a seed: 32-bit multiplicative steps with the high bits folded down. */
function seeded(seed: number): () => number {
  let state = seed * 0x9e3779b9
  return () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d)
    state = (Math.imul(state ^ (state >>> 12), 0x297a2d39) + seed) | 0
    return ((state ^ (state >>> 15)) >>> 0) / 4_294_967_296
  }
}

/** A peer's function, its result kept for the comparison. */
export function work<T>(run: () => T, tail: (result: T) => Record<string, ArrayLike<number>>): Work {
  let result: T | undefined
  return {
    run: () => {
      result = run()
    },
    tail: () => tail(result!),
  }
}

export const rowsOf = (candles: Candles) =>
  Array.from({ length: candles.length }, (_, i) => ({
    open: candles.open[i]!,
    high: candles.high[i]!,
    low: candles.low[i]!,
    close: candles.close[i]!,
    volume: candles.volume[i]!,
  }))

export const arraysOf = (candles: Candles) => ({
  high: Array.from(candles.high),
  low: Array.from(candles.low),
  close: Array.from(candles.close),
  volume: Array.from(candles.volume),
})
