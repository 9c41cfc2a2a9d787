import { canonical, hours, minutes } from '@pumpiq/domain'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { createDb, type Db } from '../db/db.ts'
import { createDatabase, isPostgresThere } from '../db/test-postgres.ts'
import { verifyExport } from '../ledger/verify.ts'
import { systemClock } from '../platform/clock.ts'
import { silentLog } from '../platform/log.ts'
import { seededRandom } from '../platform/random.ts'
import { followed, marketOf, oracle } from '../testing/followed-calls.ts'
import { createWorld, worldStartAt, type World } from '../testing/world.ts'

const seed = 11

/** Takes the lease away again and again while both work, as if its holder had been frozen for too long each time. */
async function harass(db: Db, until: Promise<unknown>): Promise<void> {
  const random = seededRandom(seed)
  let over = false
  void until.finally(() => (over = true)).catch(() => {})
  while (!over) {
    await sql`update lease set expires_at = '-infinity'`.execute(db)
    await systemClock.sleep(1 + 8 * random())
  }
}

async function round(world: World): Promise<void> {
  await world.until(world.app.tracker.round())
}

const isThere = await isPostgresThere()

it.skipIf(!isThere)(
  `two processes on one PostgreSQL that take the lease from each other all the time seal each outcome once${isThere ? '' : ' (skipped: no PostgreSQL answers on 127.0.0.1:5432)'}`,
  async () => {
    const { url, drop } = await createDatabase()
    const dbs = await Promise.all([0, 1, 2].map(() => createDb({ url, label: 'simulated', log: silentLog })))
    const one = await createWorld({ seed, db: dbs[0]! })
    const other = await createWorld({ seed, db: dbs[1]!, startAt: worldStartAt + 1_000 })
    await one.until(one.app.house.round())
    for (const token of ['BTC', 'ETH', 'SOL', 'XRP'])
      for (const timeframe of ['SCALP', 'DAY_TRADE'] as const)
        await one.until(
          one.client.recommendations.create({ body: { token, timeframe, mode: 'technical-only', maxAgeMs: 0 } }),
        )
    await other.time.advance(one.time.now() - other.time.now() + 1_000)
    for (const stepMs of [minutes(30), hours(3), hours(2), hours(20), hours(48), hours(72), hours(40)]) {
      await Promise.all([one.time.advance(stepMs), other.time.advance(stepMs)])
      const both = Promise.all([round(one), round(other)])
      await Promise.all([both, harass(dbs[2]!, both)])
      // A call that is refused twice in a row would be further behind than a venue's minutes reach and be judged by hours: the first calm
      // round may find its right gone, the second makes up for it.
      await sql`update lease set expires_at = '-infinity'`.execute(dbs[2]!)
      await round(one)
      await round(one)
    }
    // Undisturbed, each once: whatever was left out is done.
    await round(one)
    await sql`update lease set expires_at = '-infinity'`.execute(dbs[2]!)
    await round(other)

    const market = marketOf(seed)
    const all = await followed(one)
    expect(all.length).toBeGreaterThan(30)
    for (const { document, versions, source, state } of all) {
      expect(state).toBe('closed')
      expect(versions).toHaveLength(1)
      expect(canonical(versions[0]!.outcome)).toBe(canonical(oracle(market, document, source!)))
    }
    const lines: string[] = []
    for await (const line of await other.client.ledger.export()) lines.push(`${line}\n`)
    expect(await verifyExport(lines)).toMatchObject({ ok: true })
    expect(lines.filter((line) => line.includes('"kind":"outcome"')).length).toBe(all.length)
    const taken = (await dbs[2]!.selectFrom('lease').select('epoch').executeTakeFirstOrThrow()).epoch
    // How often it changes hands is a matter of timing; that a stale holder is refused has tests of its own.
    expect(taken).toBeGreaterThan(1)
    await one.close()
    await other.close()
    for (const db of dbs) await db.destroy()
    await drop()
  },
  300_000,
)
