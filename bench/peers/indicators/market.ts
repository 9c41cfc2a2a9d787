import type { Candles } from '@pumpiq/domain'
import { sampleCandles } from '@pumpiq/domain/testing'

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

/** The same made-up market for everybody. */
export const market = (length: number): Candles => sampleCandles(42, length)

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
