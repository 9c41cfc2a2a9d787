import { type Kernel, adx, atr, bbands, ema, macd, mfi, obv, rsi, sma, stoch, vwap } from '@pumpiq/domain'
import { type Peer, type Ten, type Work, ten } from './market.ts'

const kernels = {
  rsi: rsi(14),
  macd: macd(12, 26, 9),
  bbands: bbands(20, 2),
  atr: atr(14),
  ema: ema(200),
  sma: sma(200),
  obv: obv(),
  stoch: stoch(14, 3, 3),
  adx: adx(14),
  mfi: mfi(14),
} satisfies Record<Ten, Kernel>

/** Our kernels through their one interface, into columns that the caller keeps. */
export const peer: Peer = {
  batch(candles) {
    const columns = [0, 1, 2].map(() => new Float64Array(candles.length))
    const workOf = (kernel: Kernel): Work => {
      const out = columns.slice(0, kernel.outputs.length)
      return {
        run: () => kernel.batch(candles, out),
        tail: () => Object.fromEntries(kernel.outputs.map((output, k) => [output, out[k]!])),
      }
    }
    return Object.fromEntries(ten.map((name) => [name, workOf(kernels[name])]))
  },
  stream(candles) {
    const streams = [...Object.values(kernels), vwap()].map((kernel) => kernel.stream())
    const row = new Float64Array(3)
    return (i) => {
      for (let k = 0; k < streams.length; k++) streams[k]!.next(candles, i, row)
    }
  },
}
