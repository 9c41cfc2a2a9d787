import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import { Failure, readText, Token } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { silentLog } from '../platform/log.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { createTokenStore } from './store.ts'
import { createTokens, type FetchCatalogue } from './tokens.ts'

let db: Db
beforeAll(async () => void (db = await createSavedDb()), 120_000)
afterAll(() => db.destroy())
beforeEach(async () => {
  await sql`delete from tokens`.execute(db)
  await sql`delete from former_name`.execute(db)
})

const now = Date.UTC(2026, 2, 1)
const address = (digit: string) => `0x${digit.repeat(40)}`

const catalogued = (chain: string, symbol: string, name: string, more: Partial<Token> = {}): Token =>
  Token.parse({
    id: `${chain}:${more.address ?? 'native'}`,
    chain,
    address: 'native',
    symbol,
    name,
    catalogueId: name.toLowerCase(),
    marketCapRank: 10,
    marketCapUsd: 1e9,
    priceUsd: '1',
    ...more,
  })

/** A contract as a vendor lists it who lists everything: what it bears, its maker chose. */
const discovered = (chain: string, symbol: string, name: string, more: Partial<Token> = {}): Token =>
  catalogued(chain, symbol, name, {
    address: address('a'),
    catalogueId: null,
    marketCapRank: null,
    marketCapUsd: 1e13,
    ...more,
  })

function roomOf({
  catalogue = [],
  found = [],
}: {
  catalogue?: readonly Token[] | null
  found?: readonly Token[]
} = {}) {
  const clock = createManualClock(now)
  const store = createTokenStore({ db })
  const fetchCatalogue: FetchCatalogue = async () => {
    if (catalogue === null) throw new Failure('unavailable', 'the catalogue is away')
    return [...catalogue]
  }
  const tokens = createTokens({ store, fetchCatalogue, lookUp: async () => [...found], clock, log: silentLog })
  return { tokens, store }
}

describe('a ticker or a name', () => {
  const bitcoin = catalogued('bitcoin', 'BTC', 'Bitcoin', { marketCapRank: 1, marketCapUsd: 1e12 })

  it.each(['BTC', 'btc', 'Bitcoin'])(
    'means what the catalogue calls so, whatever somebody else calls %s at whatever market cap',
    async (text) => {
      const { tokens, store } = roomOf({ catalogue: [bitcoin] })
      await store.put([discovered('base', 'BTC', 'Bitcoin'), discovered('ethereum', 'BITCOIN', 'Bitcoin')], now)
      expect((await tokens.resolve(text)).id).toBe('bitcoin:native')
    },
  )

  it('means the native coin that is known by itself before any catalogue came', async () => {
    const { tokens, store } = roomOf({ catalogue: null })
    await store.put([discovered('base', 'BTC', 'Bitcoin')], now)
    expect((await tokens.resolve('BTC')).id).toBe('bitcoin:native')
    expect((await tokens.resolve('bitcoin')).id).toBe('bitcoin:native')
  })

  it('means what the catalogue once called so, before what somebody calls so now', async () => {
    const { tokens, store } = roomOf({ catalogue: [catalogued('polygon-pos', 'POL', 'Polygon')] })
    await store.put([catalogued('polygon-pos', 'MATIC', 'Polygon')], now - 1)
    await store.put([discovered('base', 'MATIC', 'Polygon')], now)
    expect((await tokens.resolve('MATIC')).id).toBe('polygon-pos:native')
  })

  it('of contracts that no catalogue knows names none by what they say they are worth', async () => {
    const { tokens, store } = roomOf({ catalogue: [bitcoin] })
    await store.put(
      [
        discovered('base', 'FROG', 'Frog', { marketCapUsd: 1e13 }),
        discovered('ethereum', 'FROG', 'Frog', { marketCapUsd: 1e5 }),
      ],
      now,
    )
    await expect(tokens.resolve('FROG')).rejects.toMatchObject({ code: 'conflict', candidates: { length: 2 } })
  })

  it('names a contract that no catalogue knows where nobody else is called so', async () => {
    const { tokens, store } = roomOf({ catalogue: [bitcoin] })
    await store.put([discovered('base', 'FROG', 'Little frog')], now)
    expect((await tokens.resolve('FROG')).id).toBe(`base:${address('a')}`)
    expect((await tokens.resolve('little frog')).id).toBe(`base:${address('a')}`)
  })

  it('lists twenty of those who are called so, however many there are', async () => {
    const { tokens, store } = roomOf({ catalogue: [bitcoin] })
    const all = Array.from({ length: 30 }, (_, i) =>
      discovered('base', 'FROG', 'Frog', { address: `0x${String(i).padStart(40, '0')}` }),
    )
    await store.put(all, now)
    await expect(tokens.resolve('FROG')).rejects.toMatchObject({ candidates: { length: 20 } })
  })
})

it('asked for on another chain, a contract of the catalogue stays as the catalogue told it', async () => {
  const known = catalogued('ethereum', 'TKN', 'Token', { address: address('b') })
  const found = [
    discovered('ethereum', 'FAKE', 'Fake', { address: address('b') }),
    discovered('base', 'TKN', 'Token', { address: address('b') }),
  ]
  const { tokens, store } = roomOf({ catalogue: [known], found })
  expect((await tokens.resolve(`base:${address('b')}`)).chain).toBe('base')
  expect(await store.byId(known.id)).toEqual(known)
})

it('texts are searched for names of the catalogue alone, for anybody may call a contract anything', async () => {
  const { tokens, store } = roomOf({ catalogue: [catalogued('bitcoin', 'BTC', 'Bitcoin')] })
  await store.put([discovered('base', 'FROG', 'Froginator')], now)
  await tokens.ensure()
  const { tokens: named } = readText({ title: 'Froginator passes Bitcoin', text: '' }, tokens.names())
  expect(named.map(({ id }) => id)).toEqual(['bitcoin:native'])
})
