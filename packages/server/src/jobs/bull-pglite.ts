import type { PGlite } from '@electric-sql/pglite'
import { createPostgresBackend, runMigrations, type BackendFactory } from 'bullmq'
import { hours, minutes } from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Backend } from './backend.ts'
import { queueSchema } from './bull-postgres.ts'
import { createBullBackend } from './bull.ts'
import { createConnectionWatch } from './connection-watch.ts'
import { createPglitePool } from './pglite-pool.ts'

type Needs = { pglite: PGlite; clock: Clock; log: Log; lockMs: number }

/** Nothing but ourselves can take a schedule away. */
const lookEveryMs = minutes(5)

/** Nobody vacuums an embedded database by itself, and a job is a row written four times and deleted: about a megabyte a thousand jobs. */
const tidyEveryMs = hours(1)
const tidy = `vacuum ${['job', 'event', 'dedup', 'scheduler', 'meta'].map((table) => `${queueSchema}.${table}`).join(', ')}`

/** The queue of one machine, in its embedded database, which it shares with everybody else there; closing it leaves that open. */
export async function openPgliteBackend({ pglite, clock, log, lockMs }: Needs): Promise<Backend> {
  const pool = createPglitePool(pglite)
  await runMigrations((await pool.connect()) as never, queueSchema)
  // The queue asks for its tables without their schema. Ours come first, so that no statement of ours ever means one of its tables.
  await pglite.exec(`set search_path to public, ${queueSchema}`)
  const ping = () => pool.query('select 1')
  const watch = createConnectionWatch({ what: 'the queue in the embedded database', ping, clock, log })
  const tidying = clock.every(tidyEveryMs, async () => void (await pglite.exec(tidy).catch(watch.tell)))
  return createBullBackend({
    store: {
      kind: 'pglite',
      what: 'the queue in the embedded database',
      factory: createPostgresBackend as unknown as BackendFactory,
      placing: pool,
      working: () => pool,
      lookEveryMs,
      drainDelay: 60,
      watch,
      ping,
      cut: () => Promise.resolve(tidying.stop()),
    },
    clock,
    lockMs,
  })
}
