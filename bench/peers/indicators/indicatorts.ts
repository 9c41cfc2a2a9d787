import { atr, bb, ema, macd, mfi, obv, rsi, sma, stoch } from 'indicatorts'
import { type Peer, arraysOf, work } from './market.ts'

const value = (result: number[]) => ({ value: result })

/** It has no ADX. */
export const peer: Peer = {
  batch(candles) {
    const { high, low, close, volume } = arraysOf(candles)
    return {
      rsi: work(() => rsi(close, { period: 14 }), value),
      macd: work(
        () => macd(close, { fast: 12, slow: 26, signal: 9 }),
        ({ macdLine, signalLine }) => ({ macd: macdLine, signal: signalLine }),
      ),
      bbands: work(
        () => bb(close, { period: 20 }),
        ({ upper, middle, lower }) => ({ upper, middle, lower }),
      ),
      atr: work(
        () => atr(high, low, close, { period: 14 }),
        ({ atrLine }) => ({ value: atrLine }),
      ),
      ema: work(() => ema(close, { period: 200 }), value),
      sma: work(() => sma(close, { period: 200 }), value),
      obv: work(() => obv(close, volume), value),
      stoch: work(
        () => stoch(high, low, close, { kPeriod: 14, dPeriod: 3 }),
        ({ k, d }) => ({ k, d }),
      ),
      mfi: work(() => mfi(high, low, close, volume, { period: 14 }), value),
    }
  },
}
