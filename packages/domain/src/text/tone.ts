import type { TextFlag } from '../words/claim.ts'
import { clamp } from '../words/numbers.ts'
import { cappedMass } from './capped-mass.ts'
import { flagVote } from './flag-vote.ts'
import { storyWeight, type StoryStanding } from './story-weight.ts'

/** A story with what a reader makes of it. */
export type ToldStory = Omit<StoryStanding, 'ageMs'> & {
  /** When it was first told. */
  readonly at: number
  /** Who told it most credibly, and who wrote that, where it is known. */
  readonly publisher: string
  readonly author: string | null
  /** -1..1 */
  readonly sentiment: number
  /** 0..1: how much it would matter, and how much it is about the token. */
  readonly magnitude: number
  readonly flags: readonly TextFlag[]
}

export type NewsTone = {
  /** -1..1; near 0 while little is told. */
  readonly tone: number
  /** What counted: 1 is one new, fully trusted, weighty story. */
  readonly mass: number
  readonly stories: number
  /** Stories that were left out because of their flags. */
  readonly flagged: number
}

export type ToneSettings = { readonly nowAt: number; readonly halfLifeMs: number; readonly priorMass: number }

/** Scales masses so that the voices named by `voiceOf` keep to their cap; without a name a mass is its own voice. */
function capBy(masses: readonly number[], voices: readonly (string | null)[], prior: number): number[] {
  const byVoice = new Map<string, number>()
  const named = voices.map((voice, i) => voice ?? `\0${i}`)
  named.forEach((voice, i) => byVoice.set(voice, (byVoice.get(voice) ?? 0) + masses[i]!))
  const counted = cappedMass(byVoice, prior)
  return masses.map((mass, i) => (mass === 0 ? 0 : (mass * counted.get(named[i]!)!) / byVoice.get(named[i]!)!))
}

/** The tone of what is told: stories weigh by trust, weight and age, no house and no author has more than a third, thin news says little. */
export function newsTone(stories: readonly ToldStory[], { nowAt, halfLifeMs, priorMass }: ToneSettings): NewsTone {
  const known = stories.filter(({ at }) => at <= nowAt)
  const plain = known.map((story) => {
    const { documents, publishers, trust, at, magnitude, flags } = story
    const weight = storyWeight({ documents, publishers, trust, ageMs: nowAt - at }, halfLifeMs)
    return weight * clamp(magnitude, 0, 1) * flagVote(flags)
  })
  const houses = known.map(({ publisher }) => publisher)
  const authors = known.map(({ author }) => author)
  let masses = plain
  // Holding the one back makes the other's share larger: a few rounds settle it.
  for (let round = 0; round < 6; round++) masses = capBy(capBy(masses, houses, priorMass), authors, priorMass)
  const mass = masses.reduce((sum, one) => sum + one, 0)
  const pull = masses.reduce((sum, one, i) => sum + one * clamp(known[i]!.sentiment, -1, 1), 0)
  const total = mass + priorMass
  return {
    tone: total > 0 ? pull / total : 0,
    mass,
    stories: known.length,
    flagged: known.filter(({ flags }) => flagVote(flags) === 0).length,
  }
}
