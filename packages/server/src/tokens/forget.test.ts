import { days, toIso } from '@pumpiq/domain'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { silentLog } from '../platform/log.ts'
import { listedToken } from '../sources/listed.ts'
import { createForgetTokens } from './forget.ts'
import { createTokenStore } from './store.ts'

let db: Db
beforeAll(async () => void (db = await createSavedDb()), 120_000)
afterAll(() => db.destroy())

const now = Date.UTC(2026, 5, 10)
const old = now - days(7) - 1
const address = (sign: string) => sign.repeat(44)
const coin = (sign: string, priceUsd: number | null = null) =>
  listedToken({ chain: 'solana', address: address(sign), symbol: sign, name: `Coin ${sign}`, priceUsd })!
const forget = () => createForgetTokens({ db, clock: { now: () => now }, log: silentLog })

it('takes tokens of last week that nobody asked about, with their former names, and no others', async () => {
  const store = createTokenStore({ db })
  await store.put([{ ...coin('A'), name: 'Another' }], old - 1)
  await store.put(
    [...'ABCDE'].map((sign) => coin(sign)),
    old,
  )
  await store.put([{ ...coin('F'), catalogueId: 'f-coin' }], old)
  await store.put([coin('G')], now - days(7))
  const at = toIso(old)
  await sql`insert into ask (id, question, user_id, house, token_id, profile, asked_at, deadline_at)
    values (gen_random_uuid(), 'q', 'u', false, ${coin('B').id}, '{}', ${at}, ${at})`.execute(db)
  await sql`insert into recommendations (id, user_id, house, token_id, symbol, type, timeframe, mode, issued_at, expires_at, score, document)
    values (gen_random_uuid(), 'u', false, ${coin('C').id}, 'C', 'HOLD', 'SWING', 'BALANCED', ${at}, ${toIso(now)}, 0, '{}')`.execute(
    db,
  )
  await sql`insert into hook (id, user_id, name, secret_hash, created_at) values (gen_random_uuid(), 'u', 'n', 'h', ${at})`.execute(
    db,
  )
  await sql`insert into hook_alert (id, hook_id, key, token_id, side, tf, at)
    select gen_random_uuid(), id, 'k', ${coin('D').id}, 'close', '1h', ${at} from hook`.execute(db)
  expect(await store.byFormerSymbol('A')).toHaveLength(1)

  expect(await forget()()).toBe(2)
  const left = await db.selectFrom('tokens').select('symbol').orderBy('symbol').execute()
  expect(left.map(({ symbol }) => symbol)).toEqual(['B', 'C', 'D', 'F', 'G'])
  expect(await db.selectFrom('formerName').selectAll().execute()).toEqual([])
  expect(await forget()()).toBe(0)
})

it('takes more than one statement may, and nothing when it is to end', async () => {
  await sql`insert into tokens (id, chain, address, symbol, name, updated_at)
    select 'solana:' || n, 'solana', n, 'S', 'N', ${toIso(old)}::timestamptz from generate_series(1, 4500) as n`.execute(
    db,
  )
  const ending = new AbortController()
  ending.abort()
  expect(await forget()(ending.signal)).toBe(0)
  expect(await forget()()).toBe(4_500)
})

it('counts only those without any market, of the time asked for', async () => {
  const store = createTokenStore({ db })
  const before = await store.countUntraded(now)
  await store.put([coin('H'), coin('J', 2), { ...coin('K'), catalogueId: 'k-coin' }], now)
  await store.put([coin('L')], now - 1)
  expect((await store.countUntraded(now)) - before).toBe(1)
})
