import { days, openEnding, toIso, wilson } from '@pumpiq/domain'
import { PerformanceSummary } from '@pumpiq/api'
import { expect, it } from 'vitest'
import type { CountedAsk } from './outcomes-counted.ts'
import { summarise } from './summary.ts'
import { countedCall, countOf, ended } from './test-counted.ts'

const now = Date.UTC(2026, 5, 1)

/** One call a week, each third one won. */
const closed = (count: number) =>
  Array.from({ length: count }, (_, i) => {
    const issuedAt = now - days(7 * (i + 1))
    return countedCall({ issuedAt, ending: ended(i % 3 === 0 ? 2 : -1, issuedAt + days(2)) })
  })

const open = countedCall({ type: 'HOLD', issuedAt: now - days(1), ending: openEnding })

const summaryOf = (count: number, asked: CountedAsk[] = []) =>
  summarise({ countCalls: countOf([...closed(count), open], asked), period: '30d', timeframe: 'SWING', now })

it('counts everything, and tells no rate of fewer than thirty independent windows', async () => {
  const summary = PerformanceSummary.parse(await summaryOf(29))
  expect(summary).toMatchObject({
    calls: 30,
    closed: 29,
    byType: { BUY: 29, HOLD: 1 },
    byStatus: { OPEN: 1, TARGET_3: 10 },
  })
  expect(summary.directional.hit).toMatchObject({
    value: null,
    n: 29,
    effectiveN: 29,
    note: expect.stringContaining('30'),
  })
  expect(summary.directional.r.value).toBeNull()
})

it('of enough tells the rate with its Wilson interval and the mean R with an interval that does not change from look to look', async () => {
  const { directional, from } = await summaryOf(60)
  expect(from).toBe(toIso(now - days(30)))
  expect(directional.hit).toMatchObject({ value: 20 / 60, ...wilson(20 / 60, 60), n: 60 })
  expect(directional.r.value).toBeCloseTo(0, 12)
  expect(directional.r.low!).toBeLessThan(directional.r.value!)
  expect((await summaryOf(60)).directional.r).toEqual(directional.r)
})

it('asks for what ended in the period', async () => {
  const asked: CountedAsk[] = []
  await summaryOf(1, asked)
  expect(asked).toMatchObject([{ endedFrom: now - days(30), timeframe: 'SWING' }])
})
