import { afterAll, beforeAll, expect, it } from 'vitest'
import { days, hours, toIso } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { listedToken } from '../sources/listed.ts'
import type { TokenFilter } from './listing-filter.ts'
import { createListing, type TokenOrder } from './listing.ts'
import { putNewest, type NewestName } from './newest.ts'
import { createSearchTokens } from './search.ts'
import { createTokenStore } from './store.ts'

const now = Date.UTC(2026, 5, 10)
const address = (sign: string) => sign.repeat(44)
const contract = (sign: string, marketCapUsd: number | null = null) =>
  listedToken({ chain: 'solana', address: address(sign), symbol: `T${sign}`, name: `Coin ${sign}`, marketCapUsd })!

let db: Db
beforeAll(async () => {
  db = await createSavedDb()
  const store = createTokenStore({ db })
  await store.put(
    [...'ABCDEFGH'].map((sign) => contract(sign)),
    now - hours(2),
  )
  await store.put([{ ...contract('J', 5e9), catalogueId: 'j', marketCapRank: 2, symbol: 'TWIN' }], now)
  await store.put([{ ...contract('K', 9e9), catalogueId: 'k', marketCapRank: 1, symbol: 'BIG' }], now)
  await store.put([{ ...contract('L'), symbol: 'TWIN', name: 'Twin of nobody' }], now)
  const say = (sign: string, name: NewestName, value: number, observedAt = now - hours(1)) => ({
    token: contract(sign).id,
    name,
    source: 'pools',
    observedAt,
    value: String(value),
  })
  await putNewest(db, [
    ...[...'ABCDE'].map((sign, i) => say(sign, 'volume24hUsd', [7, 7, 0.000000001234, 1e15, 3][i]!)),
    say('A', 'liquidityUsd', 900),
    say('B', 'liquidityUsd', 2_000),
    say('A', 'curveProgressRatio', 0.6),
    say('B', 'curveProgressRatio', 1),
    say('A', 'curveComplete', 0),
    say('B', 'curveComplete', 1),
    say('A', 'firstPoolAt', now - days(3)),
    say('A', 'change24hRatio', 0.0512),
    say('B', 'change24hRatio', 0.2, now - hours(5)),
  ])
}, 120_000)
afterAll(() => db.destroy())

const listing = () => createListing({ db, clock: { now: () => now } })
const letters = (tokens: readonly { address: string }[]) => tokens.map(({ address: [first] }) => first).join('')

async function walk(filter: TokenFilter, order: TokenOrder, limit: number): Promise<string> {
  let found = ''
  for (let after = null as Parameters<ReturnType<typeof listing>['page']>[2]['after']; ;) {
    const page = await listing().page(filter, order, { after, offset: 0, limit })
    found += letters(page.map(({ token }) => token))
    if (page.length < limit) return found
    after = page.at(-1)!.position
  }
}

it('sorts by a figure, those without it last, and pages of any length lose and repeat nothing', async () => {
  const expected = { desc: 'DBAECFGHJKL', asc: 'CEABDFGHJKL' }
  for (const order of ['desc', 'asc'] as const)
    for (const limit of [1, 2, 3, 5, 50]) expect(await walk({}, { sort: 'volume', order }, limit)).toBe(expected[order])
  expect(await walk({}, { sort: 'rank', order: 'desc' }, 3)).toBe('KJABCDEFGHL')
  expect(await walk({}, { sort: 'rank', order: 'asc' }, 2)).toBe('JKABCDEFGHL')
})

it('gives the same by page numbers', async () => {
  const order = { sort: 'volume', order: 'desc' } as const
  for (const limit of [2, 3, 4]) {
    let found = ''
    for (let offset = 0; offset < 12; offset += limit)
      found += letters((await listing().page({}, order, { after: null, offset, limit })).map(({ token }) => token))
    expect(found).toBe('DBAECFGHJKL')
  }
  const ranked = { sort: 'rank', order: 'desc' } as const
  const third = await listing().page({}, ranked, { after: null, offset: 3, limit: 3 })
  expect(letters(third.map(({ token }) => token))).toBe('BCD')
})

it('passes only tokens of which a bound is known to hold', async () => {
  const only = (filter: TokenFilter) => walk(filter, { sort: 'rank', order: 'desc' }, 50)
  expect(await only({ minLiquidityUsd: 1_000 })).toBe('B')
  expect(await only({ minMarketCapUsd: 6e9 })).toBe('K')
  expect(await only({ maxMarketCapUsd: 6e9 })).toBe('J')
  expect(await only({ minBondingCurvePct: 60, maxBondingCurvePct: 85 })).toBe('A')
  expect(await only({ isGraduated: true })).toBe('B')
  expect(await only({ isGraduated: false })).toBe('A')
  expect(await only({ chain: 'base' })).toBe('')
  expect(await only({ q: 'big' })).toBe('K')
  expect(await listing().count({ minLiquidityUsd: 1 })).toBe(2)
})

it('tells each figure with its source and instant, what is not known as null, and no change of another hour', async () => {
  const store = createTokenStore({ db })
  const [a, b] = await listing().told([(await store.byId(contract('A').id))!, (await store.byId(contract('B').id))!])
  const seen = <T>(value: T) => ({ value, source: 'pools', observedAt: toIso(now - hours(1)) })
  expect(a!.market).toEqual({
    priceUsd: null,
    marketCapUsd: null,
    liquidityUsd: seen(900),
    volume24hUsd: seen(7),
    holders: null,
    bondingCurvePct: seen(60),
    isGraduated: seen(false),
    createdAt: seen(toIso(now - days(3))),
    ageMs: days(3),
    change24hPct: seen(5.12),
    change7dPct: null,
  })
  expect(b!.market).toMatchObject({ isGraduated: { value: true }, change24hPct: null })
})

it('keeps what was observed last, in whatever order it is told', async () => {
  const say = (value: string, observedAt: number) => ({
    token: 'solana:x',
    name: 'holders' as const,
    source: 's',
    observedAt,
    value,
  })
  await putNewest(db, [say('1', now - 2), say('3', now), say('2', now - 1)])
  await putNewest(db, [say('9', now - 1)])
  const row = await db.selectFrom('newestFigure').select('value').where('tokenId', '=', 'solana:x').executeTakeFirst()
  expect(row?.value).toBe('3')
})

it('a cursor of another order is refused', async () => {
  const after = { sort: 'rank', order: 'desc', at: '1', id: 'x' } as const
  await expect(
    listing().page({}, { sort: 'volume', order: 'desc' }, { after, offset: 0, limit: 1 }),
  ).rejects.toMatchObject({ code: 'invalid' })
})

it('searches by ticker, name, address and identity, and says which tickers name several tokens', async () => {
  const search = createSearchTokens({ db, listing: listing() })
  const found = await search('twin', 10)
  expect(found.items.map(({ address: [first], match }) => [first, match])).toEqual([
    ['J', 'symbol'],
    ['L', 'symbol'],
  ])
  expect(found.collisions).toEqual([
    {
      symbol: 'TWIN',
      bearers: 2,
      ids: [contract('J').id, contract('L').id],
      resolvesTo: contract('J').id,
      why: expect.stringContaining('only one has a market cap to speak of'),
    },
  ])
  for (const [q, match] of [
    [address('A'), 'address'],
    [`solana:${address('A')}`, 'id'],
    ['coin a', 'name'],
    ['$TA', 'symbol'],
  ])
    expect((await search(q!, 1)).items[0]).toMatchObject({ symbol: 'TA', match })
  expect(await search('%', 5)).toEqual({ items: [], collisions: [] })
  expect((await search('T', 3)).items).toHaveLength(3)
})
