import { Failure } from '@pumpiq/domain'
import type { Db, Tx } from '../db/db.ts'
import type { Log } from '../platform/log.ts'
import type { LedgerFile } from './file.ts'
import { batchSize, headOf, insertRows, readRows, rowsFrom } from './rows.ts'
import { chainHash, firstPrevHash, type Sealed } from './seal.ts'

/** Puts back what was written together with a record, in the transaction that puts back the record. */
export type Restored = (tx: Tx, record: Sealed) => Promise<void>

type Needs = { db: Db; file: LedgerFile; log: Log; restored?: Restored | undefined }

/**
 * At start, before anything is appended: the embedded database may have lost its last commits in a power cut, or be gone; the file has
 * all that was acknowledged. What the database lacks is put back from the file, what the file lacks is written to it when it
 * continues the chain; where both have a record and differ, nothing is guessed: Failure broken names it.
 */
export async function reconcile({ db, file, log, restored }: Needs): Promise<{ restored: number; written: number }> {
  let put = 0
  for await (const batch of inBatches(file.records())) {
    const lacking = await lackingOf(db, file.path, batch)
    if (lacking.length === 0) continue
    await db.transaction().execute(async (tx) => {
      await insertRows(tx, lacking)
      for (const record of lacking) await restored?.(tx, record)
    })
    put += lacking.length
  }
  if (put > 0) log.warn('the database lacked records of the ledger; they were put back from its file', { records: put })
  const written = await completeFile(db, file)
  if (written > 0) log.warn('the ledger file lacked records; they were written from the database', { records: written })
  return { restored: put, written }
}

async function lackingOf(db: Db, path: string, batch: readonly Sealed[]): Promise<Sealed[]> {
  const rows = await readRows(db, batch[0]!.seq, batch.length)
  const bySeq = new Map(rows.map((row) => [row.seq, row]))
  return batch.filter((record) => {
    const row = bySeq.get(record.seq)
    if (!row) return true
    if (row.hash === record.hash && row.prevHash === record.prevHash && row.body === record.body) return false
    throw new Failure(
      'broken',
      `${path} and the database disagree about record ${record.seq}: ${record.hash} there, ${row.hash} here`,
    )
  })
}

/** Writes to the file the records that only the database has, when they continue the chain; their number. */
export async function completeFile(db: Db, file: LedgerFile): Promise<number> {
  const inFile = file.head()
  const inDb = await headOf(db)
  if (!inDb || inDb.seq <= (inFile?.seq ?? 0)) return 0
  let hash = inFile?.hash ?? firstPrevHash
  let written = 0
  for await (const batch of inBatches(rowsFrom(db, (inFile?.seq ?? 0) + 1))) {
    for (const { seq, prevHash, hash: own, body } of batch) {
      if (prevHash !== hash || chainHash(prevHash, body) !== own) {
        throw new Failure('broken', `record ${seq} of the database does not continue the ledger in ${file.path}`)
      }
      hash = own
    }
    await file.append(batch)
    written += batch.length
  }
  return written
}

async function* inBatches(records: AsyncIterable<Sealed>): AsyncGenerator<Sealed[]> {
  let batch: Sealed[] = []
  for await (const record of records) {
    batch.push(record)
    if (batch.length === batchSize) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}
