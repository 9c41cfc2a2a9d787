import { PostgresDialect, type Dialect } from 'kysely'
import pg from 'pg'
import { Failure, isFailure, seconds } from '@pumpiq/domain'
import type { Log } from '../platform/log.ts'
import type { Metrics } from '../platform/metrics.ts'
import type { Secret } from '../platform/secret.ts'
import { int8, oid } from './parsers.ts'

type Parse = (text: string) => unknown

// So that both databases answer alike: int8 a number, numeric[] strings as numeric is, interval text.
const textArray = pg.types.getTypeParser(oid.textArray as never) as Parse
const ours: Record<number, Parse> = { [oid.int8]: int8, [oid.interval]: String, [oid.numericArray]: textArray }

/** How values are read, the same on every connection. */
export const types = {
  getTypeParser: ((id: number, format?: 'text') =>
    ours[id] ?? (pg.types.getTypeParser(id, format) as Parse)) as typeof pg.types.getTypeParser,
}

export function postgresDialect(url: Secret, log: Log, metrics?: Metrics): Dialect {
  const pool = new pg.Pool({
    connectionString: url.reveal(),
    max: 8,
    types,
    connectionTimeoutMillis: seconds(15),
    // A process that is frozen in the middle of a transaction would keep its locks for ever: nobody could take over from it.
    idle_in_transaction_session_timeout: seconds(8),
  })
  // A connection that dies between two queries ends the process unless somebody listens: idle ones speak through the pool, those that
  // are handed out, in the middle of a transaction, for themselves. Whoever uses it is told by the next query; the pool makes a new one.
  const lost = (error: Error) => log.warn('a database connection was lost', { error })
  pool.on('error', lost)
  pool.on('connect', (client) => client.on('error', lost))
  if (metrics) tellPool(metrics, 'main', pool)
  return new PostgresDialect({ pool })
}

/** What the connections of a pool do; `waiting` are queries for which there is none. */
export function tellPool(metrics: Metrics, name: 'main' | 'replica' | 'reads', pool: pg.Pool): void {
  const family = {
    name: 'pumpiq_database_pool_connections',
    help: 'Connections to PostgreSQL by pool (main; reads and replica where there is a replica) and state: busy, idle, waiting (queries that have none), most (how many there may be).',
    labels: ['pool', 'state'],
  } as const
  metrics.told('gauge', family, () => [
    [{ pool: name, state: 'busy' }, pool.totalCount - pool.idleCount],
    [{ pool: name, state: 'idle' }, pool.idleCount],
    [{ pool: name, state: 'waiting' }, pool.waitingCount],
    [{ pool: name, state: 'most' }, pool.options.max],
  ])
}

/** What a person is told when the database of `DATABASE_URL` cannot be worked with: the reason, never the password. */
export function unusable(thrown: unknown): Failure {
  if (isFailure(thrown) && thrown.code !== 'unavailable') return thrown
  const cause = isFailure(thrown) ? thrown.cause : thrown
  return new Failure('unavailable', `the database of DATABASE_URL cannot be used: ${reasonOf(cause)}`, { cause })
}

/** A name with several addresses fails with one error for each and no message of its own. */
export function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors.length > 0) return reasonOf(cause.errors[0])
  return cause instanceof Error && cause.message !== '' ? cause.message : String(cause)
}
