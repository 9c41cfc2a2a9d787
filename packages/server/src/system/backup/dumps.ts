import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { toIso } from '@pumpiq/domain'
import type { Db } from '../../db/db.ts'
import type { Clock } from '../../platform/clock.ts'
import type { HomeLabel } from '../../platform/home.ts'
import type { Log } from '../../platform/log.ts'
import { toldAgain } from './tables.ts'
import { writeBackup, type Written } from './write.ts'

/** `homeDir` null: on a cluster, where the database has backups of its own. */
type Needs = { db: Db; homeDir: string | null; label: HomeLabel; version: string; clock: Clock; log: Log }

export type Dumps = ReturnType<typeof createDumps>

const kept = 3
const folderOf = (homeDir: string): string => join(homeDir, 'backups')
const shape = /^\d{8}T\d{9}Z\.jsonl\.gz$/

/**
 * Backups of an embedded home that are made by themselves, in its folder `backups`, named by their instant; the newest three are kept. Who asks
 * the database meanwhile waits, so they leave out what venues tell again.
 */
export function createDumps({ db, homeDir, label, version, clock, log }: Needs) {
  let isSaid = false

  /** Null on a cluster. */
  async function dump(abort?: AbortSignal): Promise<(Written & { path: string }) | null> {
    if (homeDir === null) {
      if (!isSaid) log.info('no dumps are made here: the database of DATABASE_URL is backed up by whoever runs it')
      isSaid = true
      return null
    }
    const folder = folderOf(homeDir)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    // What a process that died over it left.
    for (const name of readdirSync(folder)) if (name.endsWith('.part')) rmSync(join(folder, name), { force: true })
    const path = join(folder, `${toIso(clock.now()).replaceAll(/[-:.]/g, '')}.jsonl.gz`)
    const startedAt = clock.monotonic()
    const written = await writeBackup({ db, label, version, clock, without: toldAgain, abort }, path)
    for (const name of dumpsIn(folder).slice(0, -kept)) rmSync(join(folder, name), { force: true })
    const rows = Object.values(written.tables).reduce((sum, table) => sum + table.rows, 0)
    log.info('a dump was made', { path, rows, bytes: written.bytes, tookMs: Math.round(clock.monotonic() - startedAt) })
    return { ...written, path }
  }

  return { dump }
}

/** The path of the newest dump of a data folder; null when there is none. To look at it takes no lock. */
export function newestDump(homeDir: string): string | null {
  try {
    const name = dumpsIn(folderOf(homeDir)).at(-1)
    return name === undefined ? null : join(folderOf(homeDir), name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** Names, oldest first. */
const dumpsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => shape.test(name))
    .toSorted()
