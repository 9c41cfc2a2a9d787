import { ADX, ATR, BollingerBands, EMA, MACD, MFI, OBV, RSI, SMA, StochasticOscillator, VWAP } from 'trading-signals'
import { type Peer, rowsOf, work } from './market.ts'

const picked = <K extends string>(results: readonly (Record<K, number> | null)[], key: K) =>
  results.map((result) => result?.[key] ?? Number.NaN)
const plain = (results: readonly (number | null)[]) => ({ value: results.map((result) => result ?? Number.NaN) })
const newMacd = () => new MACD(new EMA(12), new EMA(26), new EMA(9))
const newStoch = () => new StochasticOscillator({ dPeriod: 3, kPeriod: 14, kSlowingPeriod: 3 })

export const peer: Peer = {
  batch(candles) {
    const close = Array.from(candles.close)
    const rows = rowsOf(candles)
    return {
      rsi: work(() => new RSI(14).updates(close, false), plain),
      macd: work(
        () => newMacd().updates(close, false),
        (all) => ({ macd: picked(all, 'macd'), signal: picked(all, 'signal'), histogram: picked(all, 'histogram') }),
      ),
      bbands: work(
        () => new BollingerBands(20, 2).updates(close, false),
        (all) => ({ upper: picked(all, 'upper'), middle: picked(all, 'middle'), lower: picked(all, 'lower') }),
      ),
      atr: work(() => new ATR(14).updates(rows, false), plain),
      ema: work(() => new EMA(200).updates(close, false), plain),
      sma: work(() => new SMA(200).updates(close, false), plain),
      obv: work(() => new OBV(14).updates(rows, false), plain),
      stoch: work(
        () => newStoch().updates(rows, false),
        (all) => ({ k: picked(all, 'stochK'), d: picked(all, 'stochD') }),
      ),
      adx: work(
        () => new ADX(14).updates(rows, false),
        (all) => ({ adx: plain(all).value }),
      ),
      mfi: work(() => new MFI(14).updates(rows, false), plain),
    }
  },
  stream(candles) {
    const rows = rowsOf(candles)
    const priced = [new RSI(14), newMacd(), new BollingerBands(20, 2), new EMA(200), new SMA(200)]
    const barred = [new ATR(14), new OBV(14), newStoch(), new ADX(14), new MFI(14), new VWAP()]
    return (i) => {
      for (const one of priced) one.update(rows[i]!.close, false)
      for (const one of barred) one.update(rows[i]!, false)
    }
  },
}
