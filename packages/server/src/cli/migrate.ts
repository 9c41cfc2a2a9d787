import { openDb } from '../db/db.ts'
import type { Migrated } from '../db/migrate.ts'
import { homeOf } from '../outside.ts'
import { openHome, type HomeLabel } from '../platform/home.ts'
import { createLog } from '../platform/log.ts'
import { flag, readArgs } from './args.ts'
import type { CliOutside, Command } from './command.ts'

export const migrate: Command = {
  name: 'migrate',
  summary: 'bring the database up to date with this version',
  usage: `pumpiq migrate [--demo] [--json]

  --demo         the simulated market's data instead of the live ones
  --json         { "from", "to", "applied": [...] } by the names of migrations; from is null for an empty database

Every start does the same; on a cluster run it once before the processes of the new version start. All in one transaction: after a failure the
database is as it was. There is no way back but a backup: make one first (pumpiq backup FILE). A database of a newer version is refused, and
one that another process is migrating is waited for a minute.`,
  async run(args, outside) {
    const { values } = readArgs(args, { demo: flag(), json: flag() })
    const migrated = await migrateData(values.demo ? 'simulated' : 'live', outside)
    await outside.stdout(values.json ? `${JSON.stringify(migrated)}\n` : shown(migrated))
    return 0
  },
}

async function migrateData(label: HomeLabel, { config, clock }: CliOutside): Promise<Migrated> {
  const log = createLog({ level: 'error' })
  if (config.databaseUrl) {
    const { db, migrated } = await openDb({ url: config.databaseUrl, label, log })
    await db.destroy()
    return migrated
  }
  const home = await openHome({ dir: homeOf(config, label), label, clock })
  try {
    const { db, migrated } = await openDb({ home, log })
    await db.destroy()
    return migrated
  } finally {
    home.release()
  }
}

function shown({ from, to, applied }: Migrated): string {
  if (applied.length === 0) return `the database is up to date: ${to ?? 'there are no migrations'}\n`
  return `migrated from ${from ?? 'an empty database'} to ${to}: ${applied.join(', ')}\n`
}
