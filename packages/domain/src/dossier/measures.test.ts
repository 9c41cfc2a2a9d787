import { describe, expect, it } from 'vitest'
import { candlesOf, type Bar } from '../words/candles.ts'
import { days, hours } from '../words/time.ts'
import { walk } from '../testing/walk.ts'
import { createMeasures } from './measures.ts'

const none = { supports: [], resistances: [] }
const series = (bars: number, bar: (i: number) => Partial<Bar>, intervalMs = hours(1)) =>
  candlesOf(
    'test',
    intervalMs,
    Array.from({ length: bars }, (_, i) => ({
      openAt: i * intervalMs,
      open: 100,
      high: 100,
      low: 100,
      close: 100,
      volume: 10,
      ...bar(i),
    })),
  )
const factsOf = (candles: ReturnType<typeof series>) => createMeasures(candles).at(candles.length, 1, none)

describe('what levels, risk and prior are measured from', () => {
  it('volatility is the root mean square of the log returns, its error that of their kurtosis', () => {
    const step = 1.01
    const swing = (i: number) => {
      const [low, high] = [100, 100 * step]
      const [open, close] = i % 2 === 0 ? [low, high] : [high, low]
      return { open, close, low, high }
    }
    const { sigma, sigmaError, sigmaBars, rangeToMove } = factsOf(series(300, swing))
    expect(sigma).toBeCloseTo(Math.log(step), 12)
    expect(sigmaError).toBeCloseTo(0, 6)
    expect(sigmaBars).toBe(240)
    expect(rangeToMove).toBeCloseTo(1, 12)
    const gaussian = factsOf(walk({ bars: 500, sigma: 0.01, decimals: 8 }))
    expect(gaussian.sigma).toBeGreaterThan(0.0085)
    expect(gaussian.sigma).toBeLessThan(0.0115)
    // A Gaussian has a kurtosis of 3: 1 / sqrt(2 n).
    expect(gaussian.sigmaError).toBeCloseTo(1 / Math.sqrt(480), 1)
    expect(gaussian.rangeToMove).toBeGreaterThan(1.4)
    expect(gaussian.rangeToMove).toBeLessThan(1.8)
  })

  it('the tick is what the closes are written in', () => {
    expect(factsOf(series(60, () => ({}))).decimals).toBe(0)
    const tiny = 0.000000001234
    expect(factsOf(series(60, () => ({ open: tiny, high: tiny, low: tiny, close: tiny }))).decimals).toBe(12)
    expect(factsOf(series(60, (i) => (i === 59 ? { close: 99.95, low: 99.95 } : {}))).decimals).toBe(2)
    expect(factsOf(series(120, (i) => (i === 0 ? { close: 99.95, low: 99.95 } : {}))).decimals).toBe(0)
  })

  it('traded value is that of a usual day: one wild hour is not liquidity', () => {
    const usual = factsOf(series(300, () => ({})))
    expect(usual.quotePerDay).toBeCloseTo(24 * 10 * 100, 6)
    expect(factsOf(series(300, (i) => (i === 299 ? { volume: 1e6 } : {}))).quotePerDay).toBe(usual.quotePerDay)
    expect(factsOf(series(300, () => ({}), days(1))).quotePerDay).toBeCloseTo(10 * 100, 6)
  })

  it('counts idle bars among the last hundred, and a surge of the last day against the three days before', () => {
    expect(factsOf(series(300, (i) => ({ volume: i >= 275 ? 0 : 10 }))).idleShare).toBe(0.25)
    const pumped = factsOf(series(300, (i) => (i === 290 ? { high: 180, volume: 10_000 } : {})))
    expect(pumped.surge).toBeCloseTo(1.8, 12)
    expect(pumped.volumeSurge).toBeCloseTo((23 * 10 + 10_000) / 240, 9)
    expect(factsOf(series(300, (i) => (i === 270 ? { high: 180 } : {}))).surge).toBe(1)
  })

  it('reads nothing behind the bars that are known', () => {
    const candles = walk({ bars: 400 })
    const cut = { ...candles, length: 300 }
    expect(createMeasures(candles).at(300, 1, none)).toEqual(createMeasures(cut).at(300, 1, none))
  })

  it('tells the pump that the last known bar is in, from the bar that gives it away until it is over', () => {
    const hour = (i: number) => ({ volume: 10 + (i % 7), ...(i === 270 && { high: 180, close: 160, volume: 1_000 }) })
    const known = (bars: number) => createMeasures(series(400, hour)).at(bars, 1, none).pump
    expect(known(270)).toBeUndefined()
    expect(known(271)).toMatchObject({ since: hours(270) })
    expect(known(280)).toEqual(known(271))
    expect(known(300)).toBeUndefined()
  })
})
