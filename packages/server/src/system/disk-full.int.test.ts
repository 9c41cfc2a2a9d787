import { randomBytes } from 'node:crypto'
import { mkdtempSync, chmodSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createDb, type Db } from '../db/db.ts'
import { openLedger, type Ledger } from '../ledger/ledger.ts'
import { verifyKept } from '../ledger/verify-kept.ts'
import { systemClock } from '../platform/clock.ts'
import { openHome } from '../platform/home.ts'
import { silentLog } from '../platform/log.ts'
import { createRecording } from './recording.ts'
import { canStartPostgres, mountDisk, startPostgres, type OwnPostgres } from './test-disk.ts'

const probe = mountDisk(1)
probe?.remove()

/** Appends and remembers what was acknowledged. */
function writer(db: Db, ledger: Ledger, kilobytes: number) {
  const recording = createRecording({ db, clock: systemClock })
  const acknowledged = new Map<number, string>()
  const refusals: unknown[] = []
  return {
    recording,
    acknowledged,
    refusals,
    async append(): Promise<boolean> {
      const body = { text: randomBytes(kilobytes * 512).toString('hex') }
      try {
        const { seq, hash } = await recording.watch(ledger.append(body))
        acknowledged.set(seq, hash)
        return true
      } catch (thrown) {
        refusals.push(thrown)
        return false
      }
    },
  }
}

type Writer = ReturnType<typeof writer>

async function untilRefused({ append }: Writer, most: number): Promise<void> {
  for (let n = 0; n < most; n++) if (!(await append())) return
  throw new Error(`${most} records were taken and the disk is not full`)
}

async function within(ms: number, done: () => Promise<boolean>): Promise<void> {
  const end = systemClock.monotonic() + ms
  while (!(await done())) {
    if (systemClock.monotonic() > end) throw new Error(`not within ${ms} ms`)
    await systemClock.sleep(200)
  }
}

const isReady = ({ recording }: Writer): Promise<boolean> =>
  recording.ready.check().then(
    () => true,
    () => false,
  )

async function lost(db: Db, { acknowledged }: Writer): Promise<number[]> {
  const rows = await db.selectFrom('ledger').select(['seq', 'hash']).execute()
  const kept = new Map(rows.map(({ seq, hash }) => [seq, hash]))
  return [...acknowledged].filter(([seq, hash]) => kept.get(seq) !== hash).map(([seq]) => seq)
}

describe.skipIf(!probe)('a full disk (skipped where none can be mounted)', { timeout: 300_000 }, () => {
  it('of the data folder: nothing acknowledged is lost, the process lives, and it goes on when there is room', async ({
    annotate,
  }) => {
    const disk = mountDisk(220)!
    try {
      const home = await openHome({ dir: join(disk.dir, 'home'), label: 'live', clock: systemClock })
      const path = home.path('ledger.jsonl')
      let db = await createDb({ home, log: silentLog })
      let ledger = await openLedger({ db, path, log: silentLog })
      const own = writer(db, ledger, 256)
      await untilRefused(own, 1_000)
      expect(await isReady(own)).toBe(false)
      // Others fill what is left: not a byte more can be written.
      disk.fill('ballast', 200)
      for (let n = 0; n < 50; n++) expect(await own.append()).toBe(false)
      for (const refusal of own.refusals) expect(refusal).toMatchObject({ code: 'unavailable' })
      expect(await isReady(own)).toBe(false)
      disk.free('ballast')
      // What the database itself took is not given back: the disk grows.
      disk.grow(300)
      await within(30_000, () => isReady(own))
      expect(await own.append()).toBe(true)
      expect(await lost(db, own)).toEqual([])
      await ledger.close()
      await db.destroy()
      db = await createDb({ home, log: silentLog })
      ledger = await openLedger({ db, path, log: silentLog })
      expect(await lost(db, own)).toEqual([])
      await ledger.close()
      expect(await verifyKept({ db, path })).toMatchObject({ ok: true, notes: [] })
      await db.destroy()
      home.release()
      await annotate(`${own.acknowledged.size} acknowledged, ${own.refusals.length} refused`)
    } finally {
      disk.remove()
    }
  })

  describe.skipIf(!canStartPostgres())('of PostgreSQL (skipped where none can be started)', () => {
    it.each(['data', 'wal'] as const)(
      'its %s: nothing acknowledged is lost, and recording goes on when there is room',
      async (full) => {
        const disk = mountDisk(full === 'data' ? 90 : 70)!
        const other = mkdtempSync(join(tmpdir(), 'pumpiq-postgres-'))
        chmodSync(other, 0o755)
        chmodSync(disk.dir, 0o755)
        const on = (part: 'data' | 'wal') => join(full === part ? disk.dir : other, part)
        let postgres: OwnPostgres | null = null
        let db: Db | null = null
        try {
          postgres = await startPostgres({ data: on('data'), wal: on('wal') })
          db = await createDb({ url: postgres.url, label: 'live', log: silentLog })
          const ledger = await openLedger({ db, path: null, log: silentLog })
          const own = writer(db, ledger, 64)
          for (let n = 0; n < 20; n++) expect(await own.append()).toBe(true)
          disk.fill('ballast', full === 'data' ? 30 : 200)
          await untilRefused(own, 4_000)
          for (let n = 0; n < 10; n++) await own.append()
          expect(await isReady(own)).toBe(false)
          disk.free('ballast')
          // A server whose log finds no room ends; who runs it starts it again.
          await within(60_000, async () => (await isReady(own)) || (postgres!.start() && (await isReady(own))))
          await within(30_000, () => own.append())
          expect(await lost(db, own)).toEqual([])
          await ledger.close()
          expect(await verifyKept({ db, path: null })).toMatchObject({ ok: true })
          expect(own.acknowledged.size).toBeGreaterThan(20)
        } finally {
          await db?.destroy()
          postgres?.remove()
          disk.remove()
          rmSync(other, { recursive: true, force: true })
        }
      },
    )
  })
})
