import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { planOf } from './plan.ts'
import { recordedPlan } from './plan-recorded.ts'
import { EvaluationReport } from './report.ts'
import { rowPlans } from './rows.ts'
import { evaluated } from './testing.ts'

const folder = process.env['EVALUATION_DIR']

describe.skipIf(!folder)('the recorded plan (skipped without EVALUATION_DIR)', () => {
  it('runs on a short window, with every kind, counts that add up, and n and an interval or the reason for none in every row', async () => {
    const plan = planOf(recordedPlan, recordedPlan.name)
    const short = { from: Date.UTC(2023, 1, 27), to: Date.UTC(2023, 2, 6) }
    const report = await evaluated(join(folder!, 'data'), {
      plan: { ...plan, windows: plan.windows.filter(({ id }) => id === '2023-swing') },
      ...short,
    })
    expect(EvaluationReport.parse(report)).toEqual(report)
    const [window] = report.windows
    const instants = 5 * (7 * 6 + 1)
    const ran = window!.rows.filter(({ result }) => result !== null)
    expect(ran).toHaveLength(rowPlans.length)
    for (const { id, result, verdict } of ran) {
      const { decisions, abstained, byType, calls, decided, filled, hit, r, rPerInstant } = result!
      expect(decisions, id).toBe(instants)
      expect(
        Object.values(byType).reduce((sum, n) => sum + n, abstained),
        id,
      ).toBe(instants)
      expect(byType['BUY']! + byType['SELL']!, id).toBe(calls)
      expect(r.n, id).toBe(decided)
      for (const one of [filled, hit, r, rPerInstant])
        expect(one.low === null ? one.note : one.low <= one.value! && one.value! <= one.high!, id).toBeTruthy()
      expect(verdict, id).not.toBe('')
    }
    const counts = new Map(report.manifest.map(({ series, rows }) => [series, rows]))
    expect(counts.get('gnews')).toBe(5_320)
    expect(counts.get('dune-btc')).toBe(273)
    expect(counts.get('btc-tweets')).toBe(1_000)
    // An hour of tweets was recorded, on the first evening of March: they had arrived by the next instants only.
    const social = ran.find(({ id }) => id === 'social-only')!.result!
    expect(decisionsWith(social)).toBeGreaterThan(0)
    expect(decisionsWith(social)).toBeLessThanOrEqual(5 * 7)
  }, 240_000)
})

/** Instants with any evidence of the row's kinds. */
const decisionsWith = ({ decisions, abstained }: { decisions: number; abstained: number }): number =>
  decisions - abstained
