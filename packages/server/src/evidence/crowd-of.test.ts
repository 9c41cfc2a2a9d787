import { afterAll, beforeAll, expect, it } from 'vitest'
import { days, hours, minutes, tokenId, type Claim, type Token } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { documentOf } from '../sources/seen.ts'
import { createAuthorCalls } from './author-calls.ts'
import { createCrowdOf } from './crowd-of.ts'
import { createClaimStore, createDocuments } from './documents.ts'

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

const claimOf = (document: string): Claim => ({
  document,
  tokens: [],
  event: 'other',
  sentiment: 0.2,
  magnitude: 0.2,
  quote: '',
  flags: [],
  reader: 'test',
})

/** When each post was written, and when we came to know it. */
async function tell({ id: token }: Token, posts: readonly { at: number; fetchedAt: number }[]): Promise<void> {
  const documents = createDocuments({ db })
  const made = posts.map(({ at, fetchedAt }, i) =>
    documentOf(
      { source: 'wire', token: null, observedAt: at, fetchedAt },
      { id: `${token}-${i}`, kind: 'social', title: '', text: `thought number ${i} of the day`, publisher: 'r/forum' },
    ),
  )
  await documents.keep(made)
  await createClaimStore({ db }).put(made.map(({ id }) => claimOf(id)))
  await documents.link(made.map((document) => ({ document, token, relevance: 1 })))
}

const crowdOf = (token: Token) =>
  createCrowdOf({ documents: createDocuments({ db }), calls: createAuthorCalls({ db }) })(token, now)
const everyHalfHour = (from: number, to: number) =>
  Array.from({ length: Math.floor((to - from) / minutes(30)) }, (_, i) => from + i * minutes(30))

it('what a token that was never asked about is told of at once is no burst', async () => {
  const [watched, asked] = [tokenOf('watched'), tokenOf('asked')]
  await tell(
    watched,
    everyHalfHour(now - days(8), now).map((at) => ({ at, fetchedAt: at + minutes(2) })),
  )
  await tell(
    asked,
    everyHalfHour(now - hours(20), now).map((at) => ({ at, fetchedAt: now - minutes(1) })),
  )
  expect(await crowdOf(asked)).toMatchObject({ posts: 40, perHour: 2, usualPerHour: null, burst: false })
})

it('what was written while nobody listened counts for the hours in which it was written', async () => {
  const token = tokenOf('outage')
  const silentFrom = now - hours(6)
  await tell(
    token,
    everyHalfHour(now - days(4), now).map((at) => ({ at, fetchedAt: at < silentFrom ? at : now - minutes(5) })),
  )
  const crowd = (await crowdOf(token))!
  expect(crowd).toMatchObject({ perHour: 2, burst: false })
  expect(crowd.usualPerHour).toBeCloseTo(2, 1)
})

it('a horde on a token that nobody has listened to for a day is a burst, what a token of its size may have is none', async () => {
  const within = (posts: number) =>
    Array.from({ length: posts }, (_, i) => ({ at: now - minutes(50) + i * 1_000, fetchedAt: now }))
  const ofRank = (name: string, marketCapRank: number | null): Token => ({ ...tokenOf(name), marketCapRank })
  const isBurst = async (token: Token, posts: number) => {
    await tell(token, within(posts))
    return (await crowdOf(token))!.burst
  }
  expect(await isBurst(ofRank('quiet', null), 20)).toBe(false)
  expect(await isBurst(ofRank('horde', null), 60)).toBe(true)
  expect(await isBurst(ofRank('middle', 200), 60)).toBe(false)
  expect(await isBurst(ofRank('large', 3), 250)).toBe(false)
  expect(await isBurst(ofRank('flooded', 3), 1_000)).toBe(true)
})
