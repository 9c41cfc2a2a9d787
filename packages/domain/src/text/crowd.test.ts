import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chance } from '../testing/chance.ts'
import { days, hours } from '../words/time.ts'
import { type CrowdAuthor, type CrowdPost, crowdTone } from './crowd.ts'
import { influences } from './influence.ts'

const nowAt = Date.UTC(2026, 0, 5)
const settings = { nowAt, priorMass: 5, baseline: { meanPerHour: 4, sdPerHour: 2 }, influence: influences([]) }
const author = (id: string, more: Partial<CrowdAuthor> = {}): CrowdAuthor => ({
  id,
  createdAt: nowAt - days(900),
  followers: 2000,
  posts: 3000,
  botScore: 0.1,
  ...more,
})
let last = 0
const post = (by: CrowdAuthor, more: Partial<CrowdPost> = {}): CrowdPost => {
  const id = `p${last++}`
  return { id, at: nowAt - hours(2), author: by, claimSentiment: 1, flags: [], likes: 0, storyId: id, ...more }
}
const random = chance(5)
/** Forty people over a day, half of them pleased. */
const people = Array.from({ length: 40 }, (_, i) =>
  post(author(`person ${i}`), { at: nowAt - hours(random() * 24), claimSentiment: i % 2 ? 0.8 : -0.4 }),
)
const flood = (accounts: number, more: Partial<CrowdAuthor> = {}): CrowdPost[] =>
  Array.from({ length: 10_000 }, (_, i) =>
    post(author(`flood ${i % accounts}`, more), { at: nowAt - (i % 3_600) * 1000, likes: 1e6 }),
  )

describe('crowdTone', () => {
  const calm = crowdTone(people, settings)

  it('hears many people and no burst in an ordinary day', () => {
    expect(calm).toMatchObject({ mentions: 40, distinctAuthors: 40, burst: false, newAccountShare: 0, copiedShare: 0 })
    expect(calm.tone).toBeGreaterThan(0.1)
  })

  it('10,000 posts of 50 new accounts move it by at most 0.1 and are a burst', () => {
    for (const sentiment of [1, -1]) {
      const posts = flood(50, { createdAt: nowAt - days(9) }).map((one) => ({ ...one, claimSentiment: sentiment }))
      const flooded = crowdTone([...people, ...posts], settings)
      expect(Math.abs(flooded.tone - calm.tone)).toBeLessThanOrEqual(0.1)
      expect(flooded.burst).toBe(true)
      expect(flooded.newAccountShare).toBeGreaterThan(0.99)
      expect(Math.abs(crowdTone(posts, settings).tone)).toBeLessThanOrEqual(0.1)
    }
  })

  it('is led neither by bots, nor by copies, nor by accounts that hide their age, nor by bought old ones', () => {
    const led = (posts: readonly CrowdPost[]) => crowdTone([...people, ...posts], settings).tone - calm.tone
    expect(led(flood(50, { botScore: 1 }))).toBeLessThanOrEqual(0.1)
    expect(led(flood(50).map((one) => ({ ...one, storyId: 'first' })))).toBeLessThanOrEqual(0.1)
    expect(led(flood(50, { createdAt: null, followers: null }))).toBeLessThanOrEqual(0.1)
    expect(led(flood(50))).toBeLessThanOrEqual(0.1)
    expect(led(flood(1))).toBeLessThanOrEqual(0.1)
  })

  it('counts what it leaves out', () => {
    const one = author('one', { createdAt: nowAt - days(3), botScore: 0.9 })
    const first = post(one)
    const posts = [
      first,
      post(one, { storyId: first.id }),
      post(author('two'), { flags: ['scam'] }),
      post(author('three')),
    ]
    expect(crowdTone(posts, settings)).toMatchObject({
      mentions: 4,
      distinctAuthors: 3,
      newAccountShare: 0.5,
      botShare: 0.5,
      copiedShare: 0.25,
      flaggedShare: 0.25,
    })
  })

  it('knows no burst without a baseline, and nothing of the future', () => {
    expect(crowdTone(flood(50), { ...settings, baseline: null }).burst).toBe(false)
    expect(crowdTone([post(author('a'), { at: nowAt + 1 })], settings).mentions).toBe(0)
  })

  it('is the same in any order and lies in [-1, 1]', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(people, { minLength: 0 }), (shuffled) => {
        const { tone } = crowdTone(shuffled, settings)
        expect(Math.abs(tone)).toBeLessThanOrEqual(1)
        expect(crowdTone(shuffled.toReversed(), settings).tone).toBeCloseTo(tone, 12)
      }),
    )
  })
})
