import { betaQuantile } from '../words/beta.ts'
import { Failure } from '../words/failure.ts'
import { hours } from '../words/time.ts'

/**
 * What an author said would happen, and what did: `laterReturnRatio` is of the price over the horizon after `at` (epoch ms). `share` in
 * (0, 1] is how much of the call is the author's own: who says what others have said learned it from them.
 */
export type AuthorsCall = { author: string; at: number; direction: 1 | -1; laterReturnRatio: number; share: number }

/**
 * What a record is worth. `calls` and `hits` are those that count, `hitRatio` is the mean and `lowRatio` the lower end of the 80 % interval of
 * what is believed of the next call, weighed by shares.
 */
export type Influence = { calls: number; hits: number; hitRatio: number; lowRatio: number; weight: number }

/** Before anything is known an author is believed as one with ten hits and ten misses. */
const priorHits = 10
const priorMisses = 10
/** A tenth lies below the interval, a tenth above. */
const lowTail = 0.1
/** What an author weighs of whom nothing good is known; as much as one with a bad record, so that a new name gains nothing. */
const baseWeight = 0.05
/** One call a day: who says this and that, or the same of many coins, is held to what was said first. */
const apartMs = hours(24)
/** An author who was always right is heard so many times as loud as one of whom nothing is known. */
const LOUDEST = 4

/**
 * The weight of authors by what came of their calls, never by who follows them. A weight is how far the lower end of the interval lies above
 * one half, over the most it could. Only calls whose horizon had ended may be given: what is not known yet is no record.
 */
export function influences(calls: readonly AuthorsCall[]): (author: string) => Influence {
  const records = new Map<string, Told>()
  for (const { author, at, direction, laterReturnRatio, share } of calls.toSorted((a, b) => a.at - b.at)) {
    if (!Number.isFinite(at) || !Number.isFinite(laterReturnRatio))
      throw new Failure('invalid', 'a past call needs a finite at (epoch ms) and a finite laterReturnRatio')
    if (!(share > 0 && share <= 1)) throw new Failure('invalid', `the share of a past call is in (0, 1], not ${share}`)
    const record = records.get(author) ?? { ...nothingTold }
    records.set(author, record)
    if (at - record.lastAt < apartMs) continue
    record.lastAt = at
    record.calls++
    if (direction * laterReturnRatio > 0) {
      record.hits++
      record.hitShares += share
    } else record.missShares += share
  }
  return (author) => influenceOf(records.get(author) ?? nothingTold)
}

type Told = { calls: number; hits: number; hitShares: number; missShares: number; lastAt: number }
const nothingTold: Readonly<Told> = { calls: 0, hits: 0, hitShares: 0, missShares: 0, lastAt: -Infinity }

/** Shares are summed before they are cut to whole ones: hits down, misses up. A thousandth is what sums of fractions may be off. */
function influenceOf({ calls, hits, hitShares, missShares }: Told): Influence {
  const a = priorHits + Math.floor(hitShares + 0.001)
  const b = priorMisses + Math.ceil(missShares - 0.001)
  const lowRatio = betaQuantile(lowTail, a, b)
  return { calls, hits, hitRatio: a / (a + b), lowRatio, weight: Math.max(baseWeight, 2 * lowRatio - 1) }
}

/** How many times as loud as an unknown author one is heard, from 1 to 4. */
export const loudness = ({ weight }: Influence): number =>
  1 + ((LOUDEST - 1) * (weight - baseWeight)) / (1 - baseWeight)
