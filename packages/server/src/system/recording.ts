import { isFailure, type Failure } from '@pumpiq/domain'
import { sql } from 'kysely'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { ReadyCheck } from './routes.ts'

type Needs = { db: Db; clock: Pick<Clock, 'monotonic'> }

/** How often it is tried, at most, whether there is room again. */
const everyMs = 2_000

/**
 * Whether records can be kept. It is red from an append that found no room, in the database or on the ledger file's disk, until one
 * succeeds or as much room as records need is taken and given back.
 */
export function createRecording({ db, clock }: Needs) {
  let problem: Failure | null = null
  let triedAt = -Infinity

  /** To be put around every append to the ledger. */
  async function watch<T>(append: Promise<T>): Promise<T> {
    try {
      const appended = await append
      problem = null
      return appended
    } catch (thrown) {
      // "Unavailable" is what the ledger and the embedded database call a disk that takes nothing.
      if (isFailure(thrown) && thrown.code === 'unavailable') problem = thrown
      throw thrown
    }
  }

  async function check(): Promise<void> {
    if (problem === null) return
    if (clock.monotonic() - triedAt >= everyMs) {
      triedAt = clock.monotonic()
      problem = await takeRoom(db).then(
        () => null,
        () => problem,
      )
    }
    if (problem !== null) throw problem
  }

  return { watch, ready: { name: 'recording', check } satisfies ReadyCheck }
}

/** A megabyte of pages, written and dropped: PostgreSQL takes them from the disk when they are asked for. */
async function takeRoom(db: Db): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`create temporary table room on commit drop as
      select string_agg(md5(n::text || m::text), '') as bytes
      from generate_series(1, 128) n, generate_series(1, 256) m group by n`.execute(tx)
  })
}
