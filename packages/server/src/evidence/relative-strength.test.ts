import { expect, it } from 'vitest'
import { candlesOf, hours, tokenId, type Token } from '@pumpiq/domain'
import { changeOfDay, strengthAgainst } from './relative-strength.ts'

const start = Date.UTC(2026, 2, 1)
const candles = (closes: readonly number[], gapAt = -1) =>
  candlesOf(
    'binance:X:1h',
    hours(1),
    closes.map((close, i) => ({
      openAt: start + hours(i + (gapAt >= 0 && i >= gapAt ? 40 : 0)),
      open: close,
      high: close,
      low: close,
      close,
      volume: 1,
    })),
  )
const rising = (by: number) => candles(Array.from({ length: 30 }, (_, i) => 100 * (1 + (by * i) / 24)))
const token = { id: tokenId('solana:native') } as Token
const now = start + hours(40)

it('is how much more than bitcoin a token rose within a day', () => {
  const [figure] = strengthAgainst(candles(Array(30).fill(50)), token, rising(0.1), now)
  expect(figure).toMatchObject({ source: 'binance', name: 'relativeStrength24hRatio', token: 'solana:native' })
  expect(figure!.value).toBeCloseTo(changeOfDay(rising(0.1))!, 12)
})

it('is not known where a day is not, of bitcoin itself, or over a halt', () => {
  expect(strengthAgainst(null, token, rising(0.1), now)).toEqual([])
  expect(strengthAgainst(rising(0), token, candles([1, 2]), now)).toEqual([])
  expect(strengthAgainst(rising(0), { id: tokenId('bitcoin:native') } as Token, rising(0.1), now)).toEqual([])
  expect(changeOfDay(candles(Array(30).fill(50), 20))).toBeNull()
})
