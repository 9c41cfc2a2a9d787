import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hours } from '../words/time.ts'
import { cappedMass } from './capped-mass.ts'
import { storiesOf, type StoryTold } from './stories.ts'
import { storyWeight } from './story-weight.ts'
import { newsTone, type ToldStory } from './tone.ts'

const nowAt = Date.UTC(2026, 0, 5)
const settings = { nowAt, halfLifeMs: hours(24), priorMass: 1 }
const story = (more: Partial<ToldStory> = {}): ToldStory => ({
  at: nowAt - hours(1),
  documents: 1,
  publishers: 1,
  publisher: 'house',
  author: null,
  trust: 0.8,
  sentiment: 1,
  magnitude: 1,
  flags: [],
  ...more,
})
const several = (n: number, more: Partial<ToldStory> = {}): ToldStory[] =>
  Array.from({ length: n }, (_, i) => story({ publisher: `house ${i}`, ...more }))
const toneOf = (stories: readonly ToldStory[]): number => newsTone(stories, settings).tone

const anyStory = fc.record({
  at: fc.integer({ min: nowAt - hours(200), max: nowAt + hours(2) }),
  documents: fc.integer({ min: 1, max: 20_000 }),
  publishers: fc.integer({ min: 0, max: 50 }),
  publisher: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  author: fc.constantFrom(null, 'x', 'y'),
  trust: fc.double({ min: 0, max: 1, noNaN: true }),
  sentiment: fc.double({ min: -1, max: 1, noNaN: true }),
  magnitude: fc.double({ min: 0, max: 1, noNaN: true }),
  flags: fc.subarray(['promo', 'scam', 'pump_call'] as const),
})

describe('newsTone', () => {
  it('is 0 without stories and stays near 0 with one', () => {
    expect(toneOf([])).toBe(0)
    expect(toneOf([story()])).toBeLessThan(0.4)
    expect(toneOf(several(12))).toBeGreaterThan(0.85)
  })

  it('10,000 copies of a story move it no more than the story itself, plus 1 %', () => {
    const base = several(4, { sentiment: -0.5 })
    const documents: StoryTold[] = Array.from({ length: 10_000 }, (_, i) => ({
      id: `d${i}`,
      title: `${i % 3 ? 'BREAKING: ' : ''}Large fund moves all of its coins into staking, desk says${i % 5 ? '' : ' https://x.example/1'}`,
      text: '',
      publisher: `unknown ${i % 400}`,
      at: nowAt - hours(3) + i,
    }))
    const [only, ...more] = storiesOf(documents)
    expect(more).toEqual([])
    const one = story({ at: only!.at, trust: 0.3, publisher: 'unknown' })
    const copied = { ...one, documents: only!.documents }
    expect(copied.documents).toBe(10_000)
    const moved = toneOf([...base, one]) - toneOf(base)
    const movedByCopies = toneOf([...base, copied]) - toneOf(base)
    expect(moved).toBeGreaterThan(0)
    expect(movedByCopies).toBeLessThanOrEqual(moved * 1.01)
  })

  it('lies in [-1, 1], and no house and no author has more than a third of all mass', () => {
    fc.assert(
      fc.property(fc.array(anyStory, { maxLength: 40 }), (stories) => {
        const { tone, mass } = newsTone(stories, settings)
        expect(Math.abs(tone)).toBeLessThanOrEqual(1)
        for (const house of 'abcde') {
          const own = stories.map((one) => ({ ...one, sentiment: one.publisher === house ? 1 : 0 }))
          const share = newsTone(own, settings).tone
          expect(share).toBeLessThanOrEqual(0.35)
        }
        expect(mass).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 50 },
    )
  })

  it('does not hear stories of the future, flagged ones and hardly hears promotion and old ones', () => {
    expect(toneOf([story({ at: nowAt + 1 })])).toBe(0)
    expect(newsTone([story({ flags: ['scam'] })], settings)).toMatchObject({ tone: 0, mass: 0, flagged: 1 })
    expect(toneOf([story({ flags: ['promo'] })])).toBeLessThan(toneOf([story()]) / 2)
    expect(toneOf([story({ at: nowAt - hours(240) })])).toBeLessThan(0.01)
  })
})

describe('storyWeight', () => {
  it('grows by at most 1 % with copies and by a fifth with confirmation', () => {
    const base = { documents: 1, publishers: 1, trust: 0.5, ageMs: 0 }
    const one = storyWeight(base, 1)
    expect(one).toBe(0.5)
    expect(storyWeight({ ...base, documents: 1e9 }, 1)).toBeLessThanOrEqual(one * 1.01)
    expect(storyWeight({ ...base, publishers: 1e9 }, 1)).toBeLessThanOrEqual(one * 1.2)
    expect(storyWeight({ ...base, ageMs: 1 }, 1)).toBe(one / 2)
  })
})

it('cappedMass leaves nobody more than a third of what counts, and takes from nobody below it', () => {
  const masses = fc.dictionary(fc.string({ maxLength: 2 }), fc.nat(1000))
  fc.assert(
    fc.property(masses, fc.nat(100), (named, prior) => {
      const before = new Map(Object.entries(named))
      const after = cappedMass(before, prior)
      const total = prior + [...after.values()].reduce((sum, mass) => sum + mass, 0)
      for (const [voice, mass] of after) {
        expect(mass).toBeLessThanOrEqual(total / 3 + 1e-9 * total)
        if (mass < before.get(voice)!) expect(mass).toBeGreaterThanOrEqual(total / 3 - 1e-9 * total)
      }
    }),
  )
})
