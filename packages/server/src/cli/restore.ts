import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { Failure, isFailure } from '@pumpiq/domain'
import { dbOver, type Db } from '../db/db.ts'
import { openPglite, pgliteDialectOver } from '../db/pglite.ts'
import { postgresDialect, unusable } from '../db/postgres.ts'
import { useTimescale } from '../db/timescale.ts'
import { exportLines } from '../ledger/export.ts'
import { showFault } from '../ledger/fault.ts'
import { openLedgerFile, type LedgerFile } from '../ledger/file.ts'
import { reconcile } from '../ledger/reconcile.ts'
import { readRows } from '../ledger/rows.ts'
import type { Head } from '../ledger/seal.ts'
import { verifyExport } from '../ledger/verify.ts'
import { homeOf } from '../outside.ts'
import { createRestoredRecord } from '../performance/restore.ts'
import { openHome, type HomeLabel } from '../platform/home.ts'
import { createLog } from '../platform/log.ts'
import { createRecommendations } from '../recommendations/store.ts'
import type { Scanned } from '../system/backup/read.ts'
import { restoreBackup, verifyBackup } from '../system/backup/restore.ts'
import { flag, readArgs } from './args.ts'
import type { CliOutside, Command } from './command.ts'

type Restored = Scanned & { readonly head: Head | null; readonly putBack: number }

export const restore: Command = {
  name: 'restore',
  summary: 'take a backup into an empty installation, whole or not at all',
  usage: `pumpiq restore FILE [--demo] [--json]

  FILE           what "backup" or a daily dump wrote, of this version or an older one
  --demo         it holds data of the simulated market
  --json         one JSON document instead of text

The file is verified to its end first. It goes into the database of DATABASE_URL, or into PUMPIQ_HOME, where no rows may be yet; then
counts and checksums are computed again from the database and the ledger's chain is verified, before anything stays. In a data folder
whose ledger.jsonl was saved, the records it has beyond the backup are put back too. Exit 0 when all is equal.`,
  async run(args, outside) {
    const { values, positionals } = readArgs(args, { demo: flag(), json: flag() }, { min: 1, max: 1, what: 'FILE' })
    const path = resolve(positionals[0]!)
    if (!existsSync(path)) throw new Failure('invalid', `${JSON.stringify(positionals[0])}: there is no such file`)
    const label: HomeLabel = values.demo ? 'simulated' : 'live'
    const restored = await (outside.config.databaseUrl
      ? restoreThere(path, label, outside)
      : restoreHere(path, label, outside))
    await outside.stdout(values.json ? `${JSON.stringify({ path, ...restored })}\n` : shown(path, restored))
    return 0
  },
}

async function restoreThere(path: string, label: HomeLabel, outside: CliOutside): Promise<Restored> {
  const db = dbOver(postgresDialect(outside.config.databaseUrl!, createLog({ level: 'error' })))
  try {
    return { ...(await into(db, path, label, outside)), putBack: 0 }
  } catch (thrown) {
    throw isFailure(thrown) || (thrown as Error).name === 'AbortError' ? thrown : unusable(thrown)
  } finally {
    await db.destroy()
  }
}

async function restoreHere(path: string, label: HomeLabel, outside: CliOutside): Promise<Restored> {
  // A file that is none makes no data folder.
  const verified = await verifyBackup(path, label)
  const log = createLog({ level: 'error' })
  const opened: (() => void | Promise<void>)[] = []
  try {
    const home = await openHome({ dir: homeOf(outside.config, label), label, clock: outside.clock })
    opened.push(() => home.release())
    const db = dbOver(pgliteDialectOver(await openPglite(home)))
    opened.push(() => db.destroy())
    const file = await openLedgerFile({ path: home.path('ledger.jsonl'), log })
    opened.push(() => file.close())
    const restored = await into(db, path, label, outside, { file, verified })
    const { restored: putBack } = await reconcile({
      db,
      file,
      log,
      restored: createRestoredRecord(createRecommendations({ db })),
    })
    return { ...restored, head: file.head(), putBack }
  } finally {
    for (const close of opened.toReversed()) await close()
  }
}

async function into(
  db: Db,
  path: string,
  label: HomeLabel,
  { clock, abort }: CliOutside,
  { file, verified }: { file?: LedgerFile; verified?: Scanned } = {},
): Promise<Scanned & { head: Head | null }> {
  let head: Head | null = null
  const scanned = await restoreBackup(
    {
      db,
      label,
      clock,
      abort,
      async check(tx) {
        const verdict = await verifyExport(exportLines(tx))
        if (verdict.faults[0])
          throw new Failure('broken', `the ledger of the backup does not verify: ${showFault(verdict.faults[0])}`)
        head = verdict.head
        if (file) await refuseOther(tx, file, head)
      },
    },
    path,
    verified,
  )
  await useTimescale(db)
  return { ...scanned, head }
}

/** A ledger file that was saved is of the same chain as the backup, or the backup does not belong here. */
async function refuseOther(db: Db, file: LedgerFile, head: Head | null): Promise<void> {
  const last = file.head()
  if (!last) return
  const common = Math.min(last.seq, head?.seq ?? 0)
  const own = common === 0 ? undefined : (await readRows(db, common, 1))[0]?.hash
  let there = last.hash
  if (common < last.seq)
    for await (const record of file.records()) {
      there = record.hash
      if (record.seq === common) break
    }
  if (common > 0 && own !== there)
    throw new Failure(
      'conflict',
      `${file.path} is of another ledger: its record ${common} has the hash ${there}, the backup's ${own}; choose another PUMPIQ_HOME`,
    )
}

function shown(path: string, { header, tables, head, putBack }: Restored): string {
  const rows = Object.values(tables).reduce((sum, table) => sum + table.rows, 0)
  const end = head ? `; the ledger verifies, the last record is ${head.seq}:${head.hash}` : ''
  const more = putBack > 0 ? `${putBack} records beyond the backup were put back from ledger.jsonl\n` : ''
  return `${path}, of ${header.madeAt}: ${rows} rows restored, counts and checksums equal${end}\n${more}`
}
