import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { candleShapes, sampleCandles } from '../testing/sample-candles.ts'
import { volumeProfile } from './volume-profile.ts'

describe('volumeProfile', () => {
  it('spreads a bar evenly over its range and finds where most was traded', () => {
    const candles = sampleCandles(1, 3, 'flat')
    candles.low.set([100, 104, 104])
    candles.high.set([110, 106, 106])
    candles.volume.set([10, 20, 10])
    const profile = volumeProfile(candles, 0, 3, 5)!
    expect([...profile.volumes]).toEqual([2, 2, 32, 2, 2])
    expect(profile).toMatchObject({
      low: 100,
      high: 110,
      step: 2,
      total: 40,
      pointOfControl: 105,
      valueLow: 104,
      valueHigh: 106,
    })
  })

  it('grows the value area by the larger neighbour until it holds 70 percent', () => {
    const candles = sampleCandles(1, 4, 'flat')
    candles.low.set([100, 101, 102, 103])
    candles.high.set([101, 102, 103, 104])
    candles.volume.set([10, 40, 30, 20])
    expect(volumeProfile(candles, 0, 4, 4)).toMatchObject({ pointOfControl: 101.5, valueLow: 101, valueHigh: 103 })
  })

  it('keeps every unit of volume, and the point of control inside the value area inside the range', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(...candleShapes), fc.integer({ min: 1, max: 60 }), (seed, shape, bins) => {
        const candles = sampleCandles(seed, 200, shape)
        const profile = volumeProfile(candles, 20, 180, bins)
        const traded = candles.volume.subarray(20, 180).reduce((sum, volume) => sum + volume, 0)
        expect(profile === null).toBe(traded === 0)
        if (!profile) return
        const sum = profile.volumes.reduce((total, volume) => total + volume, 0)
        expect(Math.abs(sum / traded - 1)).toBeLessThan(1e-9)
        expect(profile.volumes.every((volume) => volume >= 0)).toBe(true)
        const { low, valueLow, pointOfControl, valueHigh, high } = profile
        expect([low, valueLow, pointOfControl, valueHigh, high]).toEqual(
          [low, valueLow, pointOfControl, valueHigh, high].toSorted((a, b) => a - b),
        )
      }),
      { numRuns: 100 },
    )
  })

  it('has no answer where nothing was traded, and one price where there is no range', () => {
    const flat = sampleCandles(1, 20, 'flat')
    expect(volumeProfile(flat, 0, 20)).toBeNull()
    flat.volume.fill(1)
    expect(volumeProfile(flat, 0, 20)).toMatchObject({ pointOfControl: 100, valueLow: 100, valueHigh: 100, total: 20 })
  })

  it('refuses a stretch that is not there', () => {
    expect(() => volumeProfile(sampleCandles(1, 20), 5, 21)).toThrow(
      'volume profile: bars must be a stretch within 0 to 20, not 5 to 21',
    )
    expect(() => volumeProfile(sampleCandles(1, 20), 5, 10, 0)).toThrow(
      'volume profile: bins must be a whole number from 1 to 1000, not 0',
    )
  })
})
