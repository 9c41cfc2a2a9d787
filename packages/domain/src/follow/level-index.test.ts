import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createLevelIndex, type Levels, type Shown } from './level-index.ts'

/** The same, by looking at everything. */
function createScan() {
  const open = new Map<number, Levels & { series: number }>()
  return {
    open,
    touched: (series: number, { high, low, at }: Shown) =>
      [...open]
        .filter(([, one]) => one.series === series && (one.above <= high || one.below >= low || one.until <= at))
        .map(([id]) => id),
  }
}

const price = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 0, max: 60 }) },
  fc.constantFrom(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
)
const levels: fc.Arbitrary<Levels> = fc.record({ above: price, below: price, until: price })
const series = fc.nat({ max: 20 })

const commands = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ what: fc.constant('add' as const), series, levels }) },
    { weight: 3, arbitrary: fc.record({ what: fc.constant('move' as const), pick: fc.nat(), levels }) },
    { weight: 2, arbitrary: fc.record({ what: fc.constant('remove' as const), pick: fc.nat() }) },
    {
      weight: 3,
      arbitrary: fc.record({
        what: fc.constant('look' as const),
        series,
        low: fc.integer({ min: 20, max: 60 }),
        range: fc.nat({ max: 5 }),
        at: fc.nat({ max: 20 }),
      }),
    },
  ),
  { maxLength: 300 },
)

it('finds what a scan of everything finds, whatever was added, moved, removed and shown', () => {
  fc.assert(
    fc.property(commands, (all) => {
      const index = createLevelIndex()
      const scan = createScan()
      for (const one of all) {
        if (one.what === 'add') {
          const id = index.add(one.series, one.levels)
          expect(scan.open.has(id)).toBe(false)
          scan.open.set(id, { ...one.levels, series: one.series })
        } else if (one.what === 'look') {
          const shown = { high: one.low + one.range, low: one.low, at: one.at }
          const into: number[] = [-7]
          index.touched(one.series, shown, into)
          expect(into.slice(1).toSorted((a, b) => a - b)).toEqual(
            scan.touched(one.series, shown).toSorted((a, b) => a - b),
          )
        } else if (scan.open.size > 0) {
          const id = [...scan.open.keys()][one.pick % scan.open.size]!
          if (one.what === 'move') {
            index.move(id, one.levels)
            scan.open.set(id, { ...one.levels, series: scan.open.get(id)!.series })
          } else {
            index.remove(id)
            scan.open.delete(id)
          }
        }
        expect(index.size()).toBe(scan.open.size)
      }
    }),
    { numRuns: 600 },
  )
})

it('refuses an entry that it never gave out or that was removed', () => {
  const index = createLevelIndex()
  const id = index.add(3, { above: 2, below: 1, until: 9 })
  index.remove(id)
  for (const wrong of [id, 5]) {
    expect(() => index.remove(wrong)).toThrow(`there is no entry ${wrong}`)
    expect(() => index.move(wrong, { above: 2, below: 1, until: 9 })).toThrow(`there is no entry ${wrong}`)
  }
})
