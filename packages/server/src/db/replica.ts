import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely'
import pg from 'pg'
import { Failure, isFailure, seconds } from '@pumpiq/domain'
import type { StoreHealth } from '@pumpiq/api'
import type { Clock } from '../platform/clock.ts'
import type { HomeLabel } from '../platform/home.ts'
import type { Log } from '../platform/log.ts'
import type { Metrics } from '../platform/metrics.ts'
import type { Secret } from '../platform/secret.ts'
import { dbOver, type Db } from './db.ts'
import { reasonOf, tellPool, types } from './postgres.ts'

type Needs = {
  url: Secret
  replicaUrl: Secret
  label: HomeLabel
  clock: Pick<Clock, 'monotonic'>
  log: Log
  metrics?: Metrics
}

/**
 * `db` is for reading alone, one query at a time: transactions and writes are refused, wherever it reads. `problem` is a sentence for
 * people while the replica is set and not in use.
 */
export type Reads = {
  readonly db: Db
  state(): StoreHealth['replica']
  problem(): string | null
  close(): Promise<void>
}

/** Without a replica everything is read where it is written. */
export const readsOf = (db: Db): Reads => ({ db, state: () => 'none', problem: () => null, close: async () => {} })

/** A replica that went away is looked for again after so long. */
const retryMs = seconds(15)
const connectWithinMs = seconds(2)
/** Whoever reads from it waits at most so long before the database itself is asked. */
const answerWithinMs = seconds(5)

/**
 * Reads from a replica while it answers, and from the database itself, loudly, while it does not. The replica is never migrated; one that
 * holds another label's data, or is a copy of another database, is refused (conflict).
 */
export async function openReads({ url, replicaUrl, label, clock, log, metrics }: Needs): Promise<Reads> {
  const replica = readOnlyPool(replicaUrl, log, { query_timeout: answerWithinMs })
  const primary = readOnlyPool(url, log, {})
  if (metrics) tellPool(metrics, 'replica', replica)
  if (metrics) tellPool(metrics, 'reads', primary)
  let away: { why: string; since: number } | null = null
  let looking: Promise<void> | null = null

  function leave(thrown: unknown): void {
    if (!away) log.warn('the read replica does not answer; the database itself is read', { error: thrown })
    away = { why: reasonOf(thrown), since: clock.monotonic() }
  }

  /** Throws what keeps the replica from being used. */
  async function check(): Promise<void> {
    const [own, theirs] = await Promise.all([installationOf(primary), installationOf(replica)])
    if (theirs.label !== label)
      throw new Failure('conflict', `the replica holds ${theirs.label} data and cannot be read as ${label}`)
    if (theirs.madeAt !== own.madeAt) throw new Failure('conflict', 'the replica is a copy of another database')
  }

  async function look(): Promise<void> {
    try {
      await check()
      if (away) log.info('the read replica is in use again')
      away = null
    } catch (thrown) {
      leave(thrown)
    }
  }

  /** Nobody who reads waits for the look. */
  function isUsable(): boolean {
    if (away && clock.monotonic() - away.since >= retryMs) looking ??= look().finally(() => (looking = null))
    return away === null
  }

  async function read({ sql, parameters }: CompiledQuery): Promise<pg.QueryResult> {
    if (isUsable()) {
      try {
        return await replica.query(sql, [...parameters])
      } catch (thrown) {
        const lost = isLost(thrown)
        if (!lost && !isBehind(thrown)) throw thrown
        if (lost) leave(thrown)
      }
    }
    return primary.query(sql, [...parameters])
  }

  const close = async () => {
    await looking
    await Promise.all([replica.end(), primary.end()])
  }
  try {
    await check()
  } catch (thrown) {
    if (isFailure(thrown)) {
      await close()
      throw thrown
    }
    leave(thrown)
  }
  const db = dbOver(dialectOver(read))
  return {
    db,
    state: () => (away ? 'away' : 'in use'),
    problem: () =>
      away && `The read replica is not in use (${away.why}): lists are read from the database that is written to.`,
    close,
  }
}

function readOnlyPool(url: Secret, log: Log, more: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    connectionString: readOnly(url),
    max: 8,
    types,
    connectionTimeoutMillis: connectWithinMs,
    ...more,
  })
  const lost = (error: Error) => log.debug('a connection for reading was lost', { error })
  pool.on('error', lost)
  pool.on('connect', (client) => client.on('error', lost))
  return pool
}

/** Every transaction of such a connection may only read: the server refuses the rest. */
function readOnly(url: Secret): string {
  const parsed = new URL(url.reveal())
  const own = parsed.searchParams.get('options')
  const options = [...(own ? [own] : []), '-c default_transaction_read_only=on']
  parsed.searchParams.set('options', options.join(' '))
  return parsed.href
}

async function installationOf(pool: pg.Pool): Promise<{ label: string; madeAt: string }> {
  const { rows } = await pool.query<{ label: string; madeAt: string }>(
    'select home_label as label, made_at::text as "madeAt" from installation',
  )
  if (!rows[0]) throw new Error('it holds no installation yet')
  return rows[0]
}

const codeOf = (thrown: unknown): string => {
  const code = (thrown as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

/** No answer of a server (those have codes of five signs), or one that says that it cannot serve us. */
const isLost = (thrown: unknown): boolean => {
  const code = codeOf(thrown)
  return !/^[0-9A-Z]{5}$/.test(code) || /^(08|28|3D|53|57P|58|XX)/.test(code)
}

/** What a replica alone fails with: it replays what removes the rows that are read, or is older than the schema. */
const isBehind = (thrown: unknown): boolean => /^(40001|42P01|42703|42704|42883)$/.test(codeOf(thrown))

const forReadingAlone = () => new Failure('broken', 'this database is for reading: there are no transactions on it')

function dialectOver(read: (query: CompiledQuery) => Promise<pg.QueryResult>): Dialect {
  const connection = {
    async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
      const { rows } = await read(query)
      return { rows: rows as R[] }
    },
    // oxlint-disable-next-line require-yield -- nothing is streamed
    async *streamQuery(): AsyncGenerator<never> {
      throw forReadingAlone()
    },
  }
  const refuse = async () => {
    throw forReadingAlone()
  }
  const driver: Driver = {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    releaseConnection: async () => {},
    destroy: async () => {},
  }
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => driver,
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  }
}
