import { ADX, ATR, BollingerBands, EMA, MACD, MFI, OBV, RSI, SMA, Stochastic, VWAP } from 'technicalindicators'
import { type Peer, arraysOf, rowsOf, work } from './market.ts'

const value = (result: number[]) => ({ value: result })
const picked = <K extends string>(results: readonly { readonly [key in K]?: number | undefined }[], key: K) =>
  results.map((result) => result[key] ?? Number.NaN)
const averages = { fastPeriod: 12, slowPeriod: 26, signalPeriod: 9, SimpleMAOscillator: false, SimpleMASignal: false }

export const peer: Peer = {
  batch(candles) {
    const { high, low, close, volume } = arraysOf(candles)
    return {
      rsi: work(() => RSI.calculate({ values: close, period: 14 }), value),
      macd: work(
        () => MACD.calculate({ values: close, ...averages }),
        (all) => ({ macd: picked(all, 'MACD'), signal: picked(all, 'signal'), histogram: picked(all, 'histogram') }),
      ),
      bbands: work(
        () => BollingerBands.calculate({ values: close, period: 20, stdDev: 2 }),
        (all) => ({ upper: picked(all, 'upper'), middle: picked(all, 'middle'), lower: picked(all, 'lower') }),
      ),
      atr: work(() => ATR.calculate({ high, low, close, period: 14 }), value),
      ema: work(() => EMA.calculate({ values: close, period: 200 }), value),
      sma: work(() => SMA.calculate({ values: close, period: 200 }), value),
      obv: work(() => OBV.calculate({ close, volume }), value),
      stoch: work(
        () => Stochastic.calculate({ high, low, close, period: 14, signalPeriod: 3 }),
        (all) => ({ k: picked(all, 'k'), d: picked(all, 'd') }),
      ),
      adx: work(
        () => ADX.calculate({ high, low, close, period: 14 }),
        (all) => ({ adx: picked(all, 'adx') }),
      ),
      mfi: work(() => MFI.calculate({ high, low, close, volume, period: 14 }), value),
    }
  },
  stream(candles) {
    const rows = rowsOf(candles)
    const priced = [
      new RSI({ period: 14, values: [] }),
      new MACD({ values: [], ...averages }),
      new BollingerBands({ period: 20, stdDev: 2, values: [] }),
      new EMA({ period: 200, values: [] }),
      new SMA({ period: 200, values: [] }),
    ]
    const none = { open: [], high: [], low: [], close: [], volume: [] }
    const barred = [
      new ATR({ ...none, period: 14 }),
      new OBV(none),
      new Stochastic({ ...none, period: 14, signalPeriod: 3 }),
      new ADX({ ...none, period: 14 }),
      new MFI({ ...none, period: 14 }),
      new VWAP(none),
    ] as unknown as { nextValue(row: (typeof rows)[number]): unknown }[]
    return (i) => {
      for (const one of priced) one.nextValue(rows[i]!.close)
      for (const one of barred) one.nextValue(rows[i]!)
    }
  },
}
