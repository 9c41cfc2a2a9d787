import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { days } from '../words/time.ts'
import { type AuthorProfile, botScore } from './authors.ts'

const person: AuthorProfile = {
  handle: 'quietreader',
  ageMs: days(2500),
  followers: 800,
  friends: 500,
  listed: 25,
  favourites: 9000,
  statuses: 6000,
  isVerified: false,
  hasBanner: true,
  hasUrl: true,
  hasDefaultProfile: false,
  hasDefaultImage: false,
  descriptionWords: 12,
}
const machine: AuthorProfile = {
  handle: 'coin83927461',
  ageMs: days(20),
  followers: 3,
  friends: 900,
  listed: 0,
  favourites: 2,
  statuses: 4000,
  isVerified: false,
  hasBanner: false,
  hasUrl: false,
  hasDefaultProfile: true,
  hasDefaultImage: true,
  descriptionWords: 0,
}
const unknown = Object.fromEntries(Object.keys(person).map((field) => [field, null])) as unknown as AuthorProfile

describe('botScore', () => {
  it('tells a bare new account that posts all day from a person', () => {
    expect(botScore(machine)).toBeGreaterThan(0.9)
    expect(botScore(person)).toBeLessThan(0.1)
  })

  it('is undecided about an account of which nothing is known', () => {
    expect(botScore(unknown)).toBe(0.5)
  })

  it('rises with every mark of a machine', () => {
    for (const field of Object.keys(person) as (keyof AuthorProfile)[]) {
      expect(botScore({ ...person, [field]: machine[field] }), field).toBeGreaterThanOrEqual(botScore(person))
    }
    expect(botScore({ ...machine, isVerified: true })).toBeLessThan(botScore(machine))
  })

  it('stays within 0 and 1 for any figures', () => {
    const count = fc.option(fc.double({ min: 0, noNaN: true }))
    const flag = fc.option(fc.boolean())
    const profiles = fc.record({
      handle: fc.option(fc.string()),
      ageMs: count,
      followers: count,
      friends: count,
      listed: count,
      favourites: count,
      statuses: count,
      isVerified: flag,
      hasBanner: flag,
      hasUrl: flag,
      hasDefaultProfile: flag,
      hasDefaultImage: flag,
      descriptionWords: count,
    })
    fc.assert(
      fc.property(profiles, (profile) => {
        const score = botScore(profile)
        expect(score >= 0 && score <= 1).toBe(true)
      }),
    )
  })
})
