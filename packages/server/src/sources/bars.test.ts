import { hours, minutes, type Bar } from '@pumpiq/domain'
import { describe, expect, it } from 'vitest'
import { aggregate } from './aggregate.ts'
import { closedBy, closedCandles, faultOfBars, looksSwapped } from './bars.ts'

const start = Date.UTC(2026, 2, 1)
const bar = (i: number, more: Partial<Bar> = {}): Bar => ({
  openAt: start + i * hours(1),
  open: 10,
  high: 12,
  low: 9,
  close: 11,
  volume: 5,
  ...more,
})
const heard = { serverAt: null, fetchedAt: start + hours(10) }
const expected = { interval: '1h', order: 'rising', now: start + hours(10) } as const

describe('bars of a vendor', () => {
  it('are accepted when they can be', () => {
    expect(faultOfBars([bar(0), bar(1), bar(3)], heard, expected)).toBeNull()
    expect(faultOfBars([bar(3), bar(1)], heard, { ...expected, order: 'falling' })).toBeNull()
  })

  it.each<[string, Bar[], RegExp]>([
    ['a price of 0', [bar(0), bar(1, { low: 0 })], /row 2: low 0 is not a price/],
    ['a negative price', [bar(0, { low: -1 })], /row 1: low -1/],
    ['NaN', [bar(0, { close: Number.NaN })], /close NaN/],
    ['1e15', [bar(0, { high: 1e15 })], /high 1000000000000000/],
    ['low above high', [bar(0, { low: 13 })], /row 1/],
    ['seconds for milliseconds', [bar(0, { openAt: start / 1_000 })], /another unit/],
    ['microseconds for milliseconds', [bar(0, { openAt: start * 1_000 })], /another unit/],
    ['a candle of the future', [bar(0), bar(12)], /row 2: .* in the future/],
    ['a time off the grid', [bar(0, { openAt: start + minutes(1) })], /does not begin a 1h candle/],
    ['the same candle twice', [bar(1), bar(1)], /row 2: .* is not rising/],
    ['the wrong order', [bar(1), bar(0)], /row 2: .* is not rising/],
  ])('are refused for %s, by row and reason', (_, bars, reason) => {
    expect(faultOfBars(bars, heard, expected)).toMatch(reason)
  })

  it('are closed when both the vendor’s clock and the caller’s say so', () => {
    expect(closedBy(start, { serverAt: start - 5, fetchedAt: start })).toBe(start - 5)
    expect(closedBy(start, { serverAt: start + 5, fetchedAt: start })).toBe(start)
    expect(closedBy(start, { serverAt: null, fetchedAt: start + 5 })).toBe(start)
    const bars = [bar(0), bar(1), bar(2)]
    expect([...closedCandles('x', '1h', bars, 9, start + hours(2)).openAt]).toEqual([start, start + hours(1)])
    expect(closedCandles('x', '1h', bars, 9, start + hours(2) - 1)).toHaveLength(1)
    expect([...closedCandles('x', '1h', bars, 1, start + hours(9)).openAt]).toEqual([start + hours(2)])
  })

  it('are found out when base and quote volume have changed places', () => {
    const rows = [bar(0), bar(1, { volume: 0 })].map((each) => ({ bar: each, quoteVolume: each.volume * 10.5 }))
    const turned = rows.map((row) => ({ bar: { ...row.bar, volume: row.quoteVolume }, quoteVolume: row.bar.volume }))
    expect([looksSwapped(rows), looksSwapped(turned)]).toEqual([false, true])
    expect(looksSwapped(rows.map((row) => ({ ...row, quoteVolume: 0 })))).toBe(false)
  })
})

describe('wider bars', () => {
  it('open with the first, close with the last, span the extremes and add the volumes', () => {
    const fine = [bar(0, { open: 10 }), bar(1, { high: 20 }), bar(2, { low: 1 }), bar(3, { close: 12 }), bar(4)]
    expect(aggregate(fine, hours(4))).toEqual([
      { openAt: start, open: 10, high: 20, low: 1, close: 12, volume: 20 },
      { openAt: start + hours(4), open: 10, high: 12, low: 9, close: 11, volume: 5 },
    ])
  })

  it('stay gaps where there is no finer bar, and do not touch what they are made of', () => {
    const fine = [bar(1), bar(9)]
    expect(aggregate(fine, hours(4)).map(({ openAt }) => openAt)).toEqual([start, start + hours(8)])
    expect(fine).toEqual([bar(1), bar(9)])
  })
})
