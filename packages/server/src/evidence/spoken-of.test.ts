import { afterAll, beforeAll, expect, it } from 'vitest'
import { days, hours, minutes, tokenId, type Claim, type Document, type TextFlag, type Token } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { documentOf } from '../sources/seen.ts'
import { createTokenStore } from '../tokens/store.ts'
import { createCrowdOf } from './crowd-of.ts'
import { createClaimStore, createDocuments } from './documents.ts'
import { createSentimentOf } from './sentiment.ts'
import { createStoriesOf } from './stories-of.ts'
import { trendingTokens } from './trending.ts'

const now = Date.UTC(2026, 2, 10, 12)
const tokenOf = (name: string): Token => ({
  id: tokenId(`${name}:native`),
  chain: name,
  address: 'native',
  symbol: name.toUpperCase(),
  name,
  catalogueId: name,
  marketCapRank: 1,
  marketCapUsd: null,
  priceUsd: null,
})

type Told = {
  kind?: Document['kind']
  at: number
  voice: string
  sentiment?: number
  flags?: TextFlag[]
  text?: string
}

let db: Db
let nth = 0
async function tell({ id: token }: Token, told: readonly Told[]): Promise<void> {
  const documents = createDocuments({ db })
  const all = told.map(({ kind = 'social', at, voice, sentiment = 0, flags = [], text }) => {
    const id = `${nth++}`
    const author = {
      id: voice,
      name: voice,
      createdAt: '2019-01-01T00:00:00.000Z',
      followers: 900,
      following: 10,
      posts: 500,
      verified: null,
    }
    const words = {
      title: text ?? `headline ${id}`,
      text: text ?? `thought ${id} ${'x'.repeat(nth % 17)}`,
      publisher: voice,
    }
    const document = documentOf(
      { source: 'wire', token: null, observedAt: at, fetchedAt: at },
      { id, kind, ...words, ...(kind === 'social' && { author }) },
    )
    const claim: Claim = {
      document: document.id,
      tokens: [],
      event: 'other',
      sentiment,
      magnitude: 0.8,
      quote: '',
      flags,
      reader: 'test',
    }
    return { document, claim }
  })
  await documents.keep(all.map(({ document }) => document))
  await createClaimStore({ db }).put(all.map(({ claim }) => claim))
  await documents.link(all.map(({ document }) => ({ document, token, relevance: 1 })))
}

const voices = (count: number, at: number, more: Partial<Told> = {}): Told[] =>
  Array.from({ length: count }, (_, i) => ({ at: at - minutes(i), voice: `v${i}`, ...more }))

const [steady, burst, fresh, fraud, loud, spoken, silent] = [
  'steady',
  'burst',
  'fresh',
  'fraud',
  'loud',
  'spoken',
  'silent',
].map(tokenOf) as [Token, Token, Token, Token, Token, Token, Token]

beforeAll(async () => {
  db = await createSavedDb()
  await createTokenStore({ db }).put([steady, burst, fresh, fraud, loud, spoken, silent], now)
  const week = [1, 2, 3, 4, 5, 6].map((day) => now - days(day) - hours(1))
  for (const at of week) await tell(steady, voices(20, at))
  await tell(steady, voices(20, now - hours(1)))
  for (const at of week) await tell(burst, voices(1, at))
  await tell(burst, voices(12, now - hours(1)))
  await tell(fresh, voices(9, now - hours(1)))
  await tell(fraud, voices(40, now - hours(1), { flags: ['scam'] }))
  await tell(
    loud,
    Array.from({ length: 50 }, (_, i) => ({ at: now - minutes(i), voice: 'one' })),
  )
}, 120_000)
afterAll(() => db.destroy())

it('trends by who writes of it against a usual day: neither one loud voice nor frauds make a trend', async () => {
  const found = await trendingTokens(db, now, 10)
  expect(found.map(({ token, voices: n, timesUsual }) => [token, n, timesUsual])).toEqual([
    ['burst:native', 12, expect.closeTo((12 + 3) / (6 / 5.04 + 3), 1)],
    ['steady:native', 20, expect.closeTo((20 + 3) / (120 / 5.04 + 3), 1)],
    ['fresh:native', 9, null],
  ])
  expect((await trendingTokens(db, now, 1)).map(({ token }) => token)).toEqual(['burst:native'])
})

const sentimentOf = () => {
  const documents = createDocuments({ db })
  return createSentimentOf({
    db,
    storiesOf: createStoriesOf({ documents }),
    crowdOf: createCrowdOf({ documents }),
    labels: [],
    clock: { now: () => now },
  })
}

it('a token that is spoken of better than the day before is improving, with what it rests on', async () => {
  await tell(spoken, voices(30, now - hours(25), { sentiment: -0.8 }))
  await tell(spoken, voices(30, now - hours(1), { sentiment: 0.8 }))
  await tell(spoken, voices(2, now - hours(1), { kind: 'news', sentiment: 0.6, text: 'Spoken token passes its audit' }))
  const told = await sentimentOf()(spoken)
  expect(told.social.score).toBeGreaterThan(60)
  expect(told.social.before).toBeLessThan(40)
  expect(told.social).toMatchObject({ documents: 30, voices: 30, why: null })
  expect(told.social.shares).toEqual({ positive: 1, neutral: 0, negative: 0, flagged: 0 })
  expect(told.news.score).toBeGreaterThan(50)
  expect(told.overall).toBeCloseTo((25 * told.news.score! + 15 * told.social.score!) / 40, 0)
  expect(told.trend).toBe('IMPROVING')
  expect(told.changePoints).toBeGreaterThan(5)
})

it('where nobody wrote nothing is said, and why; frauds are counted and do not speak', async () => {
  expect(await sentimentOf()(silent)).toMatchObject({
    overall: null,
    trend: null,
    changePoints: null,
    news: { score: null, documents: 0, shares: null, why: expect.stringContaining('no news') },
    social: { score: null, documents: 0, why: expect.stringContaining('no post'), burst: null },
  })
  const told = await sentimentOf()(fraud)
  expect(told.social.shares).toEqual({ positive: 0, neutral: 0, negative: 0, flagged: 1 })
  expect(told.social.score).toBe(50)
})
