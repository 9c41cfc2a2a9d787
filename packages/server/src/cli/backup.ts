import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { Failure, isFailure } from '@pumpiq/domain'
import { dbOver, type Db } from '../db/db.ts'
import { newestMigration } from '../db/migrate.ts'
import { openPglite, pgliteDialectOver, pgliteFolder } from '../db/pglite.ts'
import { postgresDialect, unusable } from '../db/postgres.ts'
import { verifyKept } from '../ledger/verify-kept.ts'
import { homeOf } from '../outside.ts'
import { homeLabelOf, openHome, type HomeLabel } from '../platform/home.ts'
import { createLog } from '../platform/log.ts'
import { newestDump } from '../system/backup/dumps.ts'
import { writeBackup, type Written } from '../system/backup/write.ts'
import { flag, readArgs } from './args.ts'
import type { CliOutside, Command } from './command.ts'

export const backup: Command = {
  name: 'backup',
  summary: 'write everything that is kept into one file',
  usage: `pumpiq backup FILE [--demo] [--json]

  FILE           is made; one that is there already is not overwritten
  --demo         the simulated market's data instead of the live ones
  --json         one JSON document instead of text

Takes the database of DATABASE_URL while it is worked on, as it is at one instant; a database of an older version as it is, without
migrating it. An embedded data folder is backed up while no server holds it: a running server makes a dump of the same form every day in
the folder's "backups", and this command then names the newest one. Exit 0 when the file is whole and on the disk.`,
  async run(args, outside) {
    const { values, positionals } = readArgs(args, { demo: flag(), json: flag() }, { min: 1, max: 1, what: 'FILE' })
    const path = resolve(positionals[0]!)
    if (existsSync(path)) throw new Failure('invalid', `${path} is there already: allowed is a new name`)
    const label: HomeLabel = values.demo ? 'simulated' : 'live'
    const { version, clock, abort } = outside
    const written = await withData(label, outside, (db) => writeBackup({ db, label, version, clock, abort }, path))
    await outside.stdout(values.json ? `${JSON.stringify({ path, ...written })}\n` : shown(path, written))
    return 0
  },
}

type Work<T> = (db: Db) => Promise<T>

async function withData<T>(label: HomeLabel, { config, clock }: CliOutside, work: Work<T>): Promise<T> {
  if (config.databaseUrl) {
    const db = dbOver(postgresDialect(config.databaseUrl, createLog({ level: 'error' })))
    try {
      return await work(db)
    } catch (thrown) {
      throw isOurs(thrown) ? thrown : unusable(thrown)
    } finally {
      await db.destroy()
    }
  }
  const dir = homeOf(config, label)
  if (homeLabelOf(dir) === null || !existsSync(`${dir}/${pgliteFolder}`))
    throw new Failure('notFound', `${dir} is no data folder of PumpIQ: there is nothing to back up`)
  const home = await openHome({ dir, label, clock }).catch((thrown: unknown) => {
    throw held(thrown, dir)
  })
  let db: Db | null = null
  try {
    db = dbOver(pgliteDialectOver(await openPglite(home)))
    await refuseBehind(db, home.path('ledger.jsonl'))
    return await work(db)
  } finally {
    await db?.destroy()
    home.release()
  }
}

const isOurs = (thrown: unknown): boolean =>
  isFailure(thrown) || (thrown instanceof Error && thrown.name === 'AbortError')

/** The folder is in use: its holder makes dumps by itself. */
function held(thrown: unknown, dir: string): unknown {
  if (!isFailure(thrown) || thrown.code !== 'conflict') return thrown
  const newest = newestDump(dir)
  const dump = newest
    ? `its newest dump is ${newest}, a backup like any other; copy that, or stop the process first`
    : 'it has made no dump yet; stop it first'
  return new Failure('conflict', `${thrown.message}; ${dump}`, { cause: thrown })
}

/** After a power cut the file may know more than the database; a backup without that would be one that lacks acknowledged records. */
async function refuseBehind(db: Db, path: string): Promise<void> {
  if ((await newestMigration(db)) === null) return
  const { database, file } = await verifyKept({ db, path })
  const [here, there] = [database?.head?.seq ?? 0, file?.head?.seq ?? 0]
  if (here < there)
    throw new Failure(
      'conflict',
      `the database lacks the last ${there - here} records of ${path}; start the server once, which puts them back, then back up`,
    )
}

function shown(path: string, { header, tables, bytes }: Written): string {
  const lines = Object.entries(tables)
    .filter(([, { rows }]) => rows > 0)
    .map(([table, { rows }]) => `  ${table.padEnd(24)} ${rows}\n`)
  return `${path}: ${bytes} bytes, ${header.label} data of ${header.madeAt}, schema ${header.schema}\n${lines.join('')}`
}
