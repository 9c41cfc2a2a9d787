import { createPostgresBackend, runMigrations, type BackendFactory } from 'bullmq'
import pg from 'pg'
import { Failure, isFailure } from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Secret } from '../platform/secret.ts'
import type { Backend } from './backend.ts'
import { createBullBackend } from './bull.ts'
import { createConnectionWatch, isAway, type ConnectionWatch } from './connection-watch.ts'

type Needs = { url: Secret; clock: Clock; log: Log; lockMs: number }

/** The queue's tables have a schema of their own, beside ours. */
export const queueSchema = 'bullmq'

/** The database keeps the schedules: what could take them away is rare. */
const lookEveryMs = 60_000

// A worker keeps one connection to be told of new jobs; there is one a role.
const workingConnections = 16
// Two who place the same at the same instant do not see each other's row; under this the later one is refused, and looks again.
const isolation = '-c default_transaction_isolation=repeatable\\ read'

/** The queue of a cluster without Redis, in its database. Its tables are made by whoever comes first; the others wait for that. */
export async function openPostgresBackend({ url, clock, log, lockMs }: Needs): Promise<Backend> {
  const open = (more: pg.PoolConfig, options = '') =>
    new pg.Pool({
      connectionString: url.reveal(),
      connectionTimeoutMillis: 2_000,
      keepAlive: true,
      ...more,
      options: `-c search_path=${queueSchema},public ${options}`,
    })
  const placing = open({ max: 4, query_timeout: 2_000 }, isolation)
  const working = open({ max: workingConnections })
  const ping = () => placing.query('select 1')
  const watch = createConnectionWatch({ what: 'the queue in the database', ping, clock, log })
  for (const pool of [placing, working]) listen(pool, watch)
  try {
    await migrate(working)
  } catch (thrown) {
    watch.close()
    await Promise.all([placing.end(), working.end()])
    throw isFailure(thrown)
      ? thrown
      : new Failure('unavailable', 'the queue in the database does not open', { cause: thrown })
  }
  return createBullBackend({
    store: {
      kind: 'postgres',
      what: 'the queue in the database',
      factory: createPostgresBackend as unknown as BackendFactory,
      placing,
      working: () => patient(working),
      lookEveryMs,
      drainDelay: 30,
      watch,
      ping,
      cut: async () => void (await Promise.allSettled([placing.end(), working.end()])),
    },
    clock,
    lockMs,
  })
}

/** A connection that breaks ends the process unless somebody listens: idle ones speak through the pool, others for themselves. */
function listen(pool: pg.Pool, watch: ConnectionWatch): void {
  pool.on('error', watch.tell)
  pool.on('connect', (client) => client.setMaxListeners(0).on('error', watch.tell))
  pool.setMaxListeners(0)
}

async function migrate(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await runMigrations(client, queueSchema)
  } finally {
    client.release()
  }
}

/**
 * BullMQ pauses before it asks again where it is told ECONNREFUSED alone, and else asks at once, for as long as the database is away:
 * every error that says "away" is told so.
 */
function patient(pool: pg.Pool): pg.Pool {
  const query = async (...asked: unknown[]) => {
    try {
      return await (pool.query as (...asked: unknown[]) => Promise<unknown>).apply(pool, asked)
    } catch (thrown) {
      if (thrown instanceof Error && isAway(thrown)) throw Object.assign(thrown, { code: 'ECONNREFUSED' })
      throw thrown
    }
  }
  return new Proxy(pool, { get: (target, name) => (name === 'query' ? query : bound(target, name)) })
}

function bound(target: pg.Pool, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name)
  return typeof value === 'function' ? (value.bind(target) as unknown) : value
}
