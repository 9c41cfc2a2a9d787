import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  days,
  hours,
  minutes,
  toIso,
  tokenId,
  toneOfStories,
  type Author,
  type Claim,
  type Document,
  type Token,
} from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { documentOf } from '../sources/seen.ts'
import { createAuthorCalls } from './author-calls.ts'
import { createCrowdOf } from './crowd-of.ts'
import { createClaimStore, createDocuments } from './documents.ts'
import { createStoriesOf } from './stories-of.ts'

let db: Db
beforeAll(async () => void (db = await createSavedDb()), 120_000)
afterAll(() => db.destroy())

const now = Date.UTC(2026, 2, 10, 12)
const tokenOf = (name: string): Token => ({
  id: tokenId(`${name}:native`),
  chain: name,
  address: 'native',
  symbol: 'TKN',
  name,
  catalogueId: null,
  marketCapRank: 1,
  marketCapUsd: null,
  priceUsd: null,
})

type Told = { id: string; at: number; text: string; publisher: string; sentiment: number; author?: Author }

const told = (kind: Document['kind'], { id, at, text, publisher, author }: Told): Document =>
  documentOf(
    { source: 'wire', token: null, observedAt: at, fetchedAt: at },
    {
      id,
      kind,
      title: kind === 'news' ? text : '',
      text: kind === 'news' ? '' : text,
      publisher,
      author: author ?? null,
    },
  )

const claimOf = (document: Document, { sentiment }: Told): Claim => ({
  document: document.id,
  tokens: [],
  event: 'partnership',
  sentiment,
  magnitude: 0.8,
  quote: document.title.slice(0, 160),
  flags: [],
  reader: 'test',
})

async function tell(token: Token, kind: Document['kind'], all: readonly Told[]): Promise<void> {
  const documents = createDocuments({ db })
  const made = all.map((one) => told(kind, { ...one, id: `${token.name}-${one.id}` }))
  for (let from = 0; from < made.length; from += 2_000) {
    const piece = made.slice(from, from + 2_000)
    await documents.keep(piece)
    await createClaimStore({ db }).put(piece.map((document, i) => claimOf(document, all[from + i]!)))
    await documents.link(piece.map((document) => ({ document, token: token.id, relevance: 1 })))
  }
}

const headlines = [
  'Bank of a large country opens custody for the coin',
  'Developers postpone the upgrade after a failed rehearsal',
  'Payment house adds the network to its terminals',
  'Court lets a part of the suit go on',
  'Fund files for a product that holds the coin',
]
const honest: Told[] = headlines.map((text, i) => ({
  id: `honest-${i}`,
  at: now - hours(2 + i),
  text,
  publisher: ['coindesk.com', 'theblock.co', 'cointelegraph.com', 'decrypt.co', 'reuters.com'][i]!,
  sentiment: i % 2 === 0 ? 0.4 : -0.5,
}))
const planted = (i: number, publisher: string): Told => ({
  id: `planted-${i}`,
  at: now - minutes(5) - (i % 50) * 1_000,
  text: `Giant retailer will accept the token everywhere from tomorrow${i % 3 === 0 ? '!' : ''}`,
  publisher,
  sentiment: 1,
})
const toneNow = async (token: Token) =>
  toneOfStories(await createStoriesOf({ documents: createDocuments({ db }) })(token, now), now).tone

it(
  '10,000 copies of one story move the tone of the news by no more than that story and one percent',
  { timeout: 120_000 },
  async () => {
    const [none, one, many] = [tokenOf('none'), tokenOf('one'), tokenOf('many')]
    for (const token of [none, one, many]) await tell(token, 'news', honest)
    await tell(one, 'news', [planted(0, 'site-0.example')])
    await tell(
      many,
      'news',
      Array.from({ length: 10_000 }, (_, i) => planted(i, `site-${i % 400}.example`)),
    )
    const [before, once, flooded] = [await toneNow(none), await toneNow(one), await toneNow(many)]
    expect(once).toBeGreaterThan(before)
    expect(Math.abs(flooded - before)).toBeLessThanOrEqual(Math.abs(once - before) + 0.01)
  },
)

const author = (id: string, ageDays: number): Author => ({
  id,
  name: `user_${id}`,
  createdAt: toIso(now - days(ageDays)),
  followers: ageDays > 30 ? 800 : 3,
  following: 300,
  posts: ageDays > 30 ? 2_000 : 12,
  verified: null,
})

it(
  '10,000 posts of 50 new accounts move the tone of the posts by a tenth at most, and are a burst',
  { timeout: 120_000 },
  async () => {
    const [calm, flooded] = [tokenOf('calm'), tokenOf('flooded')]
    const usual: Told[] = Array.from({ length: 240 }, (_, i) => ({
      id: `usual-${i}`,
      at: now - minutes(30) - i * minutes(24),
      text: `Thought number ${i} about how the network did today and what may come`,
      publisher: 'r/forum',
      sentiment: i % 3 === 0 ? -0.4 : 0.2,
      author: author(`old-${i % 60}`, 900),
    }))
    const flood: Told[] = Array.from({ length: 10_000 }, (_, i) => ({
      id: `flood-${i}`,
      at: now - minutes(1) - (i % 600) * 1_000,
      text: `number ${i % 977} to the moon today friends ${i % 31}`,
      publisher: 'r/forum',
      sentiment: 1,
      author: author(`new-${i % 50}`, 4),
    }))
    for (const token of [calm, flooded]) await tell(token, 'social', usual)
    await tell(flooded, 'social', flood)
    const crowdOf = createCrowdOf({ documents: createDocuments({ db }), calls: createAuthorCalls({ db }) })
    const [before, after] = [(await crowdOf(calm, now))!, (await crowdOf(flooded, now))!]
    expect(before.burst).toBe(false)
    expect(after.burst).toBe(true)
    expect(Math.abs(after.tone - before.tone)).toBeLessThanOrEqual(0.1)
    expect(after.perHour).toBeGreaterThan(9_000)
  },
)
