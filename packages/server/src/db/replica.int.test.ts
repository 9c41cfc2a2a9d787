import { afterAll, describe, expect, it } from 'vitest'
import { sql } from 'kysely'
import pg from 'pg'
import { seconds, toIso } from '@pumpiq/domain'
import { createCollectedLog, silentLog } from '../platform/log.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import type { Secret } from '../platform/secret.ts'
import { createSecret } from '../platform/secret.ts'
import { createDb, type Db } from './db.ts'
import { openReads, type Reads } from './replica.ts'
import { createDatabase, isPostgresThere } from './test-postgres.ts'

const there = await isPostgresThere()
const ending: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const end of ending.toReversed()) await end()
})

type Both = { url: Secret; replicaUrl: Secret; primary: Db; copy: Db; dropCopy(): Promise<void> }

/** Two databases, the second of which passes for a copy of the first: nothing replicates, so that what is read says where it comes from. */
async function createBoth(): Promise<Both> {
  const [one, two] = [await createDatabase(), await createDatabase()]
  const [primary, copy] = await Promise.all(
    [one, two].map(({ url }) => createDb({ url, label: 'live', log: silentLog })),
  )
  let dropped = false
  const dropCopy = async () => {
    if (dropped) return
    dropped = true
    await copy!.destroy()
    await two.drop()
  }
  ending.push(async () => {
    await dropCopy()
    await primary!.destroy()
    await one.drop()
  })
  const at = toIso(Date.UTC(2026, 0, 1))
  for (const db of [primary!, copy!]) await sql`update installation set made_at = ${at}::timestamptz`.execute(db)
  for (const [db, body] of [
    [primary!, 'the database itself'],
    [copy!, 'the replica'],
  ] as const)
    await db
      .insertInto('inputs')
      .values({ hash: 'a'.repeat(64), body })
      .execute()
  return { url: one.url, replicaUrl: two.url, primary: primary!, copy: copy!, dropCopy }
}

async function opened(both: Pick<Both, 'url' | 'replicaUrl'>) {
  const log = createCollectedLog()
  const clock = createManualClock(Date.UTC(2026, 0, 2))
  const reads = await openReads({ ...both, label: 'live', clock, log })
  ending.push(() => reads.close())
  return {
    reads,
    clock,
    said: () => log.entries.filter(({ level }) => level !== 'debug').map(({ sentence }) => sentence),
  }
}
const whereFrom = async ({ db }: Reads) => (await db.selectFrom('inputs').select('body').executeTakeFirstOrThrow()).body
const write = (db: Db) =>
  db
    .insertInto('inputs')
    .values({ hash: 'b'.repeat(64), body: 'x' })
    .execute()

describe.skipIf(!there)('with PostgreSQL at 127.0.0.1:5432 (skipped where it does not answer)', () => {
  it('is read and never written, with the same forms of values', async () => {
    const both = await createBoth()
    const { reads } = await opened(both)
    expect(await whereFrom(reads)).toBe('the replica')
    expect([reads.state(), reads.problem()]).toEqual(['in use', null])
    await expect(write(reads.db)).rejects.toMatchObject({ code: '25006' })
    await expect(reads.db.transaction().execute(async () => 1)).rejects.toThrow('for reading')
    const { rows } = await sql`select 7::int8 as a_number, 0.10::numeric as b`.execute(reads.db)
    expect(rows).toEqual([{ aNumber: 7, b: '0.10' }])
    for (const db of [both.primary, both.copy])
      expect(await db.selectFrom('inputs').select('hash').execute()).toHaveLength(1)
  })

  it('that goes away is told of, the database itself is read meanwhile, and still not written', async () => {
    const both = await createBoth()
    const { reads, said } = await opened(both)
    expect(await whereFrom(reads)).toBe('the replica')
    await both.dropCopy()
    expect(await whereFrom(reads)).toBe('the database itself')
    expect(reads.state()).toBe('away')
    expect(reads.problem()).toMatch(/^The read replica is not in use \(.+\): lists are read from the database/)
    expect(said()).toEqual(['the read replica does not answer; the database itself is read'])
    await expect(write(reads.db)).rejects.toMatchObject({ code: '25006' })
  })

  it('that cannot be reached at first is used as soon as it can', async () => {
    const both = await createBoth()
    const name = new URL(both.replicaUrl.reveal()).pathname.slice(1)
    await onServer(`alter database ${name} with allow_connections false`)
    const { reads, clock, said } = await opened(both)
    expect([await whereFrom(reads), reads.state()]).toEqual(['the database itself', 'away'])
    await onServer(`alter database ${name} with allow_connections true`)
    await clock.advance(seconds(16))
    await expect.poll(async () => whereFrom(reads), { timeout: 20_000 }).toBe('the replica')
    expect(said().at(-1)).toBe('the read replica is in use again')
  })

  it('of another label, or of another database, is refused', async () => {
    const both = await createBoth()
    const refused = () => openReads({ ...both, label: 'live', clock: createManualClock(0), log: silentLog })
    await sql`update installation set home_label = 'simulated'`.execute(both.copy)
    await expect(refused()).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('simulated') })
    await sql`update installation set home_label = 'live', made_at = now()`.execute(both.copy)
    await expect(refused()).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('another') })
  })

  it('that lacks what the database has by now leaves that to the database', async () => {
    const both = await createBoth()
    const { reads } = await opened(both)
    await sql`create table younger as select 1 as n`.execute(both.primary)
    expect((await sql`select n from younger`.execute(reads.db)).rows).toEqual([{ n: 1 }])
    expect(reads.state()).toBe('in use')
  })

  it('whose host is none does not keep the server from starting, and no password is told', async () => {
    const both = await createBoth()
    const replicaUrl = createSecret('postgres://postgres:hunter2@127.0.0.1:1/none')
    const { reads } = await opened({ ...both, replicaUrl })
    expect(await whereFrom(reads)).toBe('the database itself')
    expect(reads.problem()).toContain('ECONNREFUSED')
    expect(reads.problem()).not.toContain('hunter2')
  })
})

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: 'postgres://postgres@127.0.0.1:5432/test' })
  await client.connect()
  await client.query(statement)
  await client.end()
}
