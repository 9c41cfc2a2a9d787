import type { Candles } from '../words/candles.ts'
import type { TextFlag } from '../words/claim.ts'
import { days, hours } from '../words/time.ts'
import { flagVote } from './flag-vote.ts'

/** A post about a token that may be a call. Instants are epoch ms. */
export type SaidPost = {
  readonly id: string
  /** Platform and the author's id there; null where nobody tells who wrote it. */
  readonly author: string | null
  /** When the account was made, as far as its platform tells. */
  readonly createdAt: number | null
  /** When it was written by its platform's word, and when we knew it. */
  readonly writtenAt: number
  readonly knownAt: number
  /** Of the reader's claim, -1..1. */
  readonly sentiment: number
  readonly flags: readonly TextFlag[]
  /** The id of the story its text belongs to: a post of another's words is no call. */
  readonly storyId: string
  /** How many tokens it names. */
  readonly tokens: number
}

/** A post that said which way a token would go. `share` is how much of that is the author's own, see `AuthorsCall`. */
export type MadeCall = {
  readonly post: string
  readonly author: string
  /** When we knew it, epoch ms: it is judged by what came after that. */
  readonly at: number
  readonly direction: 1 | -1
  readonly share: number
}

/** From so clear a sentiment on a post says which way. */
const CLEAR = 0.35
/** A post that names more tokens is a list. */
const namedAtMost = 3
/** What is told so late may have been written, or mended, with hindsight. */
const lateMs = hours(6)
/** Younger accounts make no calls: many of them are one person. */
const youngMs = days(30)
/** Calls of one direction within it are about one event. */
const eventMs = hours(24)

/**
 * The calls among the posts about one token, oldest first. Give the posts of the day before too: the k-th author to say within a day what
 * others have said has a k-th of the call, so that neither copies nor many accounts earn what one did.
 */
export function callsIn(posts: readonly SaidPost[]): MadeCall[] {
  const sayers = { '1': new Map<string, number>(), '-1': new Map<string, number>() }
  return posts
    .filter(isCall)
    .toSorted((a, b) => a.knownAt - b.knownAt || a.writtenAt - b.writtenAt || (a.id < b.id ? -1 : 1))
    .map(({ id, author, knownAt, sentiment }) => {
      const direction = sentiment > 0 ? 1 : -1
      const said = sayers[direction]
      for (const [other, at] of said) if (knownAt - at >= eventMs || other === author) said.delete(other)
      said.set(author!, knownAt)
      return { post: id, author: author!, at: knownAt, direction, share: 1 / said.size }
    })
}

function isCall(post: SaidPost): boolean {
  const { author, createdAt, writtenAt, knownAt, sentiment, flags, id, storyId, tokens } = post
  return (
    author !== null &&
    Math.abs(sentiment) >= CLEAR &&
    flagVote(flags) === 1 &&
    storyId === id &&
    tokens <= namedAtMost &&
    knownAt - writtenAt <= lateMs &&
    (createdAt === null || knownAt - createdAt >= youngMs)
  )
}

/** What a call's price did over the day after it, less what the market's did; `waiting` while the day is not over. */
export type LaterReturn =
  | { readonly result: 'known'; readonly ratio: number }
  | { readonly result: 'waiting' }
  | { readonly result: 'unknown'; readonly why: string }

/** A call is judged by the day that follows it. */
export const callHorizonMs = hours(24)
/** A bar that is missing may be replaced by one so far from it. */
const toleranceMs = hours(2)

/**
 * The return from the open of the first bar that begins at or after `at` to the close a day later, less the market's between the same
 * instants; of the market's own token (`market` null) the return alone. Closed bars only, of an hour or less; `asOf` is up to when they are known.
 */
export function laterReturn(at: number, candles: Candles, market: Candles | null, asOf: number): LaterReturn {
  const entryAt = Math.ceil(at / candles.intervalMs) * candles.intervalMs
  if (asOf < entryAt + callHorizonMs) return { result: 'waiting' }
  const own = returnOver(candles, entryAt, asOf)
  const theirs = market === null ? 0 : returnOver(market, entryAt, asOf)
  if (own === null) return { result: 'unknown', why: 'too few of its candles are known of that day' }
  if (theirs === null) return { result: 'unknown', why: 'too few candles of the market are known of that day' }
  return { result: 'known', ratio: own - theirs }
}

function returnOver(
  { openAt, open, close, intervalMs, length }: Candles,
  entryAt: number,
  asOf: number,
): number | null {
  const endAt = entryAt + callHorizonMs
  let [first, last] = [-1, -1]
  for (let i = 0; i < length && openAt[i]! + intervalMs <= Math.min(endAt, asOf); i++) {
    if (first < 0 && openAt[i]! >= entryAt) first = i
    last = i
  }
  if (first < 0 || openAt[first]! - entryAt > toleranceMs) return null
  if (endAt - (openAt[last]! + intervalMs) > toleranceMs) return null
  return close[last]! / open[first]! - 1
}
