import { days, hours, openEnding } from '@pumpiq/domain'
import { PerformanceResults, TokenPerformance } from '@pumpiq/api'
import { expect, it } from 'vitest'
import { recordOfToken } from './by-token.ts'
import type { CountedAsk, CountedCall } from './outcomes-counted.ts'
import { resultsOf } from './results.ts'
import { countedCall, countOf, ended } from './test-counted.ts'

const now = Date.UTC(2026, 5, 1)

/** One call in eight days: each third won 2 R (20 %), the others lost 1 R, after so many hours. */
const closed = (count: number, given: Partial<CountedCall> = {}) =>
  Array.from({ length: count }, (_, i) => {
    const issuedAt = now - days(8 * (i + 1))
    return countedCall({ issuedAt, ending: ended(i % 3 === 0 ? 2 : -1, issuedAt + hours(i % 2 ? 10 : 30)), ...given })
  })

it('of enough calls tells how many won, what winners and losers returned and how long they took', () => {
  const results = PerformanceResults.parse(resultsOf(closed(120), 'SWING'))
  expect(results.winRate).toMatchObject({ value: 1 / 3, n: 120, effectiveN: 120, note: null })
  expect(results.winRate.low).toBeLessThan(1 / 3)
  expect(results.winningReturnPct.value).toBeCloseTo(20, 9)
  expect(results.losingReturnPct.value).toBeCloseTo(-10, 9)
  expect(results.hoursToOutcome).toMatchObject({ value: 20, median: 20 })
})

it('tells no rate of fewer than thirty independent windows, but which single call was best and worst', () => {
  const calls = [...closed(20), countedCall({ symbol: 'ETH', issuedAt: now - days(1), ending: ended(4, now) })]
  const results = resultsOf(calls, 'SWING')
  expect([results.winRate.value, results.hoursToOutcome.value, results.hoursToOutcome.median]).toEqual([
    null,
    null,
    null,
  ])
  expect(results.winRate.note).toContain('30')
  expect(results.best).toMatchObject({ symbol: 'ETH', returnNetPct: 40, rMultiple: 4, hours: 24 })
  expect(results.worst).toMatchObject({ symbol: 'BTC', returnNetPct: -10 })
})

it('counts neither HOLD and AVOID nor what is open or was not filled among wins and losses', () => {
  const calls = [
    countedCall({ type: 'HOLD', ending: { ...ended(1, now), held: true } }),
    countedCall({ type: 'AVOID', ending: ended(1, now) }),
    countedCall({ ending: openEnding }),
    countedCall({ ending: { ...openEnding, status: 'NOT_FILLED', at: now } }),
  ]
  expect(resultsOf(calls, 'SWING')).toMatchObject({ winRate: { n: 0 }, best: null, worst: null })
})

it('keeps risk ratings apart, each call in one', () => {
  const calls = [...closed(40, { risk: 'LOW' }), ...closed(9, { risk: 'VERY_HIGH' }), countedCall({ risk: 'MEDIUM' })]
  const { byRisk } = resultsOf(calls, 'SWING')
  expect(byRisk.map(({ risk, calls: all, decided, winRate }) => [risk, all, decided, winRate.value])).toEqual([
    ['LOW', 40, 40, 14 / 40],
    ['MEDIUM', 1, 0, null],
    ['HIGH', 0, 0, null],
    ['VERY_HIGH', 9, 9, null],
  ])
})

it('the record of a token asks for its calls alone, and tells each timeframe that has any', async () => {
  const asked: CountedAsk[] = []
  const token = 'bitcoin:native' as never
  const calls = [...closed(3), ...closed(2, { timeframe: 'SCALP' })]
  const told = TokenPerformance.parse(
    await recordOfToken({ countCalls: countOf(calls, asked), token, period: 'all', now }),
  )
  expect(told.timeframes.map(({ timeframe, calls: n }) => [timeframe, n])).toEqual([
    ['SCALP', 2],
    ['SWING', 3],
  ])
  expect(told).toMatchObject({ calls: 5, closed: 5, token: 'bitcoin:native' })
  expect(asked.every((ask) => ask.token === token)).toBe(true)
})
