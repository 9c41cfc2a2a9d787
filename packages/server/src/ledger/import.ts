import { withheldNote } from '@pumpiq/api'
import { Failure } from '@pumpiq/domain'
import type { Db, Tx } from '../db/db.ts'
import { showFault } from './fault.ts'
import type { LedgerFile } from './file.ts'
import { linesOf, type Chunks } from './lines.ts'
import { readLine } from './read-line.ts'
import { completeFile, type Restored } from './reconcile.ts'
import { batchSize, headOf, insertRows, lockLedger } from './rows.ts'
import type { Head, Sealed } from './seal.ts'
import { createVerifier, verifyExport } from './verify.ts'

const wholeOnly =
  'an installation is made of the whole ledger: import ledger.jsonl, or an export made by an administrator'

type Needs = { db: Db; file: LedgerFile | null; restored?: Restored | undefined }

/**
 * Takes an export into an empty ledger: verified first, then all of it in one transaction or nothing. `open` gives the export anew each
 * time it is called. Failure conflict when there are records already, invalid when the export does not verify.
 */
export async function importLedger(
  { db, file, restored }: Needs,
  open: () => Chunks,
): Promise<{ count: number; head: Head | null }> {
  const { faults, count, head, withheld } = await verifyExport(open(), { mayWithhold: true })
  if (faults[0]) throw new Failure('invalid', `the export does not verify: ${showFault(faults[0])}`)
  if (withheld > 0) throw new Failure('invalid', `${withheldNote(withheld)}; ${wholeOnly}`)
  await db.transaction().execute(async (tx) => {
    await lockLedger(tx)
    const there = await headOf(tx)
    const last = there?.seq ?? file?.head()?.seq
    if (last !== undefined)
      throw new Failure('conflict', `the ledger has ${last} records; an export is imported into an empty one`)
    await insertAll(tx, open(), restored, head)
  })
  // The database has all of it now; the file follows, and would at the next start if this process died here.
  if (file) await completeFile(db, file)
  return { count, head }
}

async function insertAll(tx: Tx, chunks: Chunks, restored: Restored | undefined, head: Head | null): Promise<void> {
  const verifier = createVerifier()
  let batch: Sealed[] = []
  const flush = async () => {
    await insertRows(tx, batch)
    for (const record of batch) await restored?.(tx, record)
    batch = []
  }
  for await (const { bytes, whole } of linesOf(chunks)) {
    const read = readLine(bytes)
    verifier.line(read, whole)
    if (read.is === 'record') batch.push(read.record)
    if (batch.length === batchSize) await flush()
  }
  await flush()
  if (!verifier.end(head).ok) throw new Failure('conflict', 'the export changed while it was read')
}
