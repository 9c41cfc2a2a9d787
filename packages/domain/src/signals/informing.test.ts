import { describe, expect, it } from 'vitest'
import { createTechnicalEvidence } from '../dossier/technical.ts'
import { sampleCandles } from '../testing/sample-candles.ts'
import type { Candles } from '../words/candles.ts'
import { timeframes } from './timeframes.ts'
import { volumeAnomaly } from './volume-anomaly.ts'

const lastOf = (candles: Candles) => createTechnicalEvidence(candles)(candles.length)

/** Closes that follow a curve; everything else is a walk's. */
function closing(curve: (barsAgo: number) => number): Candles {
  const candles = sampleCandles(1, 500)
  candles.close.forEach((_, i) => (candles.close[i] = curve(499 - i)))
  return candles
}

describe('the agreement of timeframes', () => {
  const said = (curve: (barsAgo: number) => number) => timeframes.read(lastOf(closing(curve)))?.value

  it('is 1 where all three rise, -1 where all fall, 0 where nothing moves', () => {
    expect(said((barsAgo) => 1000 - barsAgo)).toBe(1)
    expect(said((barsAgo) => 1000 + barsAgo)).toBe(-1)
    expect(said(() => 1.1)).toBe(0)
  })

  it('tells a fall of the last hours inside a rise of weeks', () => {
    expect(said((barsAgo) => 1000 - barsAgo - Math.max(0, 30 - 10 * barsAgo))).toBeCloseTo(1 / 3, 12)
  })

  it('is silent until twenty of the coarsest candles are closed', () => {
    const at = (length: number) => timeframes.read(lastOf({ ...sampleCandles(1, 500), length }))
    expect(at(456)).toBeNull()
    expect(at(457)).not.toBeNull()
  })
})

describe('the anomaly of volume', () => {
  const after = (last: number, change: (volume: Float64Array) => void = () => {}) => {
    const candles = sampleCandles(2, 200)
    change(candles.volume)
    candles.volume[199] = last
    return volumeAnomaly.read(lastOf(candles))
  }

  it('is near 0 at the usual volume, grows with the last one, and no outlier before it hides it', () => {
    expect(Math.abs(after(500)!.value)).toBeLessThan(1)
    expect(after(50_000)!.value).toBeGreaterThan(4)
    const outlier = after(50_000, (volume) => (volume[170] = 1e9))!.value
    expect(outlier).toBeCloseTo(after(50_000)!.value, 0)
    expect(after(0.001)!.value).toBeLessThan(-4)
  })

  it('is silent where the last candle or most before it did not trade, or all traded the same', () => {
    expect(after(0)).toBeNull()
    expect(after(500, (volume) => volume.fill(0, 0, 175))).toBeNull()
    expect(after(500, (volume) => volume.fill(0, 0, 160))).not.toBeNull()
    expect(after(500, (volume) => volume.fill(500))).toBeNull()
  })
})
