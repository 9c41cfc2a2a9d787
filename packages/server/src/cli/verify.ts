import { createReadStream, existsSync, statSync } from 'node:fs'
import { withheldNote } from '@pumpiq/api'
import { Failure, isFailure } from '@pumpiq/domain'
import { sql } from 'kysely'
import { dbOver, type Db } from '../db/db.ts'
import { openPglite, pgliteDialectOver, pgliteFolder } from '../db/pglite.ts'
import { postgresDialect, unusable } from '../db/postgres.ts'
import { showFault, type Verdict } from '../ledger/fault.ts'
import type { Head } from '../ledger/seal.ts'
import { verifyExport } from '../ledger/verify.ts'
import { firstFault, verifyKept, type KeptVerdict } from '../ledger/verify-kept.ts'
import { homeOf } from '../outside.ts'
import { homeLabelOf, openHome, type HomeLabel } from '../platform/home.ts'
import { createLog } from '../platform/log.ts'
import { flag, optional, readArgs, text, type Reader } from './args.ts'
import type { CliOutside, Command } from './command.ts'

const head: Reader<Head> = (given, option) => {
  const [, seq = '', hash = ''] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/.exec(given) ?? []
  if (!seq)
    throw new Failure(
      'invalid',
      `--${option} ${JSON.stringify(given)}: allowed is SEQ:HASH, such as 12:4f0c... (64 hex digits)`,
    )
  return { seq: Number(seq), hash }
}

const spec = { export: optional(text), head: optional(head), demo: flag(), json: flag() }

/** At most so many faults are listed; all are counted. */
const listed = 100

export const verify: Command = {
  name: 'verify',
  summary: 'check that no record of the ledger was altered, lost, moved or doubled',
  usage: `pumpiq verify [--export FILE [--head SEQ:HASH]] [--demo] [--json]

  --export FILE      an export (JSON lines), checked offline; without it the ledger of this installation: database and ledger.jsonl
  --head SEQ:HASH    the last record as it was published; only so a cut-off end of an export can be seen
  --demo             the ledger of the simulated market
  --json             one JSON document instead of text

Records that an export withholds are counted and told: their place in the chain is checked, their content is not.
Exit code 0 when everything verifies, 1 when there is a fault.
`,
  async run(args, outside) {
    const { values } = readArgs(args, spec)
    if (values.head && values.export === undefined) throw new Failure('invalid', '--head goes with --export')
    if (values.export !== undefined && values.demo)
      throw new Failure('invalid', '--export and --demo exclude each other')
    return values.export === undefined
      ? tellKept(await verifyInstallation(values.demo, outside), values.json, outside)
      : tellExport(values.export, await verifyFile(values.export, values.head ?? null), values.json, outside)
  },
}

async function verifyFile(path: string, known: Head | null): Promise<Verdict> {
  if (!existsSync(path) || !statSync(path).isFile())
    throw new Failure('invalid', `--export ${JSON.stringify(path)}: there is no such file`)
  return verifyExport(createReadStream(path), { head: known, mayWithhold: true })
}

async function verifyInstallation(demo: boolean, { config, clock }: CliOutside): Promise<KeptVerdict> {
  if (config.databaseUrl) {
    const db = dbOver(postgresDialect(config.databaseUrl, createLog({ level: 'error' })))
    try {
      return await verifyKept({ db: await withLedgerTable(db), path: null })
    } catch (thrown) {
      throw unusable(thrown)
    } finally {
      await db.destroy()
    }
  }
  const dir = homeOf(config, demo ? 'simulated' : 'live')
  const label = homeLabelOf(dir)
  if (label === null) {
    const other = !demo && homeLabelOf(homeOf(config, 'simulated')) ? '; the simulated one is verified with --demo' : ''
    throw new Failure('notFound', `${dir} is no data folder of PumpIQ: there is no ledger to verify${other}`)
  }
  try {
    return await verifyFolder(dir, label, clock)
  } catch (error) {
    if (!isFailure(error) || error.code !== 'conflict') throw error
    // The server is running: its file can be read beside it, its database cannot.
    const kept = await verifyKept({ db: null, path: `${dir}/ledger.jsonl`, isLive: true })
    return { ...kept, notes: [...kept.notes, `${error.message}; its database was not looked at, only ledger.jsonl`] }
  }
}

/** Null for a database that was never migrated: to verify is to look, and leaves it as it is. */
async function withLedgerTable(db: Db): Promise<Db | null> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('ledger') is not null as there`.execute(db)
  return rows[0]?.there ? db : null
}

async function verifyFolder(dir: string, label: HomeLabel, clock: CliOutside['clock']): Promise<KeptVerdict> {
  const opened = await openHome({ dir, label, clock })
  let db: Db | null = null
  try {
    if (existsSync(opened.path(pgliteFolder))) db = dbOver(pgliteDialectOver(await openPglite(opened)))
    return await verifyKept({ db: db && (await withLedgerTable(db)), path: opened.path('ledger.jsonl') })
  } finally {
    await db?.destroy()
    opened.release()
  }
}

const told = (verdict: Verdict) => ({ ...verdict, faults: verdict.faults.slice(0, listed) })

async function tellExport(path: string, verdict: Verdict, json: boolean, { stdout }: CliOutside): Promise<number> {
  if (json) await stdout(`${JSON.stringify({ export: path, ...told(verdict) })}\n`)
  else await stdout(`${placeText(path, verdict)}${verdict.ok ? 'verified' : 'NOT verified'}\n`)
  return verdict.ok ? 0 : 1
}

async function tellKept(kept: KeptVerdict, json: boolean, { stdout }: CliOutside): Promise<number> {
  const { ok, database, file, disagreement, notes } = kept
  const leading = file ?? database
  if (json) {
    const summary = { ok, count: leading?.count ?? 0, head: leading?.head ?? null, firstFault: firstFault(kept) }
    const places = { database: database && told(database), file: file && told(file) }
    await stdout(`${JSON.stringify({ ...summary, disagreement, notes, ...places })}\n`)
  } else {
    const places = [file && placeText('ledger.jsonl', file), database && placeText('database', database)]
    const faults = disagreement === null ? [] : [`file and database disagree: ${disagreement}\n`]
    await stdout(
      [...places, ...faults, ...notes.map((note) => `note: ${note}\n`), ok ? 'verified\n' : 'NOT verified\n'].join(''),
    )
  }
  return ok ? 0 : 1
}

function placeText(place: string, { count, withheld, head: last, faults, faultCount }: Verdict): string {
  const end = last ? `, the last is ${last.seq}:${last.hash}` : ''
  const first = faults[0] ? `  first fault: ${showFault(faults[0])}\n  faults: ${faultCount}\n` : ''
  const note = withheld > 0 ? `  ${withheldNote(withheld)}\n` : ''
  return `${place}: ${count} records${end}\n${note}${first}`
}
