import { describe, expect, it } from 'vitest'
import { assessSafety, type SafetyAssessment } from '../safety/assess.ts'
import { Danger, type Hazard } from '../words/observation.ts'
import { Mode, weightsOf } from '../words/profile.ts'
import { tokenId } from '../words/token.ts'
import type { Call } from './call.ts'
import { unproven, unsafe, withCaps } from './vetoes.ts'

const at = Date.UTC(2026, 2, 1, 12)
const token = {
  id: tokenId(`ethereum:0x${'1'.repeat(40)}`),
  chain: 'ethereum',
  address: `0x${'1'.repeat(40)}`,
  marketCapRank: null,
  marketCapUsd: null,
}
const hazard = (danger: Danger, present: boolean): Hazard => ({
  what: 'hazard',
  source: 'goplus',
  token: token.id,
  danger,
  present,
  observedAt: '2026-03-01T11:59:00.000Z',
  fetchedAt: '2026-03-01T11:59:00.000Z',
})
const assessed = (...hazards: Hazard[]): SafetyAssessment => assessSafety({ token, observations: hazards, at })

describe('the safety of a contract', () => {
  it('forbids any trade where a check fails, and says which', () => {
    expect(unsafe(assessed(hazard('honeypot', true)))).toMatch(/^token safety: .*honeypot/i)
  })

  it('forbids to buy what is not known to be safe', () => {
    const nothing = assessed()
    expect(unsafe(nothing)).toBeNull()
    expect(unproven(nothing)).toMatch(/^token safety is unknown \(.+\): it cannot be a BUY$/)
    expect(unproven(null)).toBeNull()
    expect(unproven({ applicable: false })).toBeNull()
  })

  it('every danger that a source tells keeps it from being bought', () => {
    for (const danger of Danger.options) {
      const safety = assessed(...Danger.options.map((one) => hazard(one, one === danger)))
      expect([danger, unsafe(safety) !== null || unproven(safety) !== null]).toEqual([danger, true])
    }
  })
})

describe('a call that only text speaks for', () => {
  const call = {
    confidence: { value: 0.7, low: 0.6, high: 0.8, n: 9, method: 'prior', measured: 0.7 },
    completeness: 1,
    warnings: [],
    clamps: [],
  } as unknown as Call

  it.each([
    ['news-only', 'single attacker-writable source'],
    ['social-only', 'single attacker-writable source'],
  ] as const)('%s is held to 0.55 and labelled', (mode, label) => {
    const held = withCaps(call, weightsOf(mode))
    expect(held.confidence).toMatchObject({ value: 0.55, low: 0.55, measured: 0.7 })
    expect(held.warnings).toEqual([`${label}: confidence is held to 0.55`])
  })

  it('news and social together are labelled as both; any other mode is left alone', () => {
    expect(withCaps(call, { news: 60, social: 40, onchain: 0, technical: 0 }).warnings[0]).toMatch(
      /^attacker-writable sources only/,
    )
    for (const mode of Mode.options.filter((one) => !['news-only', 'social-only'].includes(one)))
      expect(withCaps(call, weightsOf(mode))).toBe(call)
  })
})
