import { expect, it } from 'vitest'
import { price } from '@pumpiq/domain'
import type { HistoryCandle } from '@pumpiq/api'
import { technicalSeries } from './technical-series.ts'

/** Newest first. */
const candles = (closes: readonly number[]): HistoryCandle[] =>
  closes.map((close, i) => {
    const at = price(String(close))
    return { ts: (closes.length - i) * 60_000, open: at, high: at, low: at, close: at, volume: price('1'), minutes: 1 }
  })

it('stands newest first beside the candles that are told, warmed up on older ones', () => {
  const rising = Array.from({ length: 60 }, (_, i) => 60 - i)
  const told = technicalSeries(candles(rising), 3, '1m')
  expect(told.rsi14).toEqual([100, 100, 100])
  expect(told.bollingerMiddle).toEqual([50.5, 49.5, 48.5])
  expect(told.atr14).toEqual([1, 1, 1])
})

it('is null while it warms up', () => {
  const { rsi14, macd, bollingerUpper } = technicalSeries(
    candles(Array.from({ length: 16 }, (_, i) => 16 - i)),
    16,
    '1m',
  )
  expect(rsi14.filter((value) => value !== null)).toHaveLength(2)
  expect([...macd, ...bollingerUpper].every((value) => value === null)).toBe(true)
  expect(technicalSeries([], 0, '1m').ema20).toEqual([])
})
