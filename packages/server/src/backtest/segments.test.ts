import { candlesOf, segmentsOf } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { aggregate } from './aggregate.ts'

const start = Date.UTC(2023, 0, 1)
const minute = 60_000
const hour = 60 * minute
type Row = readonly [at: number, open: number, high: number, low: number, close: number, volume: number]
const candles = (intervalMs: number, ...rows: Row[]) =>
  candlesOf(
    'file:X',
    intervalMs,
    rows.map(([at, open, high, low, close, volume]) => ({ openAt: start + at, open, high, low, close, volume })),
  )
const flat = (at: number, price: number, volume = 1): Row => [at, price, price, price, price, volume]

describe('bars of a coarser interval', () => {
  it('open with the first, close with the last, span high and low and sum the volume', () => {
    const hourly = aggregate(
      candles(15 * minute, [0, 10, 12, 9, 11, 1], [15 * minute, 11, 14, 10, 13, 2], [hour, 13, 13, 8, 9, 4]),
      hour,
    )
    expect([...hourly.openAt]).toEqual([start, start + hour])
    expect([hourly.open[0], hourly.high[0], hourly.low[0], hourly.close[0], hourly.volume[0]]).toEqual([
      10, 14, 9, 13, 3,
    ])
    expect([hourly.open[1], hourly.low[1], hourly.volume[1]]).toEqual([13, 8, 4])
  })

  it('leave out bars without volume where something traded, and keep a flat bar where nothing did', () => {
    const hourly = aggregate(
      candles(
        30 * minute,
        flat(0, 10, 0),
        [30 * minute, 12, 13, 11, 12, 5],
        flat(hour, 12, 0),
        flat(1.5 * hour, 12, 0),
      ),
      hour,
    )
    expect([hourly.open[0], hourly.low[0], hourly.volume[0]]).toEqual([12, 11, 5])
    expect([hourly.open[1], hourly.close[1], hourly.volume[1]]).toEqual([12, 12, 0])
  })

  it('stay a hole where there are no bars', () => {
    const hourly = aggregate(candles(15 * minute, flat(0, 10), flat(3 * hour, 11)), hour)
    expect([...hourly.openAt]).toEqual([start, start + 3 * hour])
  })

  it('are the same bars when the interval is already theirs, and are refused when it does not divide', () => {
    const hourly = candles(hour, flat(0, 10))
    expect(aggregate(hourly, hour)).toBe(hourly)
    expect(() => aggregate(hourly, 15 * minute)).toThrow(/file:X: bars of 1h do not make bars of 15m/)
  })
})

describe('segments', () => {
  it('are cut at a hole of 24 hours, not at one an hour shorter', () => {
    const parts = segmentsOf(candles(hour, flat(0, 10), flat(24 * hour, 10), flat(49 * hour, 10), flat(50 * hour, 10)))
    expect(parts.map(({ first, candles: part }) => [first, part.length])).toEqual([
      [0, 2],
      [2, 2],
    ])
    expect(parts[1]!.candles.openAt[0]).toBe(start + 49 * hour)
  })

  it('are none where there are no bars', () => expect(segmentsOf(candles(hour))).toEqual([]))
})
