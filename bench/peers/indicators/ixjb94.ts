import { IndicatorsSync } from '@ixjb94/indicators'
import { type Peer, arraysOf, work } from './market.ts'

const library = new IndicatorsSync()
const value = (result: number[]) => ({ value: result })

export const peer: Peer = {
  batch(candles) {
    const { high, low, close, volume } = arraysOf(candles)
    return {
      rsi: work(() => library.rsi(close, 14), value),
      macd: work(
        () => library.macd(close, 12, 26, 9),
        ([macd = [], signal = [], histogram = []]) => ({ macd, signal, histogram }),
      ),
      bbands: work(
        () => library.bbands(close, 20, 2),
        ([lower = [], middle = [], upper = []]) => ({ lower, middle, upper }),
      ),
      atr: work(() => library.atr(high, low, close, 14), value),
      ema: work(() => library.ema(close, 200), value),
      sma: work(() => library.sma(close, 200), value),
      obv: work(() => library.obv(close, volume), value),
      stoch: work(
        () => library.stoch(high, low, close, 14, 3, 3),
        ([k = [], d = []]) => ({ k, d }),
      ),
      adx: work(
        () => library.adx(high, low, 14),
        (adx) => ({ adx }),
      ),
      mfi: work(() => library.mfi(high, low, close, volume, 14), value),
    }
  },
}
