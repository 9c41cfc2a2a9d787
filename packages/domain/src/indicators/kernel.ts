import type { Candles } from '../words/candles.ts'

/**
 * One closed candle in, the values at it out; keeps what it needs of the past in fixed buffers. Running numbers are born as NaN and set to
 * 0 after: V8 then keeps such a field as a double in place, where one born as 0 begins as a small integer and is boxed.
 */
export type KernelStream = { next(candles: Candles, i: number, out: Float64Array): void }

/**
 * An indicator over closed candles. `batch` fills one caller-owned column per output (at least `candles.length` long), allocates nothing
 * that grows with the input, and writes NaN while warming up. `stream` gives the same doubles, bit for bit, one candle at a time.
 * The value at i depends on candles 0..i only.
 */
export type Kernel = {
  /** As on the command line: `rsi:14`, `macd:12:26:9`, `obv`. */
  readonly id: string
  /** Names of the outputs in order; a kernel of one output has just one. */
  readonly outputs: readonly string[]
  /** How many leading values are NaN when the input is long enough (the largest over the outputs). */
  readonly warmup: number
  /**
   * Outputs that a chart draws so many bars before the bar that makes them known (Ichimoku's lagging line). The columns here stay causal:
   * only who draws moves them, and no signal reads them moved.
   */
  readonly drawnBack?: Readonly<Record<string, number>>
  /** Where the definition comes from. */
  readonly see: string
  batch(candles: Candles, out: readonly Float64Array[]): void
  stream(): KernelStream
}
