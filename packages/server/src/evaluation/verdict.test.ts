import { expect, it } from 'vitest'
import type { Result } from './report.ts'
import { verdictOf } from './verdict.ts'

/** A row that passes every test. */
const passing = {
  calls: 400,
  decided: 390,
  decisions: 900,
  r: { value: 0.3, low: 0.2, high: 0.4, wideLow: 0.1, wideHigh: 0.5, n: 390, effectiveN: 120, note: null },
  sharpe: { probability: 0.99 },
  coins: { inRuns: { percentile: 99 } },
  lead: { value: 0.1, low: 0.05, high: 0.15 },
  baselines: [{ id: 'buy-and-hold', leadPct: 0.4, leadLow: 0.1 }],
} as unknown as Result

it('calls a row better only where every test says so', () =>
  expect(verdictOf('hybrid', passing, 48)).toMatch(/^hybrid: better than nothing, than its coins and than holding/))

it.each([
  ['interval', { r: { ...passing.r, wideLow: null, wideHigh: null } }, 'no interval for 48 tries'],
  ['Sharpe ratio', { sharpe: null }, 'no deflated Sharpe ratio could be made'],
  ['coins', { coins: null }, 'could not be held against coins'],
  ['holding', { baselines: [] }, 'could not be held against buy and hold'],
  ['lead', { lead: { value: null, low: null, high: null } }, 'not shown to be better than technical alone'],
] as const)('takes a missing test for one that is not passed: %s', (_, over, said) => {
  const verdict = verdictOf('hybrid', { ...passing, ...over } as unknown as Result, 48)
  expect(verdict).toContain('not shown to have an edge')
  expect(verdict.toLowerCase()).toContain(said.toLowerCase())
})

it('says first of all that money was lost', () => {
  const r = { ...passing.r, value: -0.3, low: -0.4, high: -0.2, wideLow: -0.5, wideHigh: -0.1 }
  expect(verdictOf('hybrid', { ...passing, r }, 48)).toMatch(/^hybrid: lost money after costs/)
})
