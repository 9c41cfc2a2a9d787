import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemSettings, tokenId, wishesOfSettings, type Token, type Wishes } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { putNewest, type NewestName } from '../tokens/newest.ts'
import { sampleRecommendation } from './test-recommendation.ts'
import { createWished, type Wished } from './wished.ts'

const now = Date.UTC(2026, 3, 1)
const usual = wishesOfSettings(systemSettings)

const contract = (name: string, over: Partial<Token> = {}): Token => ({
  id: tokenId(`solana:${name}`),
  chain: 'solana',
  address: name,
  symbol: name.toUpperCase(),
  name,
  catalogueId: null,
  marketCapRank: null,
  marketCapUsd: null,
  priceUsd: null,
  ...over,
})
const bitcoin: Token = {
  ...contract('btc'),
  id: tokenId('bitcoin:native'),
  chain: 'bitcoin',
  address: 'native',
  marketCapRank: 1,
  marketCapUsd: 1e12,
}
const doge: Token = {
  ...bitcoin,
  id: tokenId('dogecoin:native'),
  chain: 'dogecoin',
  catalogueId: 'dogecoin',
  marketCapUsd: 1e10,
}
const solid = contract('solid')
const curve = contract('curve')
const liked = contract('liked')
const unknown = contract('unknown')
const all = [bitcoin, doge, unknown, solid, curve, liked]

let db: Db
let wished: Wished
let wishes: Wishes = usual
beforeAll(async () => {
  db = await createSavedDb()
  const told = (token: Token, figures: Partial<Record<NewestName, number>>) =>
    Object.entries(figures).map(([name, value]) => ({
      token: token.id,
      name: name as NewestName,
      source: 'dexscreener',
      observedAt: now,
      value: String(value),
    }))
  const known = { marketCapUsd: 1e6, liquidityUsd: 2e5, holders: 500, firstPoolAt: now - 10 * 3_600_000 }
  await putNewest(db, [
    ...told(solid, known),
    ...told(curve, { ...known, curveProgressRatio: 0.4, curveComplete: 0 }),
    ...told(liked, { ...known, curveProgressRatio: 0.7, curveComplete: 0 }),
  ])
  const byId = async (id: string) => all.find((token) => token.id === id) ?? null
  wished = createWished({ db, byId, wishesOf: async () => wishes, clock: { now: () => now } })
}, 120_000)
afterAll(() => db.destroy())

const chosen = async (tokens: Partial<Wishes['tokens']>) =>
  (await wished.tokens({ ...usual, tokens: { ...usual.tokens, ...tokens } }, all)).map(({ id }) => id.split(':')[1]!)

describe('tokens that are wished for', () => {
  it('are those within every bound, those on a preferred place of their curve first; what is not known of a contract is no pass', async () => {
    expect(await chosen({})).toEqual(['liked', 'native', 'native', 'solid', 'curve'])
    expect(await chosen({ preferredBondingCurvePct: null })).toEqual(['native', 'native', 'solid', 'curve', 'liked'])
  })

  it.each<[Partial<Wishes['tokens']>, string[]]>([
    [{ minHolders: 501 }, ['native', 'native']],
    [{ minLiquidityUsd: 2e5 + 1 }, ['native', 'native']],
    [{ minAgeHours: 11 }, ['native', 'native']],
    [{ minMarketCapUsd: 1e11 }, ['native']],
    [{ maxMarketCapUsd: 1e7 }, ['liked', 'solid', 'curve']],
    [{ minBondingCurvePct: 50 }, ['liked', 'native', 'native', 'solid']],
    [{ maxBondingCurvePct: 50 }, ['native', 'native', 'solid', 'curve']],
    [{ excludeMemes: true }, ['native', 'solid']],
    [{ minMarketCapUsd: 0, minLiquidityUsd: 0 }, ['liked', 'native', 'native', 'unknown', 'solid', 'curve']],
  ])('with %j are %j', async (tokens, found) => expect(await chosen(tokens)).toEqual(found))
})

it('leaves of a page of calls those that are wished for, no more than are wanted, and asks who that is', async () => {
  const ann = { userId: 'ann', tier: 'free' as const }
  const sample = sampleRecommendation({})
  const confidence = { value: 0.7, low: 0.6, high: 0.8, n: 100, method: 'prior' as const, measured: 0.7 }
  const call = (token: Token, value: number) => ({ ...sample, token: token.id, confidence: { ...confidence, value } })
  const calls = [
    call(bitcoin, 0.7),
    call(bitcoin, 0.6),
    call(unknown, 0.9),
    call(solid, 0.65),
    { ...call(doge, 0), confidence: null },
  ]
  expect((await wished.calls(ann, calls)).map(({ token }) => token)).toEqual([bitcoin.id, solid.id])
  wishes = { ...usual, minConfidence: 0, maxRecommendations: 3 }
  expect((await wished.calls(ann, calls)).map(({ token }) => token)).toEqual([bitcoin.id, bitcoin.id, solid.id])
  await expect(wished.calls({ userId: null, tier: 'free' }, calls)).rejects.toMatchObject({ code: 'unauthenticated' })
})
