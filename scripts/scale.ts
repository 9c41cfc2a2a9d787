import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '../packages/server/src/db/migrate.ts'
import { createDatabase } from '../packages/server/src/db/test-postgres.ts'
import { systemClock } from '../packages/server/src/platform/clock.ts'
import { restoreBackup } from '../packages/server/src/system/backup/restore.ts'
import { fillCandles } from '../packages/server/src/system/backup/test-content.ts'
import { killed, on } from '../packages/server/src/system/backup/test-kills.ts'
import { writeBackup } from '../packages/server/src/system/backup/write.ts'

// Backup, restore and killed migrations at full scale, by hand: `npx node scripts/scale.ts [candles] [kills]`; needs the PostgreSQL of the tests.
const [candles = 1_000_000, kills = 10] = process.argv.slice(2).map(Number)
const dir = mkdtempSync(join(tmpdir(), 'pumpiq-scale-'))
const dropping: (() => Promise<void>)[] = []
const places = {
  PGlite: () => Promise.resolve(mkdtempSync(join(dir, 'home-'))),
  async PostgreSQL() {
    const { url, drop } = await createDatabase()
    dropping.push(drop)
    return url.reveal()
  },
}
const label = 'live'
const megabytes = (bytes: number): number => Math.round(bytes / 2 ** 20)

/** Rows a second, the process's memory at its highest and the longest time in which the event loop did not come round. */
async function measured(what: string, work: () => Promise<unknown>): Promise<void> {
  let [peak, longestMs, last] = [0, 0, performance.now()]
  const looking = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
    longestMs = Math.max(longestMs, performance.now() - last)
    last = performance.now()
  }, 5)
  const [startedAt, before] = [performance.now(), process.cpuUsage()]
  await work()
  const tookMs = performance.now() - startedAt
  clearInterval(looking)
  const { user, system } = process.cpuUsage(before)
  const rate = Math.round((candles / tookMs) * 1_000)
  console.log(
    `${what}: ${rate} rows/s, ${(tookMs / 1_000).toFixed(1)} s (${((user + system) / 1e6).toFixed(1)} s of this process's processor time), at most ${megabytes(peak)} MB, event loop held ${Math.round(longestMs)} ms at the longest`,
  )
}

try {
  for (const engine of ['PostgreSQL', 'PGlite'] as const) {
    const path = join(dir, `${engine}.jsonl.gz`)
    await on(await places[engine](), async (db) => {
      await migrate(db as never)
      await fillCandles(db, candles)
      await measured(`${engine} backup`, () => writeBackup({ db, label, version: '0', clock: systemClock }, path))
    })
    console.log(`${engine} backup: ${megabytes(statSync(path).size)} MB`)
    await on(await places[engine](), (db) =>
      measured(`${engine} restore`, () => restoreBackup({ db, label, clock: systemClock }, path)),
    )
  }
  for (const engine of kills > 0 ? (['PostgreSQL', 'PGlite'] as const) : [])
    console.log(`${engine} migration: ${await killed({ place: places[engine], candles, kills })}`)
} finally {
  for (const drop of dropping) await drop()
  rmSync(dir, { recursive: true, force: true })
}
