import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { priceOf } from '../words/price.ts'
import { beyondLimits, levelsFor } from './levels.ts'
import { facts } from './testing.ts'

const side = fc.constantFrom('BUY' as const, 'SELL' as const)

describe('levels', () => {
  it('keep stop < entry < T1 < T2 < T3 apart, mirrored for SELL, and T1 pays at least 1 R net from the worst entry', () => {
    const zones = fc.array(fc.double({ min: 0.5, max: 2, noNaN: true }), { maxLength: 3 })
    fc.assert(
      fc.property(
        side,
        fc.double({ min: -14, max: 5, noNaN: true }),
        fc.double({ min: 0.0005, max: 0.05, noNaN: true }),
        fc.double({ min: 0, max: 0.004, noNaN: true }),
        zones,
        (type, magnitude, range, cost, at) => {
          const price = 10 ** magnitude
          const decimals = Math.min(20, Math.max(0, 6 - Math.floor(magnitude)))
          const zone = (ratio: number) => ({ price: price * ratio, strength: 0.5 })
          const supports = at.filter((ratio) => ratio < 1).map(zone)
          const resistances = at.filter((ratio) => ratio > 1).map(zone)
          const levels = levelsFor({
            type,
            price,
            facts: facts({ close: price, atr: price * range, decimals, supports, resistances }),
            bars: 168,
            costRatioPerSide: cost,
          })
          if (!levels) return
          const sign = type === 'BUY' ? 1 : -1
          const worst = type === 'BUY' ? levels.entryHigh : levels.entryLow
          const best = type === 'BUY' ? levels.entryLow : levels.entryHigh
          const path = [levels.stop, best, worst, ...levels.targets].map((level) => sign * level)
          expect(path[0]!).toBeLessThan(path[1]!)
          expect(path[1]!).toBeLessThanOrEqual(path[2]!)
          for (let i = 3; i < path.length; i++) expect(path[i]!).toBeGreaterThan(path[i - 1]!)
          const reward = sign * (levels.targets[0] - worst) - 2 * cost * price
          const risk = sign * (worst - levels.stop) + 2 * cost * price
          const tick = 10 ** -decimals
          expect(reward).toBeGreaterThanOrEqual(risk - 3 * tick - 1e-9 * price)
          for (const level of [levels.stop, levels.entryLow, levels.entryHigh, ...levels.targets]) {
            expect(priceOf(level).split('.')[1]?.length ?? 0).toBeLessThanOrEqual(decimals)
          }
        },
      ),
      { numRuns: 5_000 },
    )
  })

  it('put the stop behind a support in reach and the first target before a resistance', () => {
    const levels = levelsFor({
      type: 'BUY',
      price: 100,
      facts: facts({ supports: [{ price: 96.5, strength: 0.8 }], resistances: [{ price: 106, strength: 0.7 }] }),
      bars: 168,
      costRatioPerSide: 0.0015,
    })!
    expect(levels.chosen).toEqual({ stop: 'stop.structure', target: 'target.structure' })
    expect(levels.stop).toBe(96.15)
    expect(levels.targets[0]).toBe(105.9)
    expect(levels.candidates.map(({ id }) => id)).toContain('stop.atr')
  })

  it('keep the stop four round trips away when the market is calm', () => {
    const levels = levelsFor({
      type: 'BUY',
      price: 100,
      facts: facts({ atr: 0.05, decimals: 4 }),
      bars: 168,
      costRatioPerSide: 0.0015,
    })!
    expect(100 - levels.stop).toBeCloseTo(4 * 0.3, 6)
  })

  it('are refused where the tick is too coarse to keep them apart', () => {
    expect(
      levelsFor({
        type: 'BUY',
        price: 0.00000003,
        facts: facts({ atr: 1e-10, decimals: 8 }),
        bars: 168,
        costRatioPerSide: 0.0015,
      }),
    ).toBeNull()
  })
})

describe('levels within limits', () => {
  it('lie no farther than asked, in order, and never farther than they would without', () => {
    const pct = fc.double({ min: 1.3, max: 40, noNaN: true })
    fc.assert(
      fc.property(
        side,
        pct,
        pct,
        pct,
        fc.double({ min: 0.001, max: 0.03, noNaN: true }),
        (type, stop, one, more, range) => {
          const price = 100
          const takeProfitPct = [one, one + more, one + 2 * more] as const
          const limits = { maxStopPct: stop, takeProfitPct }
          const ask = {
            type,
            price,
            facts: facts({ close: price, atr: price * range, decimals: 6 }),
            bars: 168,
            costRatioPerSide: 0.0015,
          }
          const free = levelsFor(ask)
          const levels = levelsFor({ ...ask, limits })
          if (!free || !levels || beyondLimits({ ...ask, limits }, levels) !== null) return
          const away = (level: number) => Math.abs(level - price)
          const tick = 1e-9
          expect(away(levels.stop)).toBeLessThanOrEqual(Math.min(stop, away(free.stop)) + tick)
          levels.targets.forEach((target, i) => expect(away(target)).toBeLessThanOrEqual(takeProfitPct[i]! + tick))
          expect(away(levels.targets[0])).toBeLessThan(away(levels.targets[1]))
          expect(away(levels.targets[1])).toBeLessThan(away(levels.targets[2]))
        },
      ),
    )
  })
})
