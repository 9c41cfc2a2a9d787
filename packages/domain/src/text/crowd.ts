import type { TextFlag } from '../words/claim.ts'
import { clamp } from '../words/numbers.ts'
import { days, hours } from '../words/time.ts'
import { cappedMass } from './capped-mass.ts'
import { flagVote } from './flag-vote.ts'
import { loudness, type Influence } from './influence.ts'

export type CrowdAuthor = {
  readonly id: string
  readonly createdAt: number | null
  readonly followers: number | null
  readonly posts: number | null
  /** 0..1, see `botScore`. */
  readonly botScore: number
}

export type CrowdPost = {
  readonly id: string
  readonly at: number
  readonly author: CrowdAuthor
  /** Of the reader's claim, -1..1. */
  readonly claimSentiment: number
  readonly flags: readonly TextFlag[]
  readonly likes: number
  /** The id of the story that its text belongs to: that of its first telling. */
  readonly storyId: string
}

/** How often the token is usually spoken of; null while that is not known. */
export type CrowdBaseline = { readonly meanPerHour: number; readonly sdPerHour: number }

export type CrowdSettings = {
  readonly nowAt: number
  readonly priorMass: number
  readonly baseline: CrowdBaseline | null
  /** What an author's past calls are worth, by id: only those that were judged before `nowAt`. */
  readonly influence: (author: string) => Influence
}

export type CrowdTone = {
  /** -1..1; near 0 while few credible people speak, and in a burst. */
  readonly tone: number
  /** What counted: 1 is one established author without a record. */
  readonly mass: number
  readonly mentions: number
  readonly distinctAuthors: number
  /** Shares of the mentions. */
  readonly newAccountShare: number
  readonly botShare: number
  readonly copiedShare: number
  readonly flaggedShare: number
  /** The most mentions within any one hour. */
  readonly peakPerHour: number
  /** More mentions than chance explains, against the token's own baseline; never without one. */
  readonly burst: boolean
}

/** Younger accounts have no vote; then it grows to a full one. */
const NEW_MS = days(30)
const ESTABLISHED_MS = days(180)
/** What is not known of an account counts little: hiding it must not pay. */
const UNKNOWN_AGE = 0.1
const UNKNOWN_REACH = 0.3
/** From here on an account is counted as a bot. */
const BOT = 0.5
/** Posts of one author after the first add ever less, all together as much as the first. */
const REPEATED = 0.5
/** A burst: so many standard deviations and times above the mean, and at least so many mentions. */
const burstIs = { deviations: 4, times: 2, mentions: 10 }
/** Followers tell who is connected at all, up to a hundred: more are bought, and no record. */
const FULL_REACH = 2

const isNew = ({ createdAt }: CrowdAuthor, at: number): boolean => createdAt !== null && at - createdAt < NEW_MS

/** What an author's voice weighs, 0..1. */
function standing(author: CrowdAuthor, nowAt: number): number {
  const { createdAt, followers, posts, botScore } = author
  const age = createdAt === null ? UNKNOWN_AGE : clamp((nowAt - createdAt - NEW_MS) / (ESTABLISHED_MS - NEW_MS), 0, 1)
  const reach = followers === null ? UNKNOWN_REACH : clamp(Math.log10(1 + Math.max(0, followers)) / FULL_REACH, 0.1, 1)
  const voiced = posts !== null && posts < 10 ? 0.3 : 1
  return age * reach * voiced * clamp(1 - botScore, 0, 1) ** 2
}

const isBarred = ({ flags }: CrowdPost): boolean => flagVote(flags) === 0

/** What a post has to say: nothing when it deceives or copies, little when it promotes, slightly more when liked. */
function vote(post: CrowdPost): number {
  if (post.storyId !== post.id) return 0
  const liked = 1 + 0.1 * Math.min(5, Math.log10(1 + Math.max(0, post.likes)))
  return flagVote(post.flags) * liked
}

/** One author's votes in the order of their size: later ones halve. */
function voiceOf(
  posts: readonly CrowdPost[],
  { nowAt, influence }: CrowdSettings,
): { mass: number; sentiment: number } {
  let mass = 0
  let pull = 0
  const votes = posts.map((post) => ({ vote: vote(post), sentiment: clamp(post.claimSentiment, -1, 1) }))
  votes
    .toSorted((a, b) => b.vote - a.vote || a.sentiment - b.sentiment)
    .forEach(({ vote: own, sentiment }, i) => {
      const counted = own * REPEATED ** i
      mass += counted
      pull += counted * sentiment
    })
  const { author } = posts[0]!
  // An account without standing gets none by a record.
  const weight = standing(author, nowAt) * loudness(influence(author.id))
  return { mass: mass * weight, sentiment: mass > 0 ? pull / mass : 0 }
}

function peakOf(posts: readonly CrowdPost[]): number {
  const at = posts.map((post) => post.at).toSorted((a, b) => a - b)
  let peak = 0
  for (let from = 0, to = 0; to < at.length; to++) {
    while (at[to]! - at[from]! >= hours(1)) from++
    peak = Math.max(peak, to - from + 1)
  }
  return peak
}

/** The rate of mentions an hour from which on they are a burst. */
export const burstFrom = ({ meanPerHour, sdPerHour }: CrowdBaseline): number =>
  Math.max(meanPerHour + burstIs.deviations * sdPerHour, burstIs.times * meanPerHour, burstIs.mentions)

/** The tone of a crowd: one author one voice, none more than a third; new accounts, bots, copies and flagged posts count for nothing. */
export function crowdTone(posts: readonly CrowdPost[], settings: CrowdSettings): CrowdTone {
  const { nowAt, priorMass, baseline } = settings
  const known = posts.filter(({ at }) => at <= nowAt)
  const voices = new Map(
    [...Map.groupBy(known, ({ author }) => author.id)].map(([id, own]) => [id, voiceOf(own, settings)] as const),
  )
  const counted = cappedMass(new Map([...voices].map(([id, { mass }]) => [id, mass])), priorMass)
  let mass = 0
  let pull = 0
  for (const [id, own] of counted) {
    mass += own
    pull += own * voices.get(id)!.sentiment
  }
  const peakPerHour = peakOf(known)
  const limit = baseline === null ? Number.POSITIVE_INFINITY : burstFrom(baseline)
  // Only voices that count can shrink the tone: else a flood of new accounts would silence everybody.
  const heard = peakOf(known.filter((post) => vote(post) * standing(post.author, nowAt) > 0))
  const share = (isIt: (post: CrowdPost) => boolean): number =>
    known.length === 0 ? 0 : known.filter(isIt).length / known.length
  return {
    tone: mass + priorMass > 0 ? (pull / (mass + priorMass)) * Math.sqrt(Math.min(1, limit / Math.max(1, heard))) : 0,
    mass,
    mentions: known.length,
    distinctAuthors: voices.size,
    newAccountShare: share(({ author, at }) => isNew(author, at)),
    botShare: share(({ author }) => author.botScore >= BOT),
    copiedShare: share(({ id, storyId }) => id !== storyId),
    flaggedShare: share(isBarred),
    peakPerHour,
    burst: peakPerHour > limit,
  }
}
