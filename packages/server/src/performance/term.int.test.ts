import { type ChildProcess, spawn } from 'node:child_process'
import { seconds } from '@pumpiq/domain'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createDb, type Db } from '../db/db.ts'
import { fence, takeLease } from '../db/lease.ts'
import { createDatabase, isPostgresThere } from '../db/test-postgres.ts'
import { systemClock } from '../platform/clock.ts'
import { silentLog } from '../platform/log.ts'
import type { Secret } from '../platform/secret.ts'

/** A short lease makes many rounds of it; the frozen ones come awake again and try to write. */
const rounds = 6
const forMs = seconds(2)

type Row = { seq: number; holder: string; epoch: number }

const path = (name: string) => new URL(name, import.meta.url).href

/** Holds the lease when it can, and writes by right of it as often as it can; gives it back when it is told to end. */
const script = (holder: string, url: string) => `
  import { sql } from 'kysely'
  import { createDb } from ${JSON.stringify(path('../db/db.ts'))}
  import { systemClock } from ${JSON.stringify(path('../platform/clock.ts'))}
  import { silentLog } from ${JSON.stringify(path('../platform/log.ts'))}
  import { createSecret } from ${JSON.stringify(path('../platform/secret.ts'))}
  import { createTerms } from ${JSON.stringify(path('./term.ts'))}
  const db = await createDb({ url: createSecret(${JSON.stringify(url)}), label: 'live', log: silentLog })
  const terms = createTerms({ db, clock: systemClock, holder: ${JSON.stringify(holder)}, changed: () => {}, forMs: ${forMs} })
  terms.start(() => {})
  let over = false
  process.on('SIGTERM', () => (over = true))
  while (!over) {
    const term = await terms.take().catch(() => null)
    await term?.write(async (tx) => {
      await sql\`insert into probe (holder, epoch) values (\${term.lease.holder}, \${term.lease.epoch})\`.execute(tx)
    }).catch(() => {})
    await systemClock.sleep(10)
  }
  await terms.drop()
  await db.destroy()
`

const isThere = await isPostgresThere()
let url: Secret
let drop: () => Promise<void>
let db: Db
const children = new Map<string, ChildProcess>()

beforeAll(async () => {
  if (!isThere) return
  ;({ url, drop } = await createDatabase())
  db = await createDb({ url, label: 'live', log: silentLog })
  await sql`create table probe (seq bigserial primary key, holder text not null, epoch bigint not null)`.execute(db)
})
afterAll(async () => {
  for (const child of children.values()) child.kill('SIGKILL')
  await db?.destroy()
  await drop?.()
})

function start(holder: string): void {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script(holder, url.reveal())], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  children.set(holder, child)
}

const newest = async (): Promise<Row | undefined> =>
  (await sql<Row>`select seq, holder, epoch from probe order by seq desc limit 1`.execute(db)).rows[0]

/** The newest write, once it is another's than the one given. */
async function otherThan(holder: string | null): Promise<Row> {
  for (;;) {
    const row = await newest()
    if (row && row.holder !== holder) return row
    await systemClock.sleep(20)
  }
}

it.skipIf(!isThere)(
  `of two processes one at a time writes, whoever is frozen, killed or ended${isThere ? '' : ' (skipped: no PostgreSQL answers on 127.0.0.1:5432)'}`,
  async () => {
    let made = 0
    const add = () => start(`process ${++made}`)
    add()
    add()
    const took = { frozen: [] as number[], killed: [] as number[], ended: [] as number[] }
    for (let round = 0; round < rounds; round++) {
      const { holder } = await otherThan(null)
      const child = children.get(holder)!
      const how = round % 3 === 1 ? 'killed' : round === rounds - 1 ? 'ended' : 'frozen'
      const from = systemClock.monotonic()
      child.kill({ frozen: 'SIGSTOP', killed: 'SIGKILL', ended: 'SIGTERM' }[how] as NodeJS.Signals)
      await otherThan(holder)
      took[how].push(Math.round(systemClock.monotonic() - from))
      if (how === 'frozen') child.kill('SIGCONT')
      else {
        children.delete(holder)
        add()
      }
    }
    console.log(`hand-over with a lease of ${forMs} ms, in ms: ${JSON.stringify(took)}`)
    const { rows } = await sql<Row>`select seq, holder, epoch from probe order by seq`.execute(db)
    // Had one written that was not the holder any more, its epoch would stand behind a newer one's.
    const stale = rows.filter(({ epoch }, i) => i > 0 && epoch < rows[i - 1]!.epoch)
    expect(stale).toEqual([])
    const holders = new Map(rows.map(({ epoch, holder }) => [epoch, holder]))
    expect(rows.filter(({ epoch, holder }) => holders.get(epoch) !== holder)).toEqual([])
    expect(holders.size).toBeGreaterThan(rounds)
  },
)

it.skipIf(!isThere)(
  `who stops in the middle of a transaction keeps nobody from taking over, and writes nothing${isThere ? '' : ' (skipped: no PostgreSQL answers on 127.0.0.1:5432)'}`,
  async () => {
    const other = await createDb({ url, label: 'live', log: silentLog })
    const held = (await takeLease(db, { name: 'stopped', holder: 'a', forMs: 1 }))!
    const inside = Promise.withResolvers<void>()
    const awake = Promise.withResolvers<void>()
    const stopped = db.transaction().execute(async (tx) => {
      await fence(tx, held)
      await sql`insert into probe (holder, epoch) values ('stopped', 1)`.execute(tx)
      inside.resolve()
      await awake.promise
      await sql`select 1`.execute(tx)
    })
    const end = stopped.then(
      () => 'it was written',
      (error: unknown) => String(error),
    )
    await inside.promise
    // Waits for the row, which the database sets free when the one who locked it has been silent for too long.
    await expect
      .poll(() => takeLease(other, { name: 'stopped', holder: 'b', forMs: 60_000 }), { timeout: 60_000 })
      .toMatchObject({ holder: 'b', epoch: 2 })
    awake.resolve()
    // Not by the fence, which it had passed: its connection is gone.
    expect(await end).toMatch(/connection|terminat|timeout/i)
    expect((await sql`select 1 from probe where holder = 'stopped'`.execute(other)).rows).toEqual([])
    await other.destroy()
  },
)
