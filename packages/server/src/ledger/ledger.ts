import { canonical, Failure } from '@pumpiq/domain'
import type { Db, Tx } from '../db/db.ts'
import type { Log } from '../platform/log.ts'
import { exportLines } from './export.ts'
import { openLedgerFile, type LedgerFile } from './file.ts'
import { reconcile, type Restored } from './reconcile.ts'
import { headOf, insertRows, lockLedger, readRows } from './rows.ts'
import { seal, type Head, type Sealed } from './seal.ts'
import { exportShown } from './shown.ts'

/** What is written together with a record, or not at all. It may run twice, and must not append to the ledger itself. */
export type Also = (tx: Tx, sealed: Sealed) => Promise<void>

export type Ledger = ReturnType<typeof createLedger>

type Needs = { db: Db; file: LedgerFile | null; log: Log }

type Pending = { sealed: Sealed; also: Also | undefined }

const tries = 3

/**
 * The append-only chain. Appends are one after the other, in this process by a queue, among processes by a table lock. Embedded, the
 * line is on the disk before the commit: what the database then fails to keep is committed again from that line, never sealed anew.
 */
export function createLedger({ db, file, log }: Needs) {
  let queue: Promise<unknown> = Promise.resolve()
  /** In the file, not yet in the database. */
  let pending: Pending | null = null

  async function appendNow(body: unknown, also: Also | undefined): Promise<Sealed> {
    if (pending) {
      const { sealed } = pending
      await commitPending(pending)
      // Whoever was told "unavailable" and asks again gets the record that is sealed already.
      if (canonical(body) === sealed.body) return sealed
    }
    const reached: { sealed?: Sealed; isInFile?: boolean } = {}
    try {
      return await db.transaction().execute(async (tx) => {
        await lockLedger(tx)
        const sealed = seal(await headOf(tx), body)
        await insertRows(tx, [sealed])
        await also?.(tx, sealed)
        if (file) await file.append([sealed])
        reached.isInFile = file !== null
        reached.sealed = sealed
        return sealed
      })
    } catch (error) {
      const { sealed, isInFile } = reached
      if (!sealed) throw withoutRoom(error)
      if (!isInFile) return await committedOr(sealed, error)
      log.warn('the database did not commit a sealed record; it is committed again from the ledger file', { error })
      pending = { sealed, also }
      await commitPending(pending)
      return sealed
    }
  }

  async function commitPending({ sealed, also }: Pending): Promise<void> {
    for (let left = tries; ; left--) {
      try {
        await db.transaction().execute(async (tx) => {
          if (await isThere(tx, sealed)) return
          await insertRows(tx, [sealed])
          await also?.(tx, sealed)
        })
        pending = null
        return
      } catch (cause) {
        if (left > 1) continue
        const sentence = `record ${sealed.seq} is sealed in the ledger file but the database does not take it; it is tried again with the next one and at start`
        throw new Failure('unavailable', sentence, { cause })
      }
    }
  }

  /** A connection lost at the commit leaves open whether it happened; under the lock the answer is final. */
  async function committedOr(sealed: Sealed, error: unknown): Promise<Sealed> {
    for (let left = tries; ; left--) {
      try {
        const happened = await db.transaction().execute(async (tx) => {
          await lockLedger(tx)
          return isThere(tx, sealed)
        })
        if (happened) return sealed
        break
      } catch {
        if (left > 1) continue
        const sentence = `the database was lost while record ${sealed.seq} was committed; whether it was kept is not known`
        throw new Failure('unavailable', sentence, { cause: error })
      }
    }
    throw error
  }

  return {
    /** Seals a JSON value as the next record, and in the same transaction does `also`. When it throws `also` has left nothing. */
    append(body: unknown, also?: Also): Promise<Sealed> {
      const appended = queue.then(() => appendNow(body, also))
      queue = appended.catch(() => {})
      return appended
    },

    /** The last record's number and hash, null when there is none. */
    head: (): Promise<Head | null> => headOf(db),

    /** At most `limit` (1 to 10,000) records from `fromSeq` on, in order. */
    async read(fromSeq: number, limit: number): Promise<Sealed[]> {
      if (!Number.isSafeInteger(fromSeq) || fromSeq < 1)
        throw new Failure('invalid', `fromSeq is a whole number from 1, not ${fromSeq}`)
      if (!Number.isSafeInteger(limit) || limit < 1 || limit > 10_000) {
        throw new Failure('invalid', `limit is a whole number from 1 to 10000, not ${limit}`)
      }
      return readRows(db, fromSeq, limit)
    },

    /** The whole ledger as JSON lines, each with its line feed: what `verifyExport` reads. */
    exportLines: (): AsyncGenerator<string> => exportLines(db),

    /** The same as a user (null: nobody) may see it: what is personal of others has null for a body. */
    exportShown: (userId: string | null): AsyncGenerator<string> => exportShown(db, userId),

    /** Waits for what is being appended and closes the file; the database is closed by whoever opened it. */
    async close(): Promise<void> {
      await queue
      await file?.close()
    },
  }
}

/** PostgreSQL's disk_full, from the embedded database too: no bug, and nothing was recorded. */
function withoutRoom(error: unknown): unknown {
  if ((error as { code?: unknown } | null)?.code !== '53100') return error
  const sentence = 'the disk of the database is full: nothing was recorded, and nothing can be until there is room'
  return new Failure('unavailable', sentence, { cause: error })
}

async function isThere(tx: Tx, { seq, hash }: Sealed): Promise<boolean> {
  const row = await tx.selectFrom('ledger').select('hash').where('seq', '=', seq).executeTakeFirst()
  return row?.hash === hash
}

type OpenNeeds = { db: Db; path: string | null; log: Log; restored?: Restored }

/** Opens the ledger and, with a file (`ledger.jsonl` in the home; null on a cluster), reconciles both before anything is appended. */
export async function openLedger({ db, path, log, restored }: OpenNeeds): Promise<Ledger> {
  if (path === null) return createLedger({ db, file: null, log })
  const file = await openLedgerFile({ path, log })
  try {
    await reconcile({ db, file, log, restored })
    return createLedger({ db, file, log })
  } catch (error) {
    await file.close()
    throw error
  }
}
