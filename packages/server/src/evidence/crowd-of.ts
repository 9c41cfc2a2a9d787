import {
  botScore,
  burstFrom,
  crowdTone,
  days,
  fromIso,
  hours,
  influences,
  mean,
  round,
  storiesOf,
  TextFlag,
  toIso,
  type Crowd,
  type CrowdBaseline,
  type CrowdPost,
  type Token,
} from '@pumpiq/domain'
import { sha256Hex } from '../platform/hash.ts'
import type { AuthorCalls } from './author-calls.ts'
import { authorOf } from './author-of.ts'
import type { Documents, ReadDocument } from './documents.ts'
import { createRecent, type Looked } from './recent.ts'

/** How far back posts bear on a token, and how many are looked at. */
const reachMs = hours(24)
const postsAtMost = 1_500
const perAuthor = 5
/**
 * The usual rate is that of the week before the last two hours, once the token was listened to for a day of it; until then posts burst
 * above what tokens of its size usually have.
 */
const usualMs = days(7)
const lastMs = hours(2)
const watchedMs = days(1)
/** As if three established authors had said nothing of note: thin talk says little. */
const priorMass = 3

/** Which posts of so many tokens are copies is remembered while none is added. */
const tokensAtMost = 300

export type CrowdOf = ReturnType<typeof createCrowdOf>

type Needs = {
  documents: Pick<Documents, 'of' | 'hourly' | 'firstAt'>
  /** Without them nobody has a record. */
  calls?: Pick<AuthorCalls, 'records'>
  looked?: Looked
}

/** What the posts about a token come to at an instant; null where nobody wrote of it. */
export function createCrowdOf({ documents, calls, looked }: Needs) {
  async function usualOf(token: string, now: number): Promise<CrowdBaseline | null> {
    const firstAt = await documents.firstAt(token, 'social')
    const to = now - lastMs
    const from = Math.max(to - usualMs, firstAt ?? to)
    if (to - from < watchedMs) return null
    const counts = await documents.hourly({ token, kind: 'social', from, to })
    const spanHours = Math.round((to - from) / hours(1))
    const all = [...counts, ...Array.from({ length: Math.max(0, spanHours - counts.length) }, () => 0)]
    const meanPerHour = mean(all)
    return { meanPerHour, sdPerHour: Math.sqrt(mean(all.map((count) => (count - meanPerHour) ** 2))) }
  }

  const recent = createRecent<CrowdPost[]>(tokensAtMost, looked)
  function postsIn(told: readonly ReadDocument[]): CrowdPost[] {
    const seen = told.map(({ document, claim }) => [document.id, claim.reader])
    return recent.remember(sha256Hex(JSON.stringify(seen)), () => postsOf(told))
  }

  return async function crowdOf({ id: token, marketCapRank }: Token, now: number): Promise<Crowd | null> {
    const told = await documents.of({
      token,
      kind: 'social',
      since: now - reachMs,
      until: now,
      perVoice: perAuthor,
      limit: postsAtMost,
    })
    if (told.length === 0) return null
    const usual = await usualOf(token, now)
    const baseline = usual ?? usualAlike(marketCapRank)
    const posts = postsIn(told)
    const authors = [...new Set(told.flatMap(({ document }) => authorOf(document) ?? []))]
    const settings = {
      nowAt: now,
      priorMass,
      baseline,
      influence: influences((await calls?.records(authors, now)) ?? []),
    }
    const tone = crowdTone(posts, settings)
    const platforms = [...new Set(told.map(({ document }) => document.source))].toSorted()
    const tonesApart = () =>
      platforms.map((platform) => {
        const own = posts.filter((_, i) => told[i]!.document.source === platform)
        return crowdTone(own, settings).tone
      })
    // Counted over all posts: whoever writes more than is read here is part of the burst.
    const lastHour = sum(await documents.hourly({ token, kind: 'social', from: now - hours(1), to: now + 1 }))
    return {
      at: toIso(Math.max(...told.map(({ document }) => fromIso(document.fetchedAt)))),
      posts: tone.mentions,
      authors: tone.distinctAuthors,
      platforms,
      tone: round(tone.tone, 6),
      agreement: platforms.length < 2 ? null : round(agreementOf(tonesApart()), 6),
      perHour: lastHour,
      usualPerHour: usual && round(usual.meanPerHour, 6),
      burst: tone.burst || lastHour > burstFrom(baseline),
      newAccountShare: round(tone.newAccountShare, 6),
      botShare: round(tone.botShare, 6),
      copiedShare: round(tone.copiedShare, 6),
      flagged: Object.fromEntries(
        TextFlag.options.map((flag) => [
          flag,
          round(posts.filter(({ flags }) => flags.includes(flag)).length / posts.length, 6),
        ]),
      ) as Crowd['flagged'],
    }
  }
}

/**
 * Posts an hour that a token is believed to have before its own rate is known, by its rank (null: of no rank, as new ones are). Set by hand
 * from what sources tell in one answer and how often they are asked; generous, so that being noticed is no burst.
 */
function usualAlike(rank: number | null): CrowdBaseline {
  if (rank === null || rank > 500) return { meanPerHour: 3, sdPerHour: 5 }
  return rank > 50 ? { meanPerHour: 12, sdPerHour: 15 } : { meanPerHour: 60, sdPerHour: 60 }
}

/** Half of how far the platforms' tones lie apart, taken from one. */
const agreementOf = (tones: readonly number[]): number => 1 - (Math.max(...tones) - Math.min(...tones)) / 2

/** Posts in the order of `told`, each with the story its text belongs to: a copy of another's words is no voice. */
function postsOf(told: readonly ReadDocument[]): CrowdPost[] {
  const groups = storiesOf(
    told.map(({ document: { id, title, text, author, publisher, fetchedAt } }) => ({
      id,
      title,
      text,
      publisher: author?.id ?? publisher,
      at: fromIso(fetchedAt),
    })),
  )
  const storyOf = new Map(groups.flatMap(({ id, members }) => members.map((member) => [member, id] as const)))
  return told.map(({ document, claim }) => ({
    id: document.id,
    at: Math.min(fromIso(document.observedAt), fromIso(document.fetchedAt)),
    author: crowdAuthorOf(document),
    claimSentiment: claim.sentiment,
    flags: claim.flags,
    likes: document.likes ?? 0,
    storyId: storyOf.get(document.id) ?? document.id,
  }))
}

function crowdAuthorOf(document: ReadDocument['document']): CrowdPost['author'] {
  const { author } = document
  // One whose author nobody tells is somebody else than all others.
  if (!author) return { id: document.id, createdAt: null, followers: null, posts: null, botScore: 0.5 }
  const knownAt = fromIso(document.fetchedAt)
  const createdAt = author.createdAt === null ? null : fromIso(author.createdAt)
  const profile = {
    ...unknownProfile,
    handle: author.name,
    ageMs: createdAt === null ? null : knownAt - createdAt,
    followers: author.followers,
    friends: author.following,
    statuses: author.posts,
    isVerified: author.verified,
  }
  const { followers, posts } = author
  return { id: authorOf(document)!, createdAt, followers, posts, botScore: botScore(profile) }
}

const unknownProfile = {
  listed: null,
  favourites: null,
  hasBanner: null,
  hasUrl: null,
  hasDefaultProfile: null,
  hasDefaultImage: null,
  descriptionWords: null,
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
