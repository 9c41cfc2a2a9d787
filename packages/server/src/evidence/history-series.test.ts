import { afterAll, beforeAll, expect, it } from 'vitest'
import { hours, minutes, tokenId, toIso, type Claim, type Document, type Figure } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { documentOf } from '../sources/seen.ts'
import { createClaimStore, createDocuments } from './documents.ts'
import { createAlongside } from './history-series.ts'
import { createObservations } from './observations.ts'

let db: Db
beforeAll(async () => void (db = await createSavedDb()), 120_000)
afterAll(() => db.destroy())

const token = tokenId('solana:So11111111111111111111111111111111111111112')
const hour = Date.UTC(2026, 4, 12, 9)
const opens = [2, 1, 0].map((i) => hour + hours(i))
const ask = { token, interval: '1h', opens } as const

const figure = (source: string, value: number, at: number, name: Figure['name'] = 'holders'): Figure => ({
  what: 'figure',
  source,
  token,
  name,
  value,
  observedAt: toIso(at),
  fetchedAt: toIso(at + 10),
})

async function write(kind: Document['kind'], id: string, at: number, author: string, claim: Partial<Claim>) {
  const told = { source: 's', token, observedAt: at - minutes(5), fetchedAt: at }
  const name = {
    id: author,
    name: author,
    createdAt: null,
    followers: null,
    following: null,
    posts: null,
    verified: null,
  }
  const document = documentOf(told, { kind, id, title: id, text: id, publisher: author, author: name })
  const documents = createDocuments({ db })
  await documents.keep([document])
  await documents.link([{ document, token, relevance: 1 }])
  await createClaimStore({ db }).put([
    { document: document.id, reader: 'r', sentiment: 0, flags: [], ...claim } as never,
  ])
}

it('figures stand at the candle in which they were told, by the source that told of most candles', async () => {
  const { keepFigures } = createObservations({ db })
  await keepFigures([
    figure('often', 100, hour + minutes(1)),
    figure('often', 101, hour + minutes(59)),
    figure('often', 120, hour + hours(2)),
    figure('once', 999, hour + hours(1) + 1),
    figure('often', 5, hour - 1),
    figure('often', 5, hour + hours(3)),
  ])
  const told = await createAlongside({ db }).onchain(ask)
  expect(told.holders).toEqual([120, null, 101])
  expect(told.sources).toEqual({ holders: 'often' })
  expect(told.liquidityUsd).toEqual([null, null, null])
})

it('each voice counts once in the tone of its candle, what looks like a fraud only among the documents', async () => {
  for (let i = 0; i < 5; i++) await write('social', `loud${i}`, hour + minutes(i), 'loud', { sentiment: 1 })
  await write('social', 'calm', hour + minutes(9), 'calm', { sentiment: -0.5 })
  await write('social', 'fraud', hour + minutes(10), 'fraud', { sentiment: 1, flags: ['scam'] })
  await write('news', 'n', hour + hours(2), 'house', { sentiment: 0.2 })
  const told = await createAlongside({ db }).sentiment(ask)
  expect(told).toEqual({
    news: [60, null, null],
    social: [null, null, 62.5],
    newsDocuments: [1, 0, 0],
    socialDocuments: [0, 0, 7],
  })
})
