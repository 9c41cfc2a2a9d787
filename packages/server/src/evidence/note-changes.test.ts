import { candlesOf, hours, tokenId, type Bar, type Token } from '@pumpiq/domain'
import { expect, it } from 'vitest'
import { knownTokens } from '../tokens/known.ts'
import { changesIn } from './note-changes.ts'

const bitcoin = knownTokens[0]!
const contract: Token = { ...bitcoin, id: tokenId('solana:abc'), chain: 'solana', address: 'abc' }
const start = Date.UTC(2026, 0, 1)
const bar = (hour: number, close: number): Bar => ({
  openAt: start + hours(hour),
  open: close,
  high: close,
  low: close,
  close,
  volume: 2,
})
const hourly = (count: number, skip = (_: number) => false) =>
  candlesOf(
    'venue:XUSDT:1h',
    hours(1),
    Array.from({ length: count }, (_, i) => i).flatMap((i) => (skip(i) ? [] : [bar(i, 100 + i)])),
  )
const valuesOf = (token: Token, candles: ReturnType<typeof hourly>) =>
  Object.fromEntries(changesIn(token, candles).map(({ name, value }) => [name, Number(value)]))

it('changes are those of closes a day and a week apart, told by the venue at the close', () => {
  const told = changesIn(contract, hourly(200))
  expect(valuesOf(contract, hourly(200))).toEqual({
    change24hRatio: Math.round((299 / 275 - 1) * 1e9) / 1e9,
    change7dRatio: Math.round((299 / 131 - 1) * 1e9) / 1e9,
  })
  expect(told.map(({ source, observedAt }) => [source, observedAt])).toEqual([
    ['venue', start + hours(200)],
    ['venue', start + hours(200)],
  ])
})

it('the volume of a coin is that of its last whole day; with an hour missing it is not known', () => {
  const lastDay = Array.from({ length: 24 }, (_, i) => 2 * (100 + 200 - 1 - i)).reduce((sum, one) => sum + one, 0)
  expect(valuesOf(bitcoin, hourly(200))['volume24hUsd']).toBe(lastDay)
  expect(
    valuesOf(
      bitcoin,
      hourly(200, (i) => i === 190),
    )['volume24hUsd'],
  ).toBeUndefined()
})

it('candles that do not reach back, or with a halt of half a day and more between, say nothing', () => {
  expect(valuesOf(contract, hourly(20))).toEqual({})
  expect(
    valuesOf(
      contract,
      hourly(60, (i) => i > 30 && i < 30 + 14),
    ),
  ).toEqual({})
  expect(changesIn(contract, hourly(0))).toEqual([])
})
