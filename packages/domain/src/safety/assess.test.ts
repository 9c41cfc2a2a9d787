import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evidenceOf, observed, unrankedToken, type Told } from '../testing/test-check.ts'
import { Danger, type Figure, type Hazard } from '../words/observation.ts'
import { days } from '../words/time.ts'
import { assessSafety, SafetyAssessment } from './assess.ts'
import type { SafetyEvidence } from './check.ts'

const figures: Told = {
  lpLockedRatio: 0.95,
  lpCreatorRatio: 0.02,
  top10Ratio: 0.2,
  developerRatio: 0.01,
  poolAgeMs: days(30),
  liquidityUsd: 1e6,
  marketCapUsd: 1e7,
  volume24hUsd: 1e6,
}
const none = Object.fromEntries(Danger.options.map((danger) => [danger, false])) as Told
const clean: Readonly<Record<string, Told>> = {
  ethereum: { ...none, ...figures, buyTaxRatio: 0, sellTaxRatio: 0 },
  solana: { ...none, ...figures, transferFeeRatio: 0 },
}

const assessed = (evidence: SafetyEvidence) => {
  const said = assessSafety(evidence)
  return said.applicable ? said.verdict : 'not applicable'
}
const of = (chain: string, told: Told): SafetyEvidence =>
  evidenceOf(observed('told', unrankedToken(chain).id, told), unrankedToken(chain))
const chains = Object.keys(clean)
/** Some of what a clean token is told of. */
const someOf = (chain: string, kept: readonly boolean[]): (Hazard | Figure)[] =>
  observed('told', unrankedToken(chain).id, clean[chain]!).filter((_, i) => kept[i % kept.length])

describe('the safety of a token', () => {
  it('passes where all is known and nothing is wrong, and its form can be sealed', () => {
    for (const chain of chains) {
      const said = assessSafety(of(chain, clean[chain]!))
      expect(said).toMatchObject({ applicable: true, verdict: 'pass' })
      expect(SafetyAssessment.parse(JSON.parse(JSON.stringify(said)))).toEqual(said)
    }
  })

  it('fails with any single danger, whatever else is known or not and whoever denies it', () => {
    for (const chain of chains)
      for (const danger of Danger.options)
        fc.assert(
          fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), (kept) => {
            const token = unrankedToken(chain)
            const bad = observed('alarm', token.id, { [danger]: true })
            expect(assessed(evidenceOf([...someOf(chain, kept), ...bad], token))).toBe('fail')
          }),
          { numRuns: 20 },
        )
  })

  it.each([
    ['sellTaxRatio', 0.2],
    ['transferFeeRatio', 0.2],
    ['top10Ratio', 0.8],
    ['developerRatio', 0.5],
    ['poolAgeMs', days(0.9)],
    ['liquidityUsd', 30_000],
    ['lpCreatorRatio', 0.9],
  ] as const)('fails with a bad %s of one source, though another tells a good one', (name, value) => {
    for (const chain of chains) {
      const token = unrankedToken(chain)
      const bad = { [name]: value, ...(name === 'lpCreatorRatio' && { lpLockedRatio: 0.1 }) }
      const all = [...observed('told', token.id, clean[chain]!), ...observed('alarm', token.id, bad)]
      expect(assessed(evidenceOf(all, token))).toBe('fail')
    }
  })

  it('never passes with less than what must be known, and is unknown where nobody tells anything', () => {
    for (const chain of chains) {
      expect(assessed(of(chain, {}))).toBe('unknown')
      const needed = chain === 'solana' ? ['freezable', 'permanentDelegate'] : ['pausable', 'blacklist']
      for (const name of ['mintable', ...needed]) {
        const { [name as Danger]: _, ...rest } = clean[chain]!
        expect([name, assessed(of(chain, rest))]).toEqual([name, 'unknown'])
      }
      const { lpLockedRatio: _, lpCreatorRatio: __, lpUnlocked: ___, ...rest } = clean[chain]!
      expect(assessed(of(chain, rest))).toBe('unknown')
    }
    const { sellTaxRatio: _, ...untaxed } = clean['ethereum']!
    expect(assessed(of('ethereum', untaxed))).toBe('unknown')
  })

  it('takes nothing that is not told for a danger', () => {
    for (const chain of chains)
      fc.assert(
        fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), (kept) => {
          expect(assessed(evidenceOf(someOf(chain, kept), unrankedToken(chain)))).not.toBe('fail')
        }),
      )
  })

  it('does not ask whose the pools of large old tokens are, of which there are many', () => {
    const { lpLockedRatio: _, lpCreatorRatio: __, lpUnlocked: ___, ...rest } = clean['ethereum']!
    const token = { ...unrankedToken(), marketCapRank: 40 }
    expect(assessed(evidenceOf(observed('told', token.id, { ...rest, poolAgeMs: days(900) }), token))).toBe('pass')
    expect(assessed(evidenceOf(observed('told', token.id, { ...rest, poolAgeMs: days(90) }), token))).toBe('unknown')
  })

  it('does not apply to coins of their own chains and recorded files', () => {
    for (const [chain, address] of [
      ['bitcoin', 'native'],
      ['ethereum', 'native'],
      ['file', 'BTCUSDT'],
    ] as const) {
      const token = { ...unrankedToken(), id: `${chain}:${address}` as SafetyEvidence['token']['id'], chain, address }
      expect(assessSafety(evidenceOf(observed('told', token.id, { honeypot: true }), token))).toEqual({
        applicable: false,
      })
    }
  })

  it('shows no check of another chain unless a source speaks of it', () => {
    const idsOf = (chain: string, told: Told) => {
      const said = assessSafety(of(chain, told))
      return said.applicable ? said.checks.map(({ id }) => id) : []
    }
    expect(idsOf('ethereum', {})).not.toContain('permanent-delegate')
    expect(idsOf('ethereum', { permanentDelegate: true })).toContain('permanent-delegate')
    expect(idsOf('solana', {})).not.toContain('blacklist')
    expect(idsOf('solana', {})).toContain('freeze-authority')
  })

  it('is unknown on a chain of which we know nothing', () => {
    const token = {
      ...unrankedToken(),
      id: 'tron:TSample' as SafetyEvidence['token']['id'],
      chain: 'tron',
      address: 'TSample',
    }
    const { honeypot: _, ...rest } = clean['ethereum']!
    expect(assessed(evidenceOf(observed('told', token.id, rest), token))).toBe('unknown')
  })
})
