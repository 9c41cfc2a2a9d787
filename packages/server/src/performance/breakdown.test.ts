import { baselines, days, openEnding, wilson } from '@pumpiq/domain'
import { BaselinesBeside, BreakdownBy, PerformanceBreakdown, PerformanceCalibration, type Period } from '@pumpiq/api'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { baselinesBeside } from './baselines.ts'
import { breakDown } from './breakdown.ts'
import { keyOf } from './breakdown-keys.ts'
import type { CountedCall } from './outcomes-counted.ts'
import { calibrate } from './summary-calibration.ts'
import { summarise } from './summary.ts'
import { countedCall, countOf, ended } from './test-counted.ts'

const now = Date.UTC(2026, 5, 1)
const asked = (calls: readonly CountedCall[]) => ({ countCalls: countOf(calls), period: 'all' as Period, now })
const breakdownOf = async (calls: readonly CountedCall[], by: BreakdownBy, filters = {}) =>
  PerformanceBreakdown.parse(
    await breakDown({ ...asked(calls), pause: async () => {}, by, timeframe: undefined, filters }),
  )

const anyMethod = fc.constantFrom<'prior' | 'backtest' | 'live'>('prior', 'backtest', 'live')
const anyCall = fc
  .record({
    token: fc.constantFrom('bitcoin:native', 'ethereum:native', 'solana:native'),
    type: fc.constantFrom('BUY', 'SELL', 'HOLD', 'AVOID'),
    timeframe: fc.constantFrom('SCALP', 'SWING', 'LONG_TERM'),
    risk: fc.constantFrom('LOW', 'HIGH', 'VERY_HIGH'),
    actionable: fc.boolean(),
    analyst: fc.constantFrom('rules', 'model'),
    confidence: fc.option(fc.record({ method: anyMethod, measured: fc.double({ min: 0, max: 1, noNaN: true }) })),
    weeks: fc.integer({ min: 1, max: 80 }),
    r: fc.option(fc.double({ min: -2, max: 4, noNaN: true })),
  })
  .map(({ confidence, weeks, r, ...call }) => {
    const issuedAt = now - days(7 * weeks)
    return countedCall({
      ...call,
      confidence: confidence && { ...confidence, shown: confidence.measured },
      issuedAt,
      ending: r === null ? openEnding : ended(r, issuedAt + days(3)),
    })
  })

describe('the groups of a breakdown', () => {
  it('hold every call once: their counts add up to the whole, in whatever order the calls come', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(anyCall, { maxLength: 60 }),
        fc.constantFrom(...BreakdownBy.options),
        async (calls, by) => {
          const { groups, calls: all, closed } = await breakdownOf(calls, by)
          const counted = by === 'timeframe' ? calls : calls.filter(({ timeframe }) => timeframe === 'SWING')
          expect([all, closed]).toEqual([
            counted.length,
            counted.filter(({ ending }) => ending.status !== 'OPEN').length,
          ])
          expect(new Set(groups.map(({ key }) => key)).size).toBe(groups.length)
          for (const type of ['BUY', 'SELL', 'HOLD', 'AVOID'] as const) {
            expect(groups.reduce((sum, { byType }) => sum + byType[type], 0)).toBe(
              counted.filter((call) => call.type === type).length,
            )
          }
          const turned = await breakdownOf(calls.toReversed(), by)
          expect(turned.groups.map(({ key, byStatus }) => [key, byStatus])).toEqual(
            groups.map(({ key, byStatus }) => [key, byStatus]),
          )
        },
      ),
      { numRuns: 60 },
    ))

  it('are what the summary counts when it is filtered by their key', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(anyCall, { minLength: 1, maxLength: 40 }),
        fc.constantFrom('type', 'risk', 'token', 'actionable', 'confidence'),
        async (calls, by) => {
          for (const group of (await breakdownOf(calls, by)).groups) {
            const summary = await summarise({ ...asked(calls), timeframe: 'SWING', filters: { [by]: group.key } })
            expect(summary.byStatus).toEqual(group.byStatus)
            expect(summary.directional).toEqual(group.directional)
          }
        },
      ),
      { numRuns: 30 },
    ))

  it('tell no rate, mean or lead of fewer than thirty independent windows, whatever comes', () =>
    fc.assert(
      fc.asyncProperty(fc.array(anyCall, { maxLength: 29 }), async (calls) => {
        for (const by of ['type', 'timeframe', 'confidence'] as const) {
          for (const { directional, hold, avoid, baselines: beside } of (await breakdownOf(calls, by)).groups) {
            const figures = [directional.hit, directional.r, directional.returnNetPct, hold.right, avoid.right]
            for (const { value, low, note } of figures)
              expect([value, low, note]).toEqual([null, null, expect.any(String)])
            for (const { meanReturnNetPct, leadPct } of beside)
              expect([meanReturnNetPct, leadPct]).toEqual([null, null])
          }
        }
      }),
      { numRuns: 20 },
    ))

  it('are refused of timeframes where one is named', () =>
    expect(
      breakDown({ ...asked([]), pause: async () => {}, by: 'timeframe', timeframe: 'SWING', filters: {} }),
    ).rejects.toMatchObject({
      code: 'invalid',
    }))
})

describe('what calls are grouped by', () => {
  const confidence = (method: 'prior' | 'live', measured: number) => ({ method, measured, shown: 0.9 })
  it('is the tenth of what was measured, by method, of BUY and SELL alone', () => {
    const key = (given: Partial<CountedCall>) => keyOf.confidence(countedCall(given)).key
    expect(key({ confidence: confidence('prior', 0.3) })).toBe('prior:0.3')
    expect(key({ confidence: confidence('live', 0.3999) })).toBe('live:0.3')
    expect(key({ confidence: confidence('live', 1) })).toBe('live:0.9')
    expect(key({ type: 'HOLD', confidence: confidence('live', 0.5) })).toBe('none')
    expect(key({ confidence: null })).toBe('none')
  })

  it('is the month of the ending, in UTC, and what is open stands apart', () => {
    const at = (instant: number) => keyOf.period(countedCall({ ending: ended(1, instant) })).key
    expect([at(Date.UTC(2026, 0, 31, 23, 59)), at(Date.UTC(2026, 1, 1))]).toEqual(['2026-01', '2026-02'])
    expect(keyOf.period(countedCall({})).key).toBe('open')
  })

  it('is the whole set of weights', () =>
    expect(keyOf.weights(countedCall({}))).toEqual({
      key: '25-35-25-15',
      label: 'news 25, on-chain 35, technical 25, social 15',
    }))
})

/** Forty BUY calls a week apart, every fourth won 2 R (20 %) and the rest lost 1 R (10 %), beside baselines that made 1 % each time. */
const forty = Array.from({ length: 40 }, (_, i) => {
  const issuedAt = now - days(7 * (i + 1))
  const flat = { net: 0.01, r: null, isKnown: true }
  return countedCall({
    issuedAt,
    ending: ended(i % 4 === 0 ? 2 : -1, issuedAt + days(2)),
    baselines: Object.fromEntries(baselines.map(({ id }) => [id, flat])),
  })
})

describe('forty calls of which ten won 2 R and thirty lost 1 R', () => {
  it('hit a quarter, make -0.25 R and -2.5 % each, and lead what made 1 % by -3.5 %', async () => {
    const { groups } = await breakdownOf(forty, 'type')
    expect(groups.map(({ key }) => key)).toEqual(['BUY'])
    const { directional, baselines: beside } = groups[0]!
    expect(directional.hit).toEqual({ value: 0.25, ...wilson(0.25, 40), n: 40, effectiveN: 40, note: null })
    expect(directional.r.value).toBeCloseTo(-0.25, 12)
    expect([directional.totalR, directional.profitFactor]).toEqual([-10, 20 / 30])
    expect(beside.map(({ id }) => id)).toEqual(baselines.map(({ id }) => id))
    expect(beside[0]!.meanReturnNetPct).toBeCloseTo(1, 12)
    expect(beside[0]!.leadPct).toBeCloseTo(-3.5, 12)
    expect(beside[0]!.leadLow!).toBeLessThan(-3.5)
    expect(beside[0]!.leadHigh!).toBeGreaterThan(-3.5)
  })

  it('are not better than buy and hold, and that is said', async () => {
    const told = BaselinesBeside.parse(await baselinesBeside({ ...asked(forty), timeframe: 'SWING' }))
    expect(told.counted).toEqual({ decided: 40, played: 40, waiting: 0, unknown: 0 })
    expect(told.rows[0]).toMatchObject({ id: 'calls', n: 40, leadPct: null })
    expect(told.rows[0]!.meanReturnNetPct).toBeCloseTo(-2.5, 12)
    expect(told.verdict).toMatch(
      /^Not better than buy and hold \(-3\.500 % a call.*The calls lost money after costs\.$/,
    )
  })

  it('stand beside baselines that were played alone: what waits and what cannot be known is counted apart', async () => {
    const [one, two, ...rest] = forty
    const unknown = { 'buy-and-hold': { net: null, r: null, isKnown: false } }
    const calls = [{ ...one!, baselines: null }, { ...two!, baselines: unknown }, ...rest]
    const { counted, rows } = await baselinesBeside({ ...asked(calls), timeframe: 'SWING' })
    expect(counted).toEqual({ decided: 40, played: 38, waiting: 1, unknown: 1 })
    expect(rows.map(({ n }) => n)).toEqual(rows.map(() => 38))
  })

  it('are scored by the method that found their confidence; under two hundred without a curve', async () => {
    const { methods } = PerformanceCalibration.parse(await calibrate({ ...asked(forty), timeframe: 'SWING' }))
    expect(methods.map(({ method, measured }) => [method, measured.n])).toEqual([
      ['prior', 40],
      ['backtest', 0],
      ['live', 0],
    ])
    const { measured, shown } = methods[0]!
    expect(measured.brier).toBeCloseTo(0.25 * 0.59 ** 2 + 0.75 * 0.41 ** 2, 12)
    expect(shown.brier).toBeCloseTo(0.25 * 0.6 ** 2 + 0.75 * 0.4 ** 2, 12)
    expect(measured).toMatchObject({ baseRate: 0.25, ece: null, bins: null, note: expect.stringContaining('200') })
    expect(methods[2]!.measured).toMatchObject({ brier: null, logLoss: null, brierSkill: null, baseRate: null })
  })

  it('have a curve from two hundred on', async () => {
    const many = [0, 1, 2, 3, 4].flatMap((k) => forty.map((call) => ({ ...call, token: `t:${k}` })))
    const { methods } = await calibrate({ ...asked(many), timeframe: 'SWING' })
    expect(methods[0]!.measured.ece).toBeCloseTo(0.41 - 0.25, 12)
    expect(methods[0]!.measured.bins!.map(({ n }) => n)).toEqual([0, 0, 0, 0, 200, 0, 0, 0, 0, 0])
  })
})
