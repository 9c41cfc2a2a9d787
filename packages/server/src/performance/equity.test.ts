import { baselines, days } from '@pumpiq/domain'
import { PerformanceEquity } from '@pumpiq/api'
import { describe, expect, it } from 'vitest'
import { equityOf } from './equity.ts'
import type { CountedCall } from './outcomes-counted.ts'
import { summarise } from './summary.ts'
import { countedCall, countOf, ended } from './test-counted.ts'

const now = Date.UTC(2026, 5, 1)
const ask = (calls: readonly CountedCall[]) => ({
  countCalls: countOf(calls),
  period: 'all' as const,
  timeframe: 'SWING' as const,
  now,
})
const equity = async (calls: readonly CountedCall[]) => PerformanceEquity.parse(await equityOf(ask(calls)))

/** All baselines made the same, those with levels so many R. */
const all = (net: number, r: number | null = null): CountedCall['baselines'] =>
  Object.fromEntries(baselines.map(({ id }) => [id, { net, r, isKnown: true }]))

const call = (week: number, r: number, played: CountedCall['baselines'] = null) =>
  countedCall({ issuedAt: now - days(7 * week), ending: ended(r, now - days(7 * week - 3)), baselines: played })
const rng = (i: number) => Math.sin(i * 12.9898) * 1.7

describe('the record as a line in R', () => {
  it('adds up in the order in which calls ended, and says the deepest fall', async () => {
    const late = { ...call(9, 2), ending: ended(2, now - days(1)) }
    const { points, lines, n } = await equity([call(8, -1), late, call(5, -0.5)])
    expect(n).toBe(3)
    expect(points).toEqual(points.toSorted())
    expect(lines[0]).toMatchObject({ id: 'calls', cumulativeR: [-1, -1.5, 0.5], totalR: 0.5, maxDrawdownR: 1.5 })
  })

  it('measures a baseline without a stop in the R of the call, one with levels in its own', async () => {
    // One R is ten percent of the stake in these calls.
    const { lines } = await equity([call(4, -1, all(0.03)), call(3, 2, all(-0.01, 0.7))])
    expect(lines.map(({ id }) => id)).toEqual(['calls', ...baselines.map(({ id }) => id)])
    for (const line of lines.slice(1)) {
      expect(line.cumulativeR).toEqual([0.3, 1])
      expect(line).toMatchObject({ n: 2, callsTotalR: 1 })
    }
  })

  it('is level where a baseline has no result, and says what the calls made in the windows that it has', async () => {
    const none = { ...all(0.02), macd: { net: null, r: null, isKnown: true } }
    const { lines, waiting, unscaled } = await equity([
      call(6, 1, all(0.05)),
      call(5, -1),
      call(4, 0, all(0.05)),
      call(3, -1, none),
    ])
    expect([waiting, unscaled]).toEqual([1, 1])
    const macd = lines.find(({ id }) => id === 'macd')!
    expect(macd).toMatchObject({ n: 1, totalR: 0.5, callsTotalR: 1, cumulativeR: [0.5, 0.5, 0.5, 0.5] })
    expect(lines.find(({ id }) => id === 'buy-and-hold')).toMatchObject({ n: 2, callsTotalR: 0 })
  })

  it('ends where the summary does, and draws no more than five hundred points, the newest among them', async () => {
    const calls = Array.from({ length: 1_203 }, (_, i) => call(1_203 - i, rng(i)))
    const [told, summary] = [await equity(calls), await summarise(ask(calls))]
    const [line] = told.lines
    expect(line!.totalR).toBeCloseTo(summary.directional.totalR, 9)
    expect(line!.maxDrawdownR).toBeCloseTo(summary.directional.maxDrawdownR, 9)
    expect([told.points.length, line!.cumulativeR.length]).toEqual([500, 500])
    expect(line!.cumulativeR.at(-1)).toBeCloseTo(line!.totalR, 4)
    expect(told.effectiveN).toBe(summary.directional.r.effectiveN)
  })

  it('counts neither what is open nor what has no levels', async () => {
    const hold = countedCall({ type: 'HOLD', ending: ended(1, now) })
    expect(await equity([countedCall({}), hold])).toMatchObject({ n: 0, points: [], effectiveN: 0 })
  })
})
