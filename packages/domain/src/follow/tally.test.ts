import { describe, expect, it } from 'vitest'
import { hours } from '../words/time.ts'
import type { Ending } from './outcome.ts'
import { createTally } from './tally.ts'
import { wilson } from './statistics.ts'
import { chance } from '../testing/chance.ts'
import { ended } from './testing.ts'

const horizonMs = hours(24)
const won = ended({ status: 'TARGET_3', first: 'target', rMultiple: 1.5, returnNetRatio: 0.06, filledAt: 1 })
const lost = ended({ status: 'STOPPED', first: 'stop', rMultiple: -1, returnNetRatio: -0.04, filledAt: 1 })

/** One call a day and token, so that every window is independent. */
function tallyOf(endings: readonly (readonly ['BUY' | 'SELL' | 'HOLD' | 'AVOID', Ending, number?])[]) {
  const tally = createTally({ horizonMs })
  endings.forEach(([type, ending, forecast], i) => {
    const issuedAt = i * horizonMs
    tally.add({
      token: 0,
      type,
      issuedAt,
      ending: { ...ending, at: ending.at === null ? null : issuedAt + hours(2) },
      forecast: forecast ?? null,
    })
  })
  return tally
}

const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value)

describe('performance', () => {
  it('counts everything by type and status', () => {
    const statuses = [
      'OPEN',
      'TARGET_3',
      'STOPPED',
      'EXPIRED',
      'INVALIDATED',
      'NOT_FILLED',
      'UNRESOLVED',
      'DELISTED',
    ] as const
    const { byType, byStatus, calls, directional } = tallyOf([
      ...statuses.map((status) => ['BUY', ended({ status })] as const),
      ['SELL', lost],
      ['HOLD', ended({ status: 'EXPIRED', held: true })],
      ['AVOID', ended({ status: 'EXPIRED', returnGrossRatio: -0.1 })],
    ]).summary(chance(1))
    expect(calls).toBe(11)
    expect(byType).toEqual({ BUY: 8, HOLD: 1, SELL: 1, AVOID: 1 })
    expect(byStatus).toEqual({
      OPEN: 1,
      TARGET_3: 1,
      STOPPED: 2,
      EXPIRED: 3,
      INVALIDATED: 1,
      NOT_FILLED: 1,
      UNRESOLVED: 1,
      DELISTED: 1,
    })
    expect(directional).toMatchObject({ calls: 9, notFilled: 1, open: 1, unresolved: 1, delisted: 1, invalidated: 1 })
  })

  it('gives the hit rate over the filled and decided alone, with its interval', () => {
    const rows = [
      ...times(24, ['BUY', won] as const),
      ...times(36, ['SELL', lost] as const),
      ...times(50, ['BUY', ended({ status: 'NOT_FILLED' })] as const),
      ...times(9, ['BUY', ended({ status: 'OPEN', at: null, filledAt: 1, first: 'target' })] as const),
    ]
    const { directional, buy } = tallyOf(rows).summary(chance(1))
    expect(directional).toMatchObject({ calls: 119, filled: 69, decided: 60, open: 9, notFilled: 50 })
    expect(directional.hit).toEqual({ value: 0.4, ...wilson(0.4, 60), n: 60, effectiveN: 60, note: null })
    expect(directional.r.value).toBeCloseTo((24 * 1.5 - 36) / 60, 12)
    expect(directional.r.median).toBe(-1)
    expect(directional.returnNetPct.value).toBeCloseTo((24 * 6 - 36 * 4) / 60, 10)
    expect(directional.profitFactor).toBeCloseTo(1, 12)
    expect(directional.maxDrawdownR).toBe(36)
    expect(directional.r.low).toBeLessThan(0)
    expect(directional.r.high).toBeGreaterThan(0)
    expect(buy.hit).toMatchObject({
      value: null,
      low: null,
      high: null,
      n: 24,
      note: 'too few: 24 independent windows, 30 are needed',
    })
  })

  it('takes a delisting after the fill for decided, so that what died is not forgotten', () => {
    const dead = ended({ status: 'DELISTED', rMultiple: -20, returnNetRatio: -1, filledAt: 1 })
    const { directional } = tallyOf([
      ...times(30, ['BUY', won] as const),
      ...times(10, ['BUY', dead] as const),
    ]).summary(chance(1))
    expect(directional.hit.value).toBe(0.75)
    expect(directional.r.value).toBeCloseTo((45 - 200) / 40, 12)
  })

  it('counts overlapping windows of a token once', () => {
    const tally = createTally({ horizonMs })
    for (let i = 0; i < 240; i++)
      tally.add({ token: i % 2, type: 'BUY', issuedAt: i * hours(2), ending: i % 4 === 0 ? won : lost })
    const { hit } = tally.summary(chance(1)).directional
    expect(hit).toMatchObject({ n: 240, effectiveN: 40, value: 0.25, ...wilson(0.25, 40) })
  })

  it('keeps HOLD and AVOID apart', () => {
    const { directional, hold, avoid } = tallyOf([
      ...times(30, ['HOLD', ended({ status: 'EXPIRED', held: true })] as const),
      ...times(10, ['HOLD', ended({ status: 'STOPPED', held: false })] as const),
      ...times(2, ['HOLD', ended({ status: 'OPEN', at: null })] as const),
      ...times(20, ['AVOID', ended({ status: 'EXPIRED', returnGrossRatio: -0.2 })] as const),
      ...times(20, ['AVOID', ended({ status: 'DELISTED', returnGrossRatio: 0.1 })] as const),
    ]).summary(chance(1))
    expect(directional).toMatchObject({ calls: 0, decided: 0, hit: { value: null }, totalR: 0 })
    expect(hold).toMatchObject({ calls: 42, decided: 40, right: { value: 0.75, n: 40 } })
    expect(avoid).toMatchObject({ calls: 40, decided: 40, right: { value: 0.5, n: 40 } })
    expect(avoid.marketReturnPct.value).toBeCloseTo(-5, 10)
  })

  it('tells what share is ambiguous', () => {
    const doubtful = { ...lost, ambiguous: true }
    const { directional } = tallyOf([
      ...times(30, ['BUY', won] as const),
      ...times(10, ['BUY', doubtful] as const),
    ]).summary(chance(1))
    expect(directional.ambiguousShare).toBe(0.25)
  })

  it('hands the forecasts of filled and decided calls to calibration', () => {
    const tally = tallyOf([
      ['BUY', won, 0.6],
      ['SELL', lost, 0.4],
      ['BUY', lost],
      ['BUY', ended({ status: 'NOT_FILLED' }), 0.9],
      ['HOLD', ended({ status: 'EXPIRED', held: true }), 0.5],
    ])
    const { forecast, happened, length, effectiveN } = tally.forecasts()
    expect([...forecast]).toEqual([0.6, 0.4])
    expect([...happened]).toEqual([1, 0])
    expect([length, effectiveN]).toEqual([2, 2])
  })

  it('holds as many as come and repeats itself with the same chance', () => {
    const tally = createTally({ horizonMs })
    for (let i = 0; i < 5000; i++)
      tally.add({ token: i % 7, type: 'BUY', issuedAt: i * hours(1), ending: i % 3 === 0 ? won : lost })
    expect(tally.length).toBe(5000)
    expect(tally.summary(chance(9))).toEqual(tally.summary(chance(9)))
    expect(tally.summary(chance(9)).directional.hit.value).toBeCloseTo(1667 / 5000, 12)
  })

  it('says nothing of nothing', () => {
    const { calls, directional, hold } = createTally({ horizonMs }).summary(chance(1))
    expect(calls).toBe(0)
    expect(directional).toMatchObject({
      hit: { value: null, n: 0 },
      r: { value: null, median: null },
      profitFactor: null,
      ambiguousShare: null,
      maxDrawdownR: 0,
    })
    expect(hold.right.value).toBeNull()
  })
})
