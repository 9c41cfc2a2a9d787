import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hours, houseProfile, minutes, toIso, type Token } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { createPostgresDb, isPostgresThere } from '../db/test-postgres.ts'
import { createCrowdOf } from '../evidence/crowd-of.ts'
import { createClaimStore, createDocuments } from '../evidence/documents.ts'
import { createAlongside } from '../evidence/history-series.ts'
import { createObservations } from '../evidence/observations.ts'
import { createStoriesOf } from '../evidence/stories-of.ts'
import { createIds } from '../platform/ids.ts'
import { seededRandom } from '../platform/random.ts'
import { documentOf } from '../sources/seen.ts'
import { knownTokens } from '../tokens/known.ts'
import { createListing } from '../tokens/listing.ts'
import { putNewest } from '../tokens/newest.ts'
import { createSearchTokens } from '../tokens/search.ts'
import { createTokenStore } from '../tokens/store.ts'
import { createAnalysisRoutes } from './analysis-routes.ts'
import { createRecommendations } from './store.ts'
import { sampleRecommendation } from './test-recommendation.ts'

const there = await isPostgresThere()
const now = Date.UTC(2026, 5, 10, 12)
const bitcoin = knownTokens[0]!

/** The same in every database. */
async function fill(db: Db): Promise<void> {
  const ids = createIds({ clock: { now: () => now }, random: seededRandom(4) })
  const ranked = knownTokens.map((token, i): Token => ({ ...token, marketCapRank: i + 1, marketCapUsd: 1e9 / (i + 1) }))
  await createTokenStore({ db }).put(ranked, now)
  const moved = knownTokens.map(({ id: token }, i) => ({
    token,
    name: 'change24hRatio' as const,
    source: 'venue',
    observedAt: now - minutes(5),
    value: String((i - 3) / 100),
  }))
  await putNewest(db, moved)
  for (const [i, { id, symbol }] of knownTokens.entries()) {
    const given = {
      id: ids.next(),
      token: id,
      symbol,
      score: i / 20,
      issuedAt: toIso(now - hours(1)),
      expiresAt: toIso(now + hours(9)),
    }
    await createRecommendations({ db }).insert(db, 'house', sampleRecommendation(given))
  }
  const heard = { source: 'wire', token: bitcoin.id, observedAt: now - hours(2), fetchedAt: now - hours(2) }
  const documents = createDocuments({ db })
  const all = Array.from({ length: 6 }, (_, i) =>
    documentOf(heard, {
      id: `${i}`,
      kind: 'news',
      title: `story ${i}`,
      text: `text of ${i}`,
      publisher: `house${i}.example`,
    }),
  )
  await documents.keep(all)
  await documents.link(all.map((document) => ({ document, token: bitcoin.id, relevance: 1 })))
  const claim = {
    tokens: [],
    event: 'other',
    sentiment: 0.5,
    magnitude: 0.5,
    quote: '',
    flags: [],
    reader: 'test',
  } as const
  await createClaimStore({ db }).put(all.map(({ id }) => ({ ...claim, tokens: [], flags: [], document: id })))
  const figure = {
    what: 'figure',
    source: 'chain',
    name: 'holders',
    value: 5,
    observedAt: toIso(now - hours(2)),
    fetchedAt: toIso(now),
  } as const
  await createObservations({ db }).keepFigures([
    { ...figure, token: bitcoin.id },
    { ...figure, name: 'fearGreed', token: null },
  ])
}

/** All that is told of lists of many. */
async function told(db: Db) {
  const clock = { now: () => now }
  const listing = createListing({ db, clock })
  const store = createTokenStore({ db })
  const documents = createDocuments({ db })
  const { overview, compare, sentiment } = createAnalysisRoutes({
    db,
    tokens: { resolve: async (text) => (await store.byId(text as Token['id']))! },
    listing,
    storiesOf: createStoriesOf({ documents }),
    crowdOf: createCrowdOf({ documents }),
    shortOf: async () => new Map(),
    profile: houseProfile,
    labels: [],
    clock,
  })
  const asked = { abort: new AbortController().signal, caller: null as never, body: undefined, params: undefined }
  const span = { after: null, offset: 0, limit: 3 }
  const alongside = createAlongside({ db })
  const candles = { token: bitcoin.id, interval: '1h' as const, opens: [now - hours(2), now - hours(3)] }
  const any = { token: null, type: null, timeframe: null, before: null, limit: 50 }
  return {
    overview: await overview({ ...asked, query: undefined }),
    compare: await compare({ ...asked, query: { tokens: [bitcoin.id, knownTokens[1]!.id], timeframe: 'SWING' } }),
    sentiment: await sentiment({ ...asked, params: { id: bitcoin.id }, query: undefined }),
    sorted: await listing.page({ minMarketCapUsd: 2e8 }, { sort: 'marketCap', order: 'asc' }, span),
    unsorted: await listing.page({ q: 'b' }, { sort: 'volume', order: 'desc' }, { ...span, offset: 1 }),
    searched: await createSearchTokens({ db, listing })('bitcoin', 5),
    onchain: await alongside.onchain(candles),
    spoken: await alongside.sentiment(candles),
    active: await createRecommendations({ db }).list('ann', { ...any, status: 'active', whose: 'house' }),
    stopped: await createRecommendations({ db }).list('ann', { ...any, status: 'stopped' }),
  }
}

describe.skipIf(!there)('with PostgreSQL at 127.0.0.1:5432 (skipped where it does not answer)', () => {
  let postgres: Db
  let embedded: Db
  let drop: () => Promise<void>
  beforeAll(async () => {
    ;({ db: postgres, drop } = await createPostgresDb())
    embedded = await createSavedDb()
    await fill(postgres)
    await fill(embedded)
  }, 120_000)
  afterAll(async () => {
    await drop()
    await embedded.destroy()
  })

  it('lists of tokens and calls, and what is told of many together, are the same as embedded', async () => {
    const found = await told(postgres)
    expect(found).toEqual(await told(embedded))
    expect(found.overview).toMatchObject({
      marketSentiment: { value: 'VERY_BULLISH', tokens: knownTokens.length },
      fearGreed: { value: 5 },
      trending: { items: [{ voices: 6, usualVoices: null }] },
      topGainers24h: [{}, {}, {}, {}],
      topLosers24h: [{}, {}, {}],
    })
    expect(found.sentiment.news).toMatchObject({ documents: 6, voices: 6 })
    expect(found.onchain.holders).toEqual([5, null])
    expect(found.spoken.news).toEqual([75, null])
    expect([found.active.length, found.stopped.length]).toEqual([knownTokens.length, 0])
  })
})
