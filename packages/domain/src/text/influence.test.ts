import fc from 'fast-check'
import { expect, it } from 'vitest'
import { days, hours } from '../words/time.ts'
import { influences, loudness, type AuthorsCall } from './influence.ts'

const base = influences([])('nobody').weight

/** Calls of one author, two days apart, right where `isHit` says so. */
const record = (author: string, isHit: readonly boolean[]): AuthorsCall[] =>
  isHit.map((hit, i) => ({
    author,
    at: days(2) * i,
    direction: i % 3 === 0 ? -1 : 1,
    laterReturnRatio: hit === (i % 3 !== 0) ? 0.04 : -0.04,
    share: 1,
  }))
const repeated = (hits: number, misses: number): boolean[] => [
  ...Array.from({ length: hits }, () => true),
  ...Array.from({ length: misses }, () => false),
]
const weigh = (hits: number, misses: number) => influences(record('a', repeated(hits, misses)))('a')

const hitsAndMisses = [fc.nat({ max: 300 }), fc.nat({ max: 300 })] as const
const outcomes = fc.array(fc.boolean(), { maxLength: 120 })

it('believes of an unknown author that he is right every other time, and hears him little', () => {
  expect(influences([])('nobody')).toEqual({
    calls: 0,
    hits: 0,
    hitRatio: 0.5,
    lowRatio: expect.closeTo(0.35793, 5),
    weight: 0.05,
  })
})

it('weighs 60 hits of 100 hardly more than nothing, and 80 of 100 clearly', () => {
  // Beta(70, 50) and Beta(90, 30): their tenth percentiles, from the integral of the density.
  expect(weigh(60, 40)).toMatchObject({ calls: 100, hitRatio: 70 / 120, lowRatio: expect.closeTo(0.52544, 5) })
  expect(weigh(60, 40).weight).toBeCloseTo(0.05088, 5)
  expect(weigh(80, 20).weight).toBeCloseTo(0.39718, 5)
})

it('hears nobody fully, however long he was right', () => {
  expect(weigh(5_000, 0).weight).toBeGreaterThan(0.99)
  expect(weigh(5_000, 0).weight).toBeLessThan(1)
})

it('gives weights in [0, 1] that a hit never lowers and a miss never raises', () => {
  fc.assert(
    fc.property(...hitsAndMisses, (hits, misses) => {
      const { weight } = weigh(hits, misses)
      expect(weight).toBeGreaterThanOrEqual(base)
      expect(weight).toBeLessThanOrEqual(1)
      expect(weigh(hits + 1, misses).weight).toBeGreaterThanOrEqual(weight)
      expect(weigh(hits, misses + 1).weight).toBeLessThanOrEqual(weight)
    }),
    { numRuns: 100 },
  )
})

it('gives a new name for the same words no more than anybody has', () => {
  fc.assert(
    fc.property(outcomes, (isHit) => {
      const known = influences(record('known', isHit))
      // Whatever the record of who is copied, a name without one weighs the base, and no record weighs less: a new name never pays.
      expect(known('copy').weight).toBe(base)
      expect(known('known').weight).toBeGreaterThanOrEqual(known('copy').weight)
    }),
    { numRuns: 100 },
  )
})

it('gives each of several names among which a record is split no more than the whole record has', () => {
  fc.assert(
    fc.property(fc.nat({ max: 40 }), fc.nat({ max: 40 }), fc.integer({ min: 2, max: 6 }), (hits, misses, names) => {
      const whole = weigh(hits * names, misses * names).weight
      expect(weigh(hits, misses).weight).toBeLessThanOrEqual(whole + 1e-9)
    }),
    { numRuns: 100 },
  )
})

it('takes the calls of one day for one, the first, so that flooding gains nothing', () => {
  fc.assert(
    fc.property(outcomes, fc.integer({ min: 1, max: 20 }), (isHit, times) => {
      const calls = record('a', isHit)
      const flood = calls.flatMap((call) =>
        Array.from({ length: times }, (_, i) => ({
          ...call,
          at: call.at + (hours(23) * i) / times,
          direction: i % 2 === 0 ? call.direction : (-call.direction as 1 | -1),
          laterReturnRatio: call.direction,
        })),
      )
      expect(influences([...calls, ...flood])('a')).toEqual(influences(calls)('a'))
    }),
    { numRuns: 50 },
  )
})

it('does not mind in which order the calls are told', () => {
  fc.assert(
    fc.property(outcomes, fc.integer(), (isHit, seed) => {
      const calls = record('a', isHit)
      const turned = calls.toSorted((one, other) => ((one.at * 31 + seed) % 97) - ((other.at * 31 + seed) % 97))
      expect(influences(turned)('a')).toEqual(influences(calls)('a'))
    }),
  )
})

it('counts a price that did not move as a miss either way', () => {
  const still = (direction: 1 | -1): AuthorsCall => ({
    author: 'a',
    at: days(2) * direction,
    direction,
    laterReturnRatio: 0,
    share: 1,
  })
  expect(influences([still(1), still(-1)])('a')).toMatchObject({ calls: 2, hitRatio: 10 / 22 })
})

it('refuses a call whose outcome is no number', () => {
  const call: AuthorsCall = { author: 'a', at: 0, direction: 1, laterReturnRatio: Number.NaN, share: 1 }
  expect(() => influences([call])).toThrow('finite laterReturnRatio')
})

it('gives calls by their shares: a hundred hits of which a twentieth was his own are five', () => {
  const shared = record('a', repeated(100, 0)).map((call) => ({ ...call, share: 0.05 }))
  expect(influences(shared)('a')).toEqual({ ...weigh(5, 0), calls: 100, hits: 100 })
  expect(() => influences([{ ...shared[0]!, share: 0 }])).toThrow('in (0, 1]')
})

it('hears nobody more than four times as loud as one it does not know', () => {
  expect(loudness(influences([])('nobody'))).toBe(1)
  expect(loudness(weigh(0, 300))).toBe(1)
  expect(loudness(weigh(80, 20))).toBeCloseTo(2.0964, 3)
  fc.assert(
    fc.property(...hitsAndMisses, (hits, misses) => {
      expect(loudness(weigh(hits, misses))).toBeLessThan(4)
    }),
    { numRuns: 100 },
  )
})
