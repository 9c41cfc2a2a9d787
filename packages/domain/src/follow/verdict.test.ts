import type { BaselineRow } from './baseline-tally.ts'
import { describe, expect, it } from 'vitest'
import { verdictOn } from './verdict.ts'

const row = (id: string, over: Partial<BaselineRow>): BaselineRow => ({
  id,
  label: id,
  n: 400,
  effectiveN: 100,
  meanReturnNetPct: 0.1,
  low: null,
  high: null,
  winRate: 0.5,
  winLow: null,
  winHigh: null,
  meanR: null,
  leadPct: null,
  leadLow: null,
  leadHigh: null,
  note: null,
  ...over,
})

const verdict = (mean: number, leadPct: number, leadLow: number | null, leadHigh: number | null) =>
  verdictOn([row('calls', { meanReturnNetPct: mean }), row('buy-and-hold', { leadPct, leadLow, leadHigh })], 'backtest')

describe('the verdict on calls', () => {
  it('says not better when holding did as well or better', () =>
    expect(verdict(-0.2, -0.1, -0.4, 0.2)).toBe(
      'Not better than buy and hold (-0.100 % a call, 95 % interval -0.400 to +0.200). The calls lost money after costs.',
    ))

  it('claims nothing while the interval holds zero or cannot be told', () => {
    expect(verdict(0.2, 0.1, -0.1, 0.3)).toMatch(/^Not shown to be better than buy and hold \(\+0.100 % a call, 95 %/)
    expect(verdict(0.2, 0.1, null, null)).toBe('Not shown to be better than buy and hold (+0.100 % a call).')
  })

  it('says better only of these windows, and that losing less than holding is still losing', () => {
    expect(verdict(0.2, 0.3, 0.1, 0.5)).toMatch(/^Better than buy and hold on these windows .* no promise\.$/)
    expect(verdict(-0.2, 0.3, 0.1, 0.5)).toMatch(/The calls lost money after costs\.$/)
  })

  it('calls nothing hypothetical that was followed live', () =>
    expect(
      verdictOn(
        [row('calls', { meanReturnNetPct: 1 }), row('buy-and-hold', { leadPct: 0.3, leadLow: 0.1, leadHigh: 0.5 })],
        'live',
      ),
    ).not.toContain('hypothetical'))

  it('says too few where there are too few', () => {
    expect(verdictOn([], 'backtest')).toBe('Too few closed calls to compare with buy and hold (0).')
    expect(verdictOn([row('calls', { meanReturnNetPct: null, n: 12 }), row('buy-and-hold', {})], 'backtest')).toMatch(
      /\(12\)/,
    )
  })
})
