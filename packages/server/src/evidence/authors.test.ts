import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { sql } from 'kysely'
import {
  candlesOf,
  days,
  Failure,
  hours,
  influences,
  minutes,
  toIso,
  Token,
  type Bar,
  type Candles,
  type Claim,
  type Document,
} from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { createAsk } from '../network/ask.ts'
import { createCollectedLog } from '../platform/log.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { seededRandom } from '../platform/random.ts'
import { documentOf } from '../sources/seen.ts'
import type { CandlesAsk, Source } from '../sources/source.ts'
import { createAuthorCalls } from './author-calls.ts'
import { createCrowdOf } from './crowd-of.ts'
import { createClaimStore, createDocuments } from './documents.ts'
import { createJudgeAuthors } from './judge-authors.ts'
import { createNoteAuthors } from './note-authors.ts'
import { createVoicesOf } from './voices.ts'

let db: Db
beforeAll(async () => void (db = await createSavedDb()), 120_000)
afterAll(() => db.destroy())
beforeEach(async () => {
  await sql`delete from author_call`.execute(db)
  await sql`delete from document`.execute(db)
})

const start = Date.UTC(2026, 2, 10, 12)
const tokenOf = (name: string, symbol: string, more: Partial<Token> = {}): Token =>
  Token.parse({
    id: `${name}:native`,
    chain: name,
    address: 'native',
    symbol,
    name,
    catalogueId: name,
    marketCapRank: 9,
    marketCapUsd: null,
    priceUsd: '100',
    ...more,
  })
const bitcoin = tokenOf('bitcoin', 'BTC')
const rising = tokenOf('rising', 'UP')
const unranked = tokenOf('unranked', 'UP', { marketCapRank: null })
const known = [bitcoin, rising, unranked]

/** Hours up to now: those of UP rise by a half of a percent each, others stand still. */
function hoursUntil({ symbol, now, limit }: CandlesAsk): Candles {
  const last = Math.floor(now / hours(1)) - 1
  const bars = Array.from({ length: limit }, (_, i): Bar => {
    const openAt = (last - limit + 1 + i) * hours(1)
    const [open, close] = [openAt, openAt + hours(1)].map((at) =>
      symbol === 'UP' ? 100 + ((at - start) / hours(1)) * 0.5 : 100,
    ) as [number, number]
    return { openAt, open, high: Math.max(open, close), low: Math.min(open, close), close, volume: 1 }
  })
  return candlesOf(`venue:${symbol}USDT:1h`, hours(1), bars)
}

function room(candles: (ask: CandlesAsk) => Candles = hoursUntil) {
  const clock = createManualClock(start)
  const log = createCollectedLog()
  const asked: string[] = []
  const venue: Source = {
    id: 'venue',
    docs: 'none',
    key: 'none',
    budget: { calls: 1_000, perMs: 1_000 },
    feeds: {
      candles: async (ask) => {
        asked.push(ask.symbol)
        return candles(ask)
      },
    },
  }
  const fetch = () => Promise.reject(new TypeError('fetch failed'))
  const ask = createAsk({ fetch, clock, random: seededRandom(1), log })
  const documents = createDocuments({ db })
  const calls = createAuthorCalls({ db })
  const byId = async (id: string) => known.find((token) => token.id === id) ?? null
  return {
    clock,
    asked,
    calls,
    note: createNoteAuthors({ calls, documents, byId, clock, pause: async () => {} }),
    judge: createJudgeAuthors({ calls, byId, sources: [venue], ask, clock, log }),
    crowdOf: createCrowdOf({ documents, calls }),
    voicesOf: createVoicesOf({ documents, calls }),
  }
}

type Said = { token: Token; author: string | null; at: number; sentiment?: number; text?: string }
let n = 0
async function tell(all: readonly Said[]): Promise<void> {
  const documents = createDocuments({ db })
  const made = all.map(({ author, at, text = `thought ${n} of ${author} about matter ${n * 7}` }): Document =>
    documentOf(
      { source: 'wire', token: null, observedAt: at - minutes(1), fetchedAt: at },
      {
        id: `post-${n++}`,
        kind: 'social',
        title: '',
        text,
        publisher: 'r/forum',
        author: author === null ? null : authorAt(author, at),
      },
    ),
  )
  await documents.keep(made)
  await createClaimStore({ db }).put(made.map((document, i) => claimOf(document, all[i]!)))
  await documents.link(made.map((document, i) => ({ document, token: all[i]!.token.id, relevance: 1 })))
}
const authorAt = (id: string, at: number) => ({
  id,
  name: `\u202e${id}\u0007`,
  createdAt: toIso(at - days(900)),
  followers: 800,
  following: 300,
  posts: 2_000,
  verified: null,
})
const claimOf = ({ id }: Document, { token, sentiment = 0.8 }: Said): Claim => ({
  document: id,
  tokens: [{ id: token.id, relevance: 1 }],
  event: 'price',
  sentiment,
  magnitude: 0.5,
  quote: '',
  flags: [],
  reader: 'test',
})

const rows = () => db.selectFrom('authorCall').selectAll().orderBy('author').orderBy('day').execute()

it('the first clear word of a day is noted once, of ranked tokens and of authors who are told', async () => {
  const { note, clock } = room()
  await tell([
    { token: rising, author: 'ann', at: start - hours(2) },
    { token: rising, author: 'ann', at: start - hours(1), sentiment: -0.8 },
    { token: bitcoin, author: 'ann', at: start - hours(3), sentiment: -0.9 },
    { token: rising, author: null, at: start - hours(1) },
    { token: unranked, author: 'bob', at: start - hours(1) },
    { token: rising, author: 'cid', at: start - hours(1), sentiment: 0.1 },
  ])
  await note()
  await clock.advance(minutes(30))
  await note()
  expect(await rows()).toMatchObject([
    { author: 'wire:ann', tokenId: 'bitcoin:native', direction: -1, share: 1, judgedAt: null },
  ])
})

it('who repeats another’s words has said nothing, and who says the same later has a part of it', async () => {
  const { note } = room()
  const text = 'The upgrade of next week doubles what the network can carry, and few have seen it'
  await tell([{ token: rising, author: 'first', at: start - hours(3), text }])
  await tell([
    { token: rising, author: 'copy', at: start - hours(2), text: `${text}!` },
    { token: rising, author: 'second', at: start - hours(2) },
  ])
  await note()
  expect((await rows()).map(({ author, share }) => [author, share])).toEqual([
    ['wire:first', 1],
    ['wire:second', 0.5],
  ])
})

it('a call is judged once, when its day is over, by closed candles against bitcoin, with one asking a token', async () => {
  const { note, judge, clock, asked, calls } = room()
  await tell([
    ...['ann', 'bob', 'cid'].map((author) => ({ token: rising, author, at: start - minutes(30) })),
    { token: rising, author: 'dot', at: start - minutes(30), sentiment: -0.7 },
    { token: bitcoin, author: 'eve', at: start - minutes(30) },
  ])
  await note()
  await clock.advance(hours(24))
  await judge()
  expect(asked).toEqual([])
  await clock.advance(hours(3))
  await judge()
  await judge()
  expect(asked).toEqual(['BTC', 'UP'])
  const judged = await rows()
  expect(judged.map(({ author, returnRatio }) => [author, Math.round(returnRatio! * 1_000) / 1_000])).toEqual([
    ['wire:ann', 0.12],
    ['wire:bob', 0.12],
    ['wire:cid', 0.12],
    ['wire:dot', 0.12],
    ['wire:eve', 0],
  ])
  // Nothing of it was known a moment before.
  const authors = judged.map(({ author }) => author)
  expect(await calls.records(authors, clock.now() - 1)).toEqual([])
  const records = influences(await calls.records(authors, clock.now()))
  expect(authors.map((author) => records(author).hits)).toEqual([1, 1, 1, 0, 0])
})

it('what no venue can be asked about waits, and is given up after a week', async () => {
  let isAway = true
  const { note, judge, clock } = room((ask) => {
    if (isAway) throw new Failure('unavailable', 'the venue is away')
    return hoursUntil(ask)
  })
  await tell([{ token: rising, author: 'ann', at: start - minutes(30) }])
  await note()
  await clock.advance(days(2))
  await judge()
  expect(await rows()).toMatchObject([{ judgedAt: null }])
  isAway = false
  await judge()
  expect(await rows()).toMatchObject([{ returnRatio: expect.closeTo(0.12, 3), problem: null }])
  await tell([{ token: rising, author: 'bob', at: clock.now() - minutes(30) }])
  await note()
  await clock.advance(days(8))
  await judge()
  expect((await rows())[1]).toMatchObject({ returnRatio: null, problem: 'no venue could be asked in time' })
})

it('a proven author is heard louder than others, only by what was judged before', async () => {
  const { calls, crowdOf, voicesOf } = room()
  const past = Array.from({ length: 120 }, (_, i) => ({ at: start - days(i + 3), i }))
  for (const { at, i } of past)
    await calls.note(rising.id, [{ post: `p${i}`, author: 'wire:ann', at, direction: 1, share: 1 }])
  const waiting = await calls.waiting(start, 500)
  await calls.judge(
    waiting.map((call) => ({ ...call, ratio: 0.03, problem: null })),
    start - minutes(1),
  )
  await tell([
    { token: rising, author: 'ann', at: start - minutes(20), sentiment: 0.9 },
    ...['bob', 'cid', 'dot', 'eve'].map((author) => ({
      token: rising,
      author,
      at: start - minutes(20),
      sentiment: -0.3,
    })),
  ])
  const [before, after] = [await crowdOf(rising, start - minutes(2)), await crowdOf(rising, start)]
  expect(before!.tone).toBeLessThan(0)
  expect(after!.tone).toBeGreaterThan(0)
  expect(await voicesOf(rising, start - minutes(2))).toEqual([])
  expect(await voicesOf(rising, start)).toEqual([
    { author: 'wire:ann', name: 'ann', posts: 1, calls: 120, hits: 120, loudness: expect.closeTo(3.4, 0) },
  ])
})
