import { describe, expect, it } from 'vitest'
import { postsOfFraud } from '../testing/posts-of-fraud.ts'
import { postsLikeTouts, postsOfTouts } from '../testing/posts-of-touts.ts'
import { calmPosts, postsOfPromotion } from '../testing/posts-without-fraud.ts'
import { FLAG_FROM, flagScores } from './flags.ts'

const fraudScore = (text: string): number => {
  const { scam, phishing, pump_call } = flagScores(text)
  return 1 - (1 - scam) * (1 - phishing) * (1 - pump_call)
}
const flagged = (texts: readonly string[]): string[] => texts.filter((text) => fraudScore(text) >= FLAG_FROM)

/** The precision above the score that so many of the frauds reach. */
function precisionAt(recall: number): number {
  const scores = postsOfFraud.map(fraudScore).toSorted((a, b) => b - a)
  const from = scores[Math.ceil(recall * scores.length) - 1]!
  const wrong = [...calmPosts, ...postsOfPromotion].filter((text) => fraudScore(text) >= from).length
  const right = scores.filter((score) => score >= from).length
  return right / (right + wrong)
}

describe('flags of invented posts', () => {
  it('are set for most frauds', () => {
    expect(flagged(postsOfFraud).length / postsOfFraud.length).toBeGreaterThan(0.7)
  })

  it('name no fraud in talk, news, warnings and explanations', () => {
    expect(flagged(calmPosts)).toEqual([])
  })

  it('hardly name a fraud in promotion', () => {
    expect(flagged(postsOfPromotion).length).toBeLessThanOrEqual(1)
  })

  it('rank frauds above the rest', () => {
    expect(precisionAt(0.6)).toBe(1)
    expect(precisionAt(0.8)).toBeGreaterThan(0.9)
  })
  it('tell lures of few words from talk of the same words', () => {
    expect(flagged(postsOfTouts).length / postsOfTouts.length).toBeGreaterThan(0.5)
    expect(flagged(postsLikeTouts).length).toBeLessThanOrEqual(1)
    const ranked = (texts: readonly string[]) => texts.filter((text) => fraudScore(text) >= 0.35).length / texts.length
    expect(ranked(postsOfTouts)).toBeGreaterThan(0.7)
    expect(ranked(postsLikeTouts)).toBeLessThan(0.05)
  })
})
