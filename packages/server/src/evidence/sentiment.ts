import { sql } from 'kysely'
import {
  days,
  hours,
  hybridWeights,
  isoOrNull,
  round,
  toIso,
  toneOfStories,
  type Crowd,
  type Story,
  type Token,
} from '@pumpiq/domain'
import type { SentimentTrend, TokenSentiment } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { CrowdOf } from './crowd-of.ts'
import type { StoriesOf } from './stories-of.ts'

type Needs = {
  db: Db
  storiesOf: StoriesOf
  crowdOf: CrowdOf
  /** SIMULATED, or nothing. */
  labels: readonly string[]
  clock: Pick<Clock, 'now'>
}

/** How far back news and posts bear on a token, as our readings of them do. */
const reachMs = { news: days(3), social: hours(24) } as const
/** From which tone on a document speaks for or against it. */
const takesSide = 0.1
/** From so many points of a hundred on it is better or worse than the day before. */
const movedPoints = 5

const rule =
  'A score is 50 + 50 x tone, -1 to 1. News: stories of three days, each once, by trust, weight and age. Social: posts of one day, ' +
  'weighed by what their authors are worth, without copies, bots and frauds. Thin talk stays near 50. Overall: news 25 to social 15, ' +
  `of those that are known. The trend is against the same a day before: ${movedPoints} points make a change.`

/** How news and posts that are kept speak of a token now, and spoke a day before. Nobody is asked. */
export function createSentimentOf({ db, storiesOf, crowdOf, labels, clock }: Needs) {
  return async function sentimentOf(token: Token): Promise<TokenSentiment> {
    const now = clock.now()
    const before = now - days(1)
    const [stories, crowd, formerStories, formerCrowd, counts] = [
      await storiesOf(token, now),
      await crowdOf(token, now),
      await storiesOf(token, before),
      await crowdOf(token, before),
      await countsOf(db, token.id, now),
    ]
    const news = { score: newsScore(stories, now), before: newsScore(formerStories, before) }
    const social = { score: socialScore(crowd), before: socialScore(formerCrowd) }
    const overall = together(news.score, social.score)
    const former = together(news.before, social.before)
    const changePoints = overall === null || former === null ? null : round(overall - former, 1)
    return {
      token,
      at: toIso(now),
      labels: [...labels],
      overall,
      news: { ...news, ...toldOf('news', counts, news.score) },
      social: {
        ...social,
        ...toldOf('social', counts, social.score),
        burst: crowd?.burst ?? null,
        botShare: crowd?.botShare ?? null,
      },
      trend: changePoints === null ? null : trendOf(changePoints),
      changePoints,
      rule,
    }
  }
}

const scoreOf = (tone: number): number => round(50 + 50 * tone, 1)
const newsScore = (stories: readonly Story[], at: number): number | null =>
  stories.length === 0 ? null : scoreOf(toneOfStories(stories, at).tone)
const socialScore = (crowd: Crowd | null): number | null =>
  crowd === null || crowd.posts === 0 ? null : scoreOf(crowd.tone)

/** Of those that are known, by what they weigh in a call. */
function together(news: number | null, social: number | null): number | null {
  if (news === null || social === null) return news ?? social
  const { news: newsWeight, social: socialWeight } = hybridWeights
  return round((newsWeight * news + socialWeight * social) / (newsWeight + socialWeight), 1)
}

const trendOf = (points: number): SentimentTrend =>
  points >= movedPoints ? 'IMPROVING' : points <= -movedPoints ? 'DECLINING' : 'STABLE'

type Kind = keyof typeof reachMs
type Counts = {
  kind: Kind
  documents: number
  voices: number
  positive: number
  negative: number
  flagged: number
  newest: Date | null
}

async function countsOf(db: Db, token: string, now: number): Promise<ReadonlyMap<Kind, Counts>> {
  const tone = sql`(claim.document ->> 'sentiment')::float8`
  const plain = sql`claim.document -> 'flags' = '[]'::jsonb`
  const of = (kind: Kind) => sql`
    select link.kind, count(*)::int as documents, count(distinct link.voice)::int as voices,
      (count(*) filter (where ${plain} and ${tone} > ${takesSide}))::int as positive,
      (count(*) filter (where ${plain} and ${tone} < ${-takesSide}))::int as negative,
      (count(*) filter (where not (${plain})))::int as flagged, max(link.fetched_at) as newest
    from document_token link join claim on claim.document_id = link.document_id
    where link.token_id = ${token} and link.kind = ${kind} and link.fetched_at <= ${toIso(now)}::timestamptz
      and link.fetched_at >= ${toIso(now - reachMs[kind])}::timestamptz
    group by link.kind`
  const { rows } = await sql<Counts>`${of('news')} union all ${of('social')}`.execute(db)
  return new Map(rows.map((row) => [row.kind, row]))
}

function toldOf(kind: Kind, counts: ReadonlyMap<Kind, Counts>, score: number | null) {
  const { documents, voices, positive, negative, flagged, newest } = counts.get(kind) ?? nothing
  const share = (n: number) => round(n / documents, 4)
  return {
    why: score === null ? noneOf[kind] : null,
    documents,
    voices,
    shares:
      documents === 0
        ? null
        : {
            positive: share(positive),
            neutral: share(documents - positive - negative - flagged),
            negative: share(negative),
            flagged: share(flagged),
          },
    windowMs: reachMs[kind],
    newestAt: isoOrNull(newest?.getTime() ?? null),
  }
}

const nothing = { documents: 0, voices: 0, positive: 0, negative: 0, flagged: 0, newest: null }
const noneOf = {
  news: 'no news of the last three days is about it',
  social: 'no post of the last day is about it',
} as const
