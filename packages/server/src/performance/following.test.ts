import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { benchAt, createBench } from '../testing/bench.ts'
import { createFollowingStore } from './following.ts'

const n = 250

it('thousands of open calls are read in pieces, between which everything else goes on', async () => {
  const b = await createBench()
  try {
    const { id } = await b.issue()
    await sql`insert into recommendations (id, user_id, house, token_id, symbol, type, timeframe, mode, issued_at, expires_at, score, document)
      select x.id, user_id, house, token_id, symbol, type, timeframe, mode, issued_at, expires_at, score,
        document || jsonb_build_object('id', x.id::text)
      from recommendations, (select gen_random_uuid() as id from generate_series(1, ${n}::int)) x`.execute(b.db)
    await sql`insert into following select id, token_id, symbol, 'paper', issued_at, expires_at, false
      from recommendations where id <> ${id}`.execute(b.db)
    let pauses = 0
    const pause = async () => void pauses++
    const omit = (_id: string, thrown: unknown) => {
      throw thrown
    }
    const found = await createFollowingStore({ db: b.db, pause }).open(omit)
    expect(found).toHaveLength(n)
    expect(new Set(found.map(({ plan }) => plan.issuedAt))).toEqual(new Set([benchAt]))
    expect(pauses).toBe(3)
  } finally {
    await b.close()
  }
}, 120_000)
