import { betaQuantile } from '../words/beta.ts'
import { Failure } from '../words/failure.ts'
import { hours } from '../words/time.ts'

/** What an author said would happen, and what did: `laterReturnRatio` is of the price over the horizon after `at` (epoch ms). */
export type AuthorsCall = { author: string; at: number; direction: 1 | -1; laterReturnRatio: number }

/** What a record is worth. `hitRatio` is the mean and `lowRatio` the lower end of the 80 % interval of what is believed of the next call. */
export type Influence = { calls: number; hitRatio: number; lowRatio: number; weight: number }

/** Before anything is known an author is believed as one with ten hits and ten misses. */
const priorHits = 10
const priorMisses = 10
/** A tenth lies below the interval, a tenth above. */
const lowTail = 0.1
/** What an author weighs of whom nothing good is known; as much as one with a bad record, so that a new name gains nothing. */
const baseWeight = 0.05
/** Coins move together: calls of one author in one direction within a day are one call, however many they name. */
const apartMs = hours(24)

/**
 * The weight of authors by what came of their calls, never by who follows them. A weight is how far the lower end of the interval lies above
 * one half, over the most it could. Only calls whose horizon had ended may be given: what is not known yet is no record.
 */
export function influences(calls: readonly AuthorsCall[]): (author: string) => Influence {
  const records = new Map<string, { hits: number; misses: number; last: Record<string, number> }>()
  for (const { author, at, direction, laterReturnRatio } of calls.toSorted((a, b) => a.at - b.at)) {
    if (!Number.isFinite(at) || !Number.isFinite(laterReturnRatio))
      throw new Failure('invalid', 'a past call needs a finite at (epoch ms) and a finite laterReturnRatio')
    const record = records.get(author) ?? { hits: 0, misses: 0, last: {} }
    records.set(author, record)
    if (at - (record.last[direction] ?? -Infinity) < apartMs) continue
    record.last[direction] = at
    if (direction * laterReturnRatio > 0) record.hits++
    else record.misses++
  }
  return (author) => {
    const { hits, misses } = records.get(author) ?? { hits: 0, misses: 0 }
    return influenceOf(hits, misses)
  }
}

function influenceOf(hits: number, misses: number): Influence {
  const a = priorHits + hits
  const b = priorMisses + misses
  const lowRatio = betaQuantile(lowTail, a, b)
  return {
    calls: hits + misses,
    hitRatio: a / (a + b),
    lowRatio,
    weight: Math.max(baseWeight, 2 * lowRatio - 1),
  }
}
