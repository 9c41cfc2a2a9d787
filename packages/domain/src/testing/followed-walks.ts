import fc from 'fast-check'
import type { Candles } from '../words/candles.ts'
import type { Plan } from '../decide/plan.ts'
import type { Directional } from '../follow/position.ts'
import { at, buy, mirrorPlan, series, type Ohlcv } from '../follow/testing.ts'

const tick = fc.integer({ min: -12, max: 12 }).map((step) => step / 4)

/** A walk in quarters, so that levels are hit exactly and mirrored sums are exact; some bars are missing, some without trades. */
export const walk = (length: number, { holes = true } = {}) =>
  fc
    .tuple(
      fc.integer({ min: 92, max: 106 }),
      fc.array(fc.tuple(tick, tick, fc.nat({ max: 12 }), fc.nat({ max: 12 }), fc.nat({ max: 40 })), {
        minLength: length,
        maxLength: length,
      }),
    )
    .map(([first, steps]) => {
      let last = first
      return steps.map(([gap, move, up, down, kind]): Ohlcv | null => {
        if (holes && kind === 0) return null
        if (holes && kind === 1) return [last, last, last, last, 0]
        const open = Math.min(150, Math.max(50, kind < 8 ? last + gap : last))
        const close = Math.min(150, Math.max(50, open + move))
        last = close
        return [open, Math.max(open, close) + up / 4, Math.min(open, close) - down / 4, close]
      })
    })

export const plans: fc.Arbitrary<Directional> = fc
  .tuple(fc.boolean(), fc.integer({ min: 2, max: 12 }), fc.integer({ min: 12, max: 60 }), fc.boolean())
  .map(([sell, valid, horizon, voidable]) => {
    const plan: Directional = {
      ...buy,
      validUntil: at(Math.min(valid, horizon)),
      expiresAt: at(horizon),
      invalidation: voidable ? [{ when: 'close_below', price: 96 }] : [],
    }
    return sell ? mirrorPlan(plan) : plan
  })
export const followed: fc.Arbitrary<Plan> = fc.oneof(
  { weight: 4, arbitrary: plans },
  fc.constant<Plan>({ type: 'HOLD', issuedAt: at(0), expiresAt: at(40), bandLow: 95, bandHigh: 105 }),
  fc.constant<Plan>({ type: 'AVOID', issuedAt: at(0), expiresAt: at(40) }),
)

export const before = 2
export const placed = (rows: readonly (Ohlcv | null)[]): Candles => series(rows, { from: at(-before) })
