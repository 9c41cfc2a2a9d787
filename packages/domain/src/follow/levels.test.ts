import fc from 'fast-check'
import { expect, it } from 'vitest'
import { slice } from '../words/candles.ts'
import { defaultCosts } from '../words/profile.ts'
import { judge } from './judge.ts'
import { createLevelIndex } from './level-index.ts'
import { levelsOf } from './levels.ts'
import { followed, placed, walk } from '../testing/followed-walks.ts'

it('a call that is judged again only when one of its levels is touched ends, and has its events, as if judged with every candle', () => {
  let spared = 0
  fc.assert(
    fc.property(followed, walk(70), (plan, rows) => {
      const candles = placed(rows)
      const judged = (length: number) => judge(plan, slice(candles, 0, length), { costs: defaultCosts })
      const index = createLevelIndex()
      const levels = (length: number, ending: ReturnType<typeof judge>) =>
        levelsOf(plan, ending, { last: candles.close[length - 1] ?? Number.NaN, intervalMs: candles.intervalMs })
      let ending = judged(0)
      const id = index.add(0, levels(0, ending))
      for (let length = 1; length <= candles.length && ending.status === 'OPEN'; length++) {
        const bar = length - 1
        const into: number[] = []
        const shown = {
          high: candles.high[bar]!,
          low: candles.low[bar]!,
          at: candles.openAt[bar]! + candles.intervalMs,
        }
        index.touched(0, shown, into)
        const whole = judged(length)
        if (into.length === 0) spared++
        else {
          ending = whole
          index.move(id, levels(length, ending))
        }
        expect([ending.status, ending.events]).toEqual([whole.status, whole.events])
      }
    }),
    { numRuns: 1_000 },
  )
  expect(spared).toBeGreaterThan(1_000)
})
