import { pumpsOf } from '../anomalies/pumps.ts'
import type { NearZones } from '../signals/signal.ts'
import type { Candles } from '../words/candles.ts'
import { days } from '../words/time.ts'
import type { Facts } from './facts.ts'

/** Candles the volatility is measured on: ten days of hours. */
const volatilityBars = 240
const decimalsBars = 48
const chunks = 10

/** What levels, risk and prior are measured from; logarithms are taken once per candle, windows are summed anew at each instant. */
export function createMeasures(candles: Candles) {
  const { open, high, low, close, volume, openAt, length, intervalMs } = candles
  const change = new Float64Array(length)
  const range = new Float64Array(length)
  const move = new Float64Array(length)
  for (let i = 0; i < length; i++) {
    change[i] = i === 0 ? 0 : Math.log(close[i]! / close[i - 1]!)
    range[i] = Math.log(high[i]! / low[i]!)
    move[i] = Math.abs(Math.log(close[i]! / open[i]!))
  }
  const pumps = pumpsOf(candles)
  const barsPerDay = Math.max(1, Math.round(days(1) / intervalMs))

  /** Mean square and kurtosis of the log return about zero: over such spans a drift is noise. */
  function volatility(bars: number): Pick<Facts, 'sigma' | 'sigmaError' | 'sigmaBars' | 'rangeToMove'> {
    const from = Math.max(1, bars - volatilityBars)
    let [squares, fourths, ranges, moves] = [0, 0, 0, 0]
    for (let i = from; i < bars; i++) {
      const square = change[i]! * change[i]!
      squares += square
      fourths += square * square
      ranges += range[i]!
      moves += move[i]!
    }
    const n = bars - from
    const variance = squares / n
    const kurtosis = variance > 0 ? fourths / n / (variance * variance) : 3
    return {
      sigma: Math.sqrt(variance),
      sigmaError: Math.sqrt(Math.max(0, kurtosis - 1) / (4 * n)),
      sigmaBars: n,
      rangeToMove: moves > 0 ? ranges / moves : 2,
    }
  }

  /** Traded value: ten equal parts of the window, the middle one scaled to a day, so that one wild hour is not liquidity. */
  function trade(bars: number): { quotePerDay: number; volumePerDay: number } {
    const size = Math.max(1, Math.floor(Math.min(bars, volatilityBars) / chunks))
    const quotes: number[] = []
    const volumes: number[] = []
    for (let end = bars; end - size >= 0 && quotes.length < chunks; end -= size) {
      let [quote, base] = [0, 0]
      for (let i = end - size; i < end; i++) {
        quote += volume[i]! * close[i]!
        base += volume[i]!
      }
      quotes.push(quote)
      volumes.push(base)
    }
    const scale = barsPerDay / size
    return { quotePerDay: middle(quotes) * scale, volumePerDay: middle(volumes) * scale }
  }

  function surge(bars: number, volumePerDay: number): { surge: number; volumeSurge: number } {
    const day = Math.max(0, bars - barsPerDay)
    let [top, traded] = [0, 0]
    for (let i = day; i < bars; i++) {
      top = Math.max(top, high[i]!)
      traded += volume[i]!
    }
    let base = Number.POSITIVE_INFINITY
    for (let i = Math.max(0, day - 3 * barsPerDay); i < day; i++) base = Math.min(base, close[i]!)
    return { surge: Number.isFinite(base) ? top / base : 1, volumeSurge: volumePerDay > 0 ? traded / volumePerDay : 0 }
  }

  function idle(bars: number): number {
    const from = Math.max(0, bars - 100)
    let count = 0
    for (let i = from; i < bars; i++) if (volume[i] === 0) count++
    return count / (bars - from)
  }

  function decimals(bars: number): number {
    let most = 0
    for (let i = Math.max(0, bars - decimalsBars); i < bars; i++) most = Math.max(most, decimalsOf(close[i]!, most))
    return most
  }

  function at(bars: number, atr: number, zones: NearZones): Facts {
    const { quotePerDay, volumePerDay } = trade(bars)
    const pump = pumps[bars - 1]
    return {
      close: close[bars - 1]!,
      lastOpenAt: openAt[bars - 1]!,
      bars,
      atr,
      ...volatility(bars),
      decimals: decimals(bars),
      quotePerDay,
      idleShare: idle(bars),
      ...surge(bars, volumePerDay),
      ...(pump && { pump }),
      supports: zones.supports,
      resistances: zones.resistances,
    }
  }

  return { at }
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}

/** Decimals of the shortest decimal that reads back as this double, at most 20; `least` is where to begin. */
function decimalsOf(value: number, least: number): number {
  for (let decimals = least; decimals < 20; decimals++) {
    const scale = 10 ** decimals
    if (Math.round(value * scale) / scale === value) return decimals
  }
  return 20
}
