import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slice } from '../words/candles.ts'
import { minutes } from '../words/time.ts'
import { costRatioPerSide, defaultCosts } from '../words/profile.ts'
import { judge } from './judge.ts'
import type { Ending } from './outcome.ts'
import type { Directional } from './position.ts'
import { before, placed, plans, followed, walk } from '../testing/followed-walks.ts'
import { at, free, mirrorBar, mirrorPlan, series, type Ohlcv } from './testing.ts'

const runs = { numRuns: 400 }
const isTerminal = ({ status }: Ending) => status !== 'OPEN'

/** Every bar in four quarters: open to one extreme, to the other, to the close. */
function quarters(rows: readonly (Ohlcv | null)[], highFirst: readonly boolean[]): (Ohlcv | null)[] {
  return rows.flatMap((row, i) => {
    if (!row) return [null, null, null, null]
    const [open, high, low, close, volume = 1] = row
    const path = highFirst[i] ? [open, high, low, close] : [open, low, high, close]
    return [0, 1, 2, 3].map((k): Ohlcv => {
      const from = path[Math.max(0, k - 1)]!
      const to = path[k]!
      return [from, Math.max(from, to), Math.min(from, to), to, volume]
    })
  })
}

describe('judge, whatever the market does', () => {
  it('does not change its mind when candles come one by one: OPEN, then the ending of the whole', () => {
    fc.assert(
      fc.property(followed, walk(70), (plan, rows) => {
        const candles = placed(rows)
        const whole = judge(plan, candles, { costs: defaultCosts })
        let decided: Ending | null = null
        for (let length = 0; length <= candles.length; length++) {
          const ending = judge(plan, slice(candles, 0, length), { costs: defaultCosts })
          if (decided) expect(ending).toEqual(decided)
          else if (isTerminal(ending)) decided = ending
        }
        if (isTerminal(whole)) expect(decided).toEqual(whole)
        else expect(decided).toBeNull()
      }),
      runs,
    )
  })

  it('sees the same when the market is cut at an instant by asOf or by taking the candles away', () => {
    fc.assert(
      fc.property(followed, walk(70), fc.integer({ min: 0, max: 68 }), (plan, rows, hour) => {
        const candles = placed(rows)
        const kept = placed(rows.slice(0, hour + before))
        const asOf = at(hour)
        expect(judge(plan, candles, { costs: defaultCosts, asOf })).toEqual(
          judge(plan, kept, { costs: defaultCosts, asOf }),
        )
      }),
      runs,
    )
  })

  it('cares for nothing behind the resolution', () => {
    fc.assert(
      fc.property(followed, walk(70, { holes: false }), walk(20), (plan, rows, other) => {
        const candles = placed(rows)
        const ending = judge(plan, candles, { costs: defaultCosts })
        fc.pre(ending.decidedBy !== null)
        const kept = rows.slice(0, ending.decidedBy + 1)
        const judged = judge(plan, placed([...kept, ...other]), { costs: defaultCosts })
        expect(judged).toEqual(ending)
      }),
      runs,
    )
  })

  it('lets a SELL fare as the BUY of the mirrored market', () => {
    fc.assert(
      fc.property(plans, walk(70), (plan, rows) => {
        const ending = judge(plan, placed(rows), { costs: free })
        const mirrored = judge(mirrorPlan(plan), placed(rows.map((row) => row && mirrorBar(row))), { costs: free })
        const same = ({ status, at: instant, filledAt, first, ambiguous, decidedBy, events }: Ending) => ({
          status,
          instant,
          filledAt,
          first,
          ambiguous,
          decidedBy,
          events: events.map(({ event, at: when }) => [event, when]),
        })
        expect(same(mirrored)).toEqual(same(ending))
        for (const name of ['rMultiple', 'mfeR', 'maeR'] as const) {
          expect(mirrored[name] === null).toBe(ending[name] === null)
          expect(mirrored[name] ?? 0).toBeCloseTo(ending[name] ?? 0, 9)
        }
      }),
      runs,
    )
  })

  it('measures the same R in every currency', () => {
    fc.assert(
      fc.property(plans, walk(70), fc.integer({ min: -40, max: 40 }), (plan, rows, power) => {
        const k = 2 ** power
        const scaled: Directional = {
          ...plan,
          entryLow: plan.entryLow * k,
          entryHigh: plan.entryHigh * k,
          stop: plan.stop * k,
          targets: plan.targets.map((target) => ({ ...target, price: target.price * k })),
          invalidation: plan.invalidation.map(({ when, price }) => ({ when, price: price * k })),
        }
        const big = rows.map(
          (row): Ohlcv | null => row && [row[0] * k, row[1] * k, row[2] * k, row[3] * k, row[4] ?? 1],
        )
        const { events, fillPrice, exitPrice, ...rest } = judge(plan, placed(rows), { costs: defaultCosts })
        const other = judge(scaled, placed(big), { costs: defaultCosts })
        expect(other).toMatchObject(rest)
        expect(other.events).toEqual(events.map((event) => ({ ...event, price: event.price * k })))
        expect([other.fillPrice, other.exitPrice]).toEqual([fillPrice && fillPrice * k, exitPrice && exitPrice * k])
      }),
      runs,
    )
  })

  it('adds the result up from its events, share by share, costs on every value traded', () => {
    fc.assert(
      fc.property(plans, walk(70), (plan, rows) => {
        const ending = judge(plan, placed(rows), { costs: defaultCosts })
        fc.pre(ending.rMultiple !== null)
        const sign = plan.type === 'BUY' ? 1 : -1
        const cost = costRatioPerSide(defaultCosts)
        const fill = ending.fillPrice!
        let left = 1
        let net = -cost * fill
        for (const { event, price } of ending.events.slice(1)) {
          const target = ['TARGET_1', 'TARGET_2', 'TARGET_3'].indexOf(event)
          const share = target < 0 ? left : plan.targets[target]!.share
          net += share * (sign * (price - fill) - cost * price)
          left -= share
        }
        expect(left).toBeCloseTo(0, 9)
        expect(ending.returnNetRatio).toBeCloseTo(net / fill, 9)
        const between = sign > 0 ? fill > plan.stop : fill < plan.stop
        if (between) expect(ending.rMultiple).toBeCloseTo(net / Math.abs(fill - plan.stop), 9)
        expect(Number.isFinite(ending.rMultiple)).toBe(true)
        expect(ending.mfeR).toBeGreaterThanOrEqual(0)
        expect(ending.maeR).toBeGreaterThanOrEqual(0)
      }),
      runs,
    )
  })

  it('is not moved by finer candles when nothing was in doubt, and is never in doubt with them', () => {
    fc.assert(
      fc.property(
        plans,
        walk(70),
        fc.array(fc.boolean(), { minLength: 70, maxLength: 70 }),
        (plan, rows, highFirst) => {
          const finer = [series(quarters(rows, highFirst), { from: at(-before), stepMs: minutes(15) })]
          const coarse = judge(plan, placed(rows), { costs: defaultCosts })
          const fine = judge(plan, placed(rows), { costs: defaultCosts, finer })
          const reversed = judge(plan, placed(rows), { costs: defaultCosts, finer: finer.toReversed() })
          expect(fine.ambiguous).toBe(false)
          expect(reversed).toEqual(fine)
          const strip = ({ mfeR: _, maeR: __, events, ...rest }: Ending) => ({
            ...rest,
            steps: events.map(({ event, price }) => [event, price]),
          })
          if (!coarse.ambiguous) expect(strip(fine)).toEqual(strip(coarse))
        },
      ),
      runs,
    )
  })
})
