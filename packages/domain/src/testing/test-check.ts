import { describe, expect, it } from 'vitest'
import type { Finding, SafetyCheck, SafetyEvidence } from '../safety/check.ts'
import type { FigureName } from '../words/figure.ts'
import type { Danger, Figure, Hazard } from '../words/observation.ts'
import { days, toIso } from '../words/time.ts'
import { tokenId } from '../words/token.ts'

/** What a source tells, in short: dangers that are there or not, figures and their values. */
export type Told = Partial<Record<Danger, boolean> & Record<FigureName, number>>

export type CheckSample = { passes: readonly Told[]; fails: readonly Told[]; unknown?: readonly Told[]; chain?: string }

const at = Date.UTC(2026, 2, 1)

const tokens: Readonly<Record<string, string>> = {
  ethereum: 'ethereum:0xabcdef0123456789abcdef0123456789abcdef01',
  solana: 'solana:SampMint11111111111111111111111111111111111',
}

/** A token that nobody ranks. */
export function unrankedToken(chain = 'ethereum'): SafetyEvidence['token'] {
  const id = tokenId(tokens[chain]!)
  return { id, chain, address: id.slice(chain.length + 1), marketCapRank: null, marketCapUsd: null }
}

/** Observations of one source of one token; `ageMs` is how long before the evidence they were true. */
export function observed(source: string, token: string, told: Told, ageMs = 0): (Hazard | Figure)[] {
  const seen = { source, token, observedAt: toIso(at - ageMs), fetchedAt: toIso(at - Math.max(0, ageMs)) }
  return Object.entries(told).map(([name, value]) =>
    typeof value === 'boolean'
      ? { what: 'hazard', ...seen, danger: name as Danger, present: value }
      : { what: 'figure', ...seen, name: name as FigureName, value },
  )
}

/** All of it as evidence at one instant. */
export const evidenceOf = (
  observations: readonly (Hazard | Figure)[],
  token: SafetyEvidence['token'] = unrankedToken(),
): SafetyEvidence => ({ token, observations, at })

/** What every check owes; call it once a check, with what one source may tell where all is well and where it is not. */
export function testCheck(check: SafetyCheck, { passes, fails, unknown = [], chain }: CheckSample): void {
  const token = unrankedToken(chain)
  const judged = (...observations: (Hazard | Figure)[][]): Finding =>
    check.check(evidenceOf(observations.flat(), token))
  const of = (source: string, told: Told, ageMs = 0) => observed(source, token.id, told, ageMs)

  describe(check.id, () => {
    owesAName(check)
    it('knows nothing of what nobody tells, of what is stale, to come or of another token', () => {
      for (const told of [...passes, ...fails]) {
        for (const elsewhere of [
          [],
          of('alarm', told, days(4)),
          of('alarm', told, -days(1)),
          observed('alarm', unrankedToken(chain === 'solana' ? 'ethereum' : 'solana').id, told),
        ])
          expect(judged(elsewhere).verdict).toBe('unknown')
      }
    })

    it('passes, fails and does not know as the samples say, naming and citing the source', () => {
      const expected = { pass: passes, fail: fails, unknown }
      for (const [verdict, samples] of Object.entries(expected))
        for (const told of samples) {
          const said = judged(of('alarm', told))
          expect([verdict, told, said.verdict]).toEqual([verdict, told, verdict])
          expect(said.detail).not.toMatch(/undefined|null|NaN/)
          if (verdict === 'unknown') continue
          expect(said.detail).toContain('alarm')
          expect(said.cites.length).toBeGreaterThan(0)
          for (const cite of said.cites) expect(Object.keys(told)).toContain(cite.replace('alarm:', ''))
        }
    })

    it('fails where one source sees the danger and another denies it, and names both', () => {
      for (const bad of fails)
        for (const good of passes) {
          const said = judged(of('calm', good), of('alarm', bad))
          expect([good, bad, said.verdict]).toEqual([good, bad, 'fail'])
          const contradicted = Object.keys(bad).some((name) => name in good)
          if (contradicted) expect(said.detail).toMatch(/alarm.*calm|calm.*alarm/)
          expect(judged(of('alarm', bad), of('calm', good))).toEqual(said)
        }
    })

    it('takes the newest word of one source', () => {
      for (const bad of fails)
        for (const good of passes) {
          const later = Object.fromEntries(Object.entries(good).filter(([name]) => name in bad))
          if (Object.keys(later).length < Object.keys(bad).length) continue
          const said = judged(of('alarm', bad, days(0.5)), of('alarm', good))
          expect([bad, good, said.verdict]).toEqual([bad, good, 'pass'])
        }
    })

    it('is pure: the same evidence, in any order, says the same and is left as it was', () => {
      for (const told of [...passes, ...fails]) {
        const evidence = evidenceOf([...of('alarm', told), ...of('calm', told)], token)
        const before = JSON.stringify(evidence)
        const said = check.check(evidence)
        expect(check.check(evidence)).toEqual(said)
        expect(check.check({ ...evidence, observations: evidence.observations.toReversed() })).toEqual(said)
        expect(JSON.stringify(evidence)).toBe(before)
      }
    })
  })
}

function owesAName({ id, label, see }: SafetyCheck): void {
  it('says what it is: an id, a label, the source of its rule', () => {
    expect(id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
    for (const text of [label, see]) expect(text).not.toBe('')
  })
}
