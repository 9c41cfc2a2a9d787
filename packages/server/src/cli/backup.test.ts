import { cpSync, existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDb } from '../db/db.ts'
import { openLedger } from '../ledger/ledger.ts'
import { systemClock } from '../platform/clock.ts'
import { openHome } from '../platform/home.ts'
import { silentLog } from '../platform/log.ts'
import { createDumps } from '../system/backup/dumps.ts'
import { runCli } from './index.ts'

const dir = mkdtempSync(join(tmpdir(), 'pumpiq-backups-'))
const home = join(dir, 'home')
const file = join(dir, 'backup.jsonl.gz')
afterAll(() => rmSync(dir, { recursive: true, force: true }))

async function run(at: string, ...args: readonly string[]) {
  let [out, err] = ['', '']
  const code = await runCli(args, {
    env: { PUMPIQ_HOME: at },
    version: '0.1.0',
    clock: systemClock,
    abort: new AbortController().signal,
    stdout: (text) => void (out += text),
    stderr: (text) => void (err += text),
  })
  return { code, out, err }
}

/** Holds a data folder, as a running server does. */
async function open(at: string) {
  const held = await openHome({ dir: at, label: 'live', clock: systemClock })
  const db = await createDb({ home: held, log: silentLog })
  const ledger = await openLedger({ db, path: held.path('ledger.jsonl'), log: silentLog })
  return {
    db,
    ledger,
    async close() {
      await ledger.close()
      await db.destroy()
      held.release()
    },
  }
}

async function append(at: string, count: number, text = 'Ü "q" \\'): Promise<void> {
  const { ledger, close } = await open(at)
  for (let n = 0; n < count; n++) await ledger.append({ kind: 'test', n, text })
  await close()
}

beforeAll(() => append(home, 4), 120_000)

describe('migrate', () => {
  it('says from where to where, and the second time that there was nothing to do', async () => {
    const first = await run(join(dir, 'new'), 'migrate', '--json')
    const { from, to, applied } = JSON.parse(first.out) as { from: null; to: string; applied: string[] }
    expect([first.code, from, applied[0], applied.at(-1)]).toEqual([0, null, '0001-core', to])
    expect(JSON.parse((await run(join(dir, 'new'), 'migrate', '--json')).out)).toEqual({ from: to, to, applied: [] })
    expect((await run(join(dir, 'new'), 'migrate')).out).toBe(`the database is up to date: ${to}\n`)
  })
})

describe('backup and restore of a data folder', { timeout: 120_000 }, () => {
  it('give the same ledger in a new folder, database and file, which verifies', async () => {
    const written = await run(home, 'backup', file, '--json')
    expect(written.code, written.err).toBe(0)
    expect(JSON.parse(written.out)).toMatchObject({
      path: file,
      header: { label: 'live' },
      tables: { ledger: { rows: 4 } },
    })
    const other = join(dir, 'other')
    const restored = await run(other, 'restore', file)
    expect(restored.code, restored.err).toBe(0)
    expect(restored.out).toMatch(
      /counts and checksums equal; the ledger verifies, the last record is 4:[0-9a-f]{64}\n$/,
    )
    expect(readFileSync(join(other, 'ledger.jsonl'))).toEqual(readFileSync(join(home, 'ledger.jsonl')))
    expect(JSON.parse((await run(other, 'verify', '--json')).out)).toMatchObject({ ok: true, count: 4, notes: [] })
  })

  it('refuse what is there: a file, an installation with rows', async () => {
    expect(await run(home, 'backup', file)).toMatchObject({ code: 2, err: expect.stringContaining('is there already') })
    expect(await run(home, 'restore', file)).toMatchObject({
      code: 1,
      err: expect.stringContaining('rows are there: ledger 4'),
    })
  })

  it('make no data folder of a file that is none, of another label or not there', async () => {
    const nowhere = join(dir, 'nowhere')
    const torn = join(dir, 'torn.gz')
    writeFileSync(torn, readFileSync(file).subarray(0, 300))
    for (const [args, code, said] of [
      [['restore', torn], 2, 'was cut off'],
      [['restore', file, '--demo'], 1, 'holds live data and is not restored as simulated'],
      [['restore', join(dir, 'absent')], 2, 'there is no such file'],
      [['backup', join(dir, 'b.gz')], 1, 'is no data folder of PumpIQ'],
    ] as const) {
      expect(await run(nowhere, ...args)).toMatchObject({ code, err: expect.stringContaining(said) })
    }
    expect([existsSync(nowhere), existsSync(`${nowhere}-demo`)]).toEqual([false, false])
  })

  it('put back the records that a saved ledger file has beyond the backup, and refuse one of another chain', async () => {
    await append(home, 3)
    const saved = join(dir, 'saved')
    mkdirSync(saved)
    cpSync(join(home, 'ledger.jsonl'), join(saved, 'ledger.jsonl'))
    const restored = await run(saved, 'restore', file, '--json')
    expect(restored.code, restored.err).toBe(0)
    expect(JSON.parse(restored.out)).toMatchObject({ putBack: 3, head: { seq: 7 } })
    expect(JSON.parse((await run(saved, 'verify', '--json')).out)).toMatchObject({ ok: true, count: 7, notes: [] })

    const strange = join(dir, 'strange')
    await append(strange, 1, 'of another ledger')
    rmSync(join(strange, 'db'), { recursive: true })
    const before = readFileSync(join(strange, 'ledger.jsonl'))
    expect(await run(strange, 'restore', file)).toMatchObject({
      code: 1,
      err: expect.stringContaining('is of another ledger: its record 1 has the hash'),
    })
    expect(readFileSync(join(strange, 'ledger.jsonl'))).toEqual(before)
  })

  it('wait for no running server: it is named, with the newest of the dumps it makes', async () => {
    const { db, close } = await open(home)
    const b = join(dir, 'b.gz')
    try {
      const before = await run(home, 'backup', b)
      expect(before.code).toBe(1)
      expect(before.err).toContain(`is in use by process ${process.pid} since`)
      expect(before.err).toContain('it has made no dump yet; stop it first')
      const dumps = createDumps({
        db,
        homeDir: home,
        label: 'live',
        version: '0.1.0',
        clock: systemClock,
        log: silentLog,
      })
      const { path } = (await dumps.dump())!
      expect((await run(home, 'backup', b)).err).toContain(`its newest dump is ${path}, a backup like any other`)
      const restored = await run(join(dir, 'of-dump'), 'restore', path)
      expect(restored).toMatchObject({ code: 0, out: expect.stringContaining('the last record is 7:') })
    } finally {
      await close()
    }
  })

  it('refuse a database that lacks records which the ledger file has', async () => {
    const behind = join(dir, 'behind')
    cpSync(home, behind, { recursive: true })
    await append(home, 1)
    cpSync(join(home, 'ledger.jsonl'), join(behind, 'ledger.jsonl'))
    expect(await run(behind, 'backup', join(dir, 'c.gz'))).toMatchObject({
      code: 1,
      err: expect.stringContaining('the database lacks the last 1 records'),
    })
  })
})
