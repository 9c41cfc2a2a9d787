import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { suspicion, type LaunchFeatures } from './suspicion.ts'

const nothing: LaunchFeatures = {
  lpCreatorRatio: null,
  lpLockedRatio: null,
  developerRatio: null,
  top10Ratio: null,
  mintable: null,
}
const ratio = fc.option(fc.double({ min: -1, max: 3, noNaN: true }))
const anything: fc.Arbitrary<LaunchFeatures> = fc.record({
  lpCreatorRatio: ratio,
  lpLockedRatio: ratio,
  developerRatio: ratio,
  top10Ratio: ratio,
  mintable: fc.option(fc.boolean()),
})

describe('suspicion', () => {
  it('is silent where nothing is known', () => {
    expect(suspicion(nothing)).toBeNull()
  })

  it('is least where the pool is locked and spread, and most where its maker holds all of everything', () => {
    const best = { lpCreatorRatio: 0, lpLockedRatio: 1, developerRatio: 0, top10Ratio: 0, mintable: false }
    const worst = { lpCreatorRatio: 1, lpLockedRatio: 0, developerRatio: 1, top10Ratio: 1, mintable: true }
    expect(suspicion(best)).toBe(0)
    expect(suspicion(worst)).toBeCloseTo(1, 12)
  })

  it('counts half of a pool that is neither locked nor known to be its maker’s', () => {
    expect(suspicion({ ...nothing, lpCreatorRatio: 0, lpLockedRatio: 0 })).toBe(0.5)
    expect(suspicion({ ...nothing, lpCreatorRatio: 0.4 })).toBeCloseTo(0.7, 12)
    expect(suspicion({ ...nothing, lpLockedRatio: 0.4 })).toBeCloseTo(0.3, 12)
  })

  it('lies in [0, 1] whatever it is told', () => {
    fc.assert(
      fc.property(anything, (features) => {
        const score = suspicion(features)
        expect(score === null || (score >= 0 && score <= 1)).toBe(true)
        expect(score === null).toBe(Object.values(features).every((value) => value === null))
      }),
    )
  })

  it('grows with what its maker holds and falls with what is locked', () => {
    const share = fc.double({ min: 0, max: 0.5, noNaN: true })
    fc.assert(
      fc.property(anything, share, share, (features, low, more) => {
        const at = (values: Partial<LaunchFeatures>) => suspicion({ ...features, ...values })!
        for (const name of ['developerRatio', 'top10Ratio'] as const)
          expect(at({ [name]: low + more })).toBeGreaterThanOrEqual(at({ [name]: low }))
        const pool = (lpCreatorRatio: number, lpLockedRatio: number) => at({ lpCreatorRatio, lpLockedRatio })
        expect(pool(low + more, 0)).toBeGreaterThanOrEqual(pool(low, 0))
        expect(pool(0, low + more)).toBeLessThanOrEqual(pool(0, low))
        expect(at({ mintable: true })).toBeGreaterThan(at({ mintable: false }))
      }),
    )
  })
})
