import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createIds, systemIds } from './ids.ts'
import { seededRandom, systemRandom } from './random.ts'

describe('ids', () => {
  it('are UUIDs of version 7 that carry the clock in their first 48 bits', () => {
    const ids = createIds({ clock: { now: () => 1_700_000_000_000 }, random: seededRandom(1) })
    const id = z.uuidv7().parse(ids.next())
    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(1_700_000_000_000)
  })

  it('rise strictly, within one millisecond and when the clock is set back', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 2, maxLength: 300 }),
        (seed, times) => {
          let at = 0
          const ids = createIds({ clock: { now: () => at }, random: seededRandom(seed) })
          const made = times.map((time) => {
            at = time
            return ids.next()
          })
          expect(made.toSorted()).toEqual(made)
          expect(new Set(made).size).toBe(made.length)
        },
      ),
    )
  })

  it('rise through more ids than a millisecond has room for', () => {
    const made = Array.from({ length: 20_000 }, () => systemIds.next())
    expect(made.every((id, i) => i === 0 || id > made[i - 1]!)).toBe(true)
    expect(made.every((id) => z.uuidv7().safeParse(id).success)).toBe(true)
  })
})

describe('chance', () => {
  it('is the same for the same seed and another for another', () => {
    const draw = (seed: number) => Array.from({ length: 20 }, seededRandom(seed))
    expect(draw(7)).toEqual(draw(7))
    expect(draw(7)).not.toEqual(draw(8))
    expect(draw(7)).not.toEqual(draw(7 + 2 ** 32))
  })

  it.each([
    ['seeded', seededRandom(42)],
    ['of the machine', systemRandom],
  ])('%s is uniform in [0, 1): every tenth holds a tenth of 100,000 draws', (_, random) => {
    const bins = Array.from({ length: 10 }, () => 0)
    for (let i = 0; i < 100_000; i++) bins[Math.floor(random() * 10)]! += 1
    // 6 standard deviations of a binomial(100,000; 0.1) are 569.
    for (const count of bins) expect(Math.abs(count - 10_000)).toBeLessThan(570)
  })

  it('refuses a seed that is not a whole number', () => {
    expect(() => seededRandom(1.5)).toThrow('a seed is a whole number, not 1.5')
  })
})
