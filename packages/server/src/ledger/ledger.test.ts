import { spawn } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createDb, type Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { systemClock } from '../platform/clock.ts'
import { sha256Hex } from '../platform/hash.ts'
import { openHome } from '../platform/home.ts'
import { createCollectedLog, silentLog } from '../platform/log.ts'
import { seededRandom } from '../platform/random.ts'
import { openLedgerFile } from './file.ts'
import { importLedger } from './import.ts'
import { openLedger, type Also } from './ledger.ts'
import { firstPrevHash, lineOf, seal, type Sealed } from './seal.ts'
import { verifyExport } from './verify.ts'

// A cold start of the embedded database takes seconds, and many of them on a machine that is busy.
const startMs = 120_000

let dir: string
let path: string
let db: Db

beforeAll(async () => void (db = await createSavedDb()), startMs)
afterAll(() => db.destroy())
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'pumpiq-ledger-'))
  path = join(dir, 'ledger.jsonl')
  await emptyDb()
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

/** What no user of the product can do: the test owns the server and takes the guard away. */
async function emptyDb(): Promise<void> {
  for (const table of ['ledger', 'inputs'].map((name) => sql.table(name))) {
    await sql`alter table ${table} disable trigger all`.execute(db)
    await sql`delete from ${table}`.execute(db)
    await sql`alter table ${table} enable trigger all`.execute(db)
  }
}

const open = (log = silentLog) => openLedger({ db, path, log, restored: alsoInput })
const bodyOf = (n: number) => ({ kind: 'recommendation', n, text: `Ünïcödé "quoted" \n ${'x'.repeat(n)}` })
const alsoInput: Also = async (tx, { body }) =>
  void (await tx
    .insertInto('inputs')
    .values({ hash: sha256Hex(body), body })
    .execute())
const fileText = () => readFileSync(path, 'utf8')
const countInputs = async () => (await db.selectFrom('inputs').select('hash').execute()).length

async function fill(count: number): Promise<Sealed[]> {
  const ledger = await open()
  const records: Sealed[] = []
  for (let n = 1; n <= count; n++) records.push(await ledger.append(bodyOf(n), alsoInput))
  await ledger.close()
  return records
}

async function exported(): Promise<string> {
  const ledger = await openLedger({ db, path: null, log: silentLog })
  let text = ''
  for await (const line of ledger.exportLines()) text += line
  return text
}

describe('appending', () => {
  it('seals one after the other what is asked at once, and file, export and database are the same bytes', async () => {
    const ledger = await open()
    const records = await Promise.all(Array.from({ length: 40 }, (_, n) => ledger.append(bodyOf(n), alsoInput)))
    expect(records.map(({ seq }) => seq)).toEqual(records.map((_, i) => i + 1))
    expect(records[0]!.prevHash).toBe(firstPrevHash)
    expect(await ledger.head()).toEqual({ seq: 40, hash: records[39]!.hash })
    expect(await ledger.read(39, 10)).toEqual(records.slice(38))
    expect(fileText()).toBe(records.map((record) => `${lineOf(record)}\n`).join(''))
    expect(await exported()).toBe(fileText())
    expect(await countInputs()).toBe(40)
    await ledger.close()
  })

  it('leaves nothing anywhere when what goes with the record fails, and goes on after it', async () => {
    const ledger = await open()
    const failing = ledger.append({ n: 1 }, async (tx, sealed) => {
      await alsoInput(tx, sealed)
      throw new Error('the store is not willing')
    })
    await expect(failing).rejects.toThrow('the store is not willing')
    expect([fileText(), await ledger.head(), await countInputs()]).toEqual(['', null, 0])
    expect((await ledger.append({ n: 2 })).seq).toBe(1)
    await ledger.close()
  })

  it('says so when the disk of the database is full, and goes on when there is room', async () => {
    const ledger = await open()
    const full = ledger.append({ n: 1 }, () =>
      Promise.reject(Object.assign(new Error('could not extend file'), { code: '53100' })),
    )
    await expect(full).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('disk of the database is full: nothing was recorded'),
    })
    expect([fileText(), await ledger.head()]).toEqual(['', null])
    expect((await ledger.append({ n: 2 })).seq).toBe(1)
    await ledger.close()
  })

  it('refuses by path what JSON cannot say', async () => {
    const ledger = await open()
    await expect(ledger.append({ score: Number.NaN })).rejects.toThrow('$.score is NaN')
    await expect(ledger.read(0, 1)).rejects.toThrow('fromSeq is a whole number from 1, not 0')
    await expect(ledger.read(1, 10_001)).rejects.toThrow('limit is a whole number from 1 to 10000, not 10001')
    await ledger.close()
  })

  it('says so when the file cannot be written, and keeps nothing of the record', async () => {
    const ledger = await open()
    await ledger.append({ n: 1 })
    await ledger.close()
    await expect(ledger.append({ n: 2 })).rejects.toMatchObject({
      code: 'unavailable',
      message: `${path} could not be written`,
    })
    await expect(ledger.append({ n: 2 })).rejects.toThrow('could not be written before')
    expect((await ledger.head())?.seq).toBe(1)
  })
})

describe('a commit that fails after the line was written', () => {
  /** Passes every statement and fails at the commit, so many times: a deferred constraint is checked there. */
  const failsAtCommit =
    (times: { left: number }): Also =>
    async (tx, sealed) => {
      await alsoInput(tx, sealed)
      if (times.left-- > 0) await sql`insert into late (n) values (1), (1)`.execute(tx)
    }
  beforeAll(() => sql`create table late (n integer unique deferrable initially deferred)`.execute(db))

  it('is tried again from the line, never sealed anew', async () => {
    const log = createCollectedLog()
    const ledger = await open(log)
    const sealed = await ledger.append(bodyOf(1), failsAtCommit({ left: 2 }))
    expect(fileText()).toBe(`${lineOf(sealed)}\n`)
    expect(await exported()).toBe(fileText())
    expect(await countInputs()).toBe(1)
    expect(log.entries.map(({ sentence }) => sentence)).toContain(
      'the database did not commit a sealed record; it is committed again from the ledger file',
    )
    await ledger.close()
  })

  it('that goes on failing is told, and done with the next append; who asks again gets the same record', async () => {
    const ledger = await open()
    await ledger.append(bodyOf(1), alsoInput)
    const times = { left: 100 }
    await expect(ledger.append(bodyOf(2), failsAtCommit(times))).rejects.toMatchObject({ code: 'unavailable' })
    expect((await ledger.head())?.seq).toBe(1)
    times.left = 0
    const again = await ledger.append(bodyOf(2), alsoInput)
    expect(again.seq).toBe(2)
    expect((await ledger.append(bodyOf(3))).seq).toBe(3)
    expect(await exported()).toBe(fileText())
    expect(await countInputs()).toBe(2)
    await ledger.close()
  })

  it('is put back at the next start when the process ends before', async () => {
    const ledger = await open()
    await expect(ledger.append(bodyOf(1), failsAtCommit({ left: 100 }))).rejects.toMatchObject({ code: 'unavailable' })
    await ledger.close()
    const next = await open()
    expect((await next.head())?.seq).toBe(1)
    expect(await countInputs()).toBe(1)
    await next.close()
  })
})

describe('the start', () => {
  it('puts back from the file all that the database lacks, with what went with it, and says so', async () => {
    const records = await fill(12)
    await emptyDb()
    const log = createCollectedLog()
    const ledger = await open(log)
    expect(await ledger.read(1, 100)).toEqual(records)
    expect(await countInputs()).toBe(12)
    expect(log.entries).toMatchObject([{ level: 'warn', fields: { records: 12 } }])
    expect((await ledger.append(bodyOf(13))).seq).toBe(13)
    await ledger.close()
  })

  it(
    'finds every complete line in a file that was cut at any byte, and its chain verifies',
    { timeout: 60_000 },
    async () => {
      const records = await fill(5)
      const whole = Buffer.from(fileText())
      const cut = join(dir, 'cut.jsonl')
      for (let size = 0; size <= whole.length; size++) {
        copyFileSync(path, cut)
        truncateSync(cut, size)
        const file = await openLedgerFile({ path: cut, log: silentLog })
        // A line is complete when all of it but its line feed is there.
        const complete = records.filter(
          (_, i) =>
            Buffer.from(
              records
                .slice(0, i + 1)
                .map((r) => `${lineOf(r)}\n`)
                .join(''),
            ).length -
              1 <=
            size,
        )
        expect(file.head()?.seq ?? 0).toBe(complete.length)
        const next = seal(file.head(), { n: 'next' })
        await file.append([next])
        await file.close()
        const verdict = await verifyExport([readFileSync(cut)])
        expect([verdict.ok, verdict.head?.seq]).toEqual([true, next.seq])
      }
    },
  )

  it('completes a file that was cut, or is gone, from the database, and says so', async () => {
    await fill(6)
    const whole = fileText()
    for (const size of [0, 1, Math.floor(whole.length / 2), whole.length - 3]) {
      truncateSync(path, size)
      const log = createCollectedLog()
      const ledger = await open(log)
      await ledger.close()
      expect(fileText()).toBe(whole)
      expect(log.entries.map(({ sentence }) => sentence)).toContain(
        'the ledger file lacked records; they were written from the database',
      )
    }
  })

  it('refuses when file and database disagree, and names the record', async () => {
    await fill(3)
    const other = [seal(null, { other: 1 })]
    other.push(seal(other[0]!, { other: 2 }))
    writeFileSync(path, other.map((record) => `${lineOf(record)}\n`).join(''))
    await expect(open()).rejects.toThrow(/ledger\.jsonl and the database disagree about record 1/)
    writeFileSync(path, '')
    await sql`alter table ledger disable trigger all`.execute(db)
    await sql`update ledger set body = '{"forged":true}' where seq = 2`.execute(db)
    await sql`alter table ledger enable trigger all`.execute(db)
    await expect(open()).rejects.toThrow(/record 2 of the database does not continue the ledger/)
  })

  it('refuses a file that was altered before its end, and names line and fault', async () => {
    await fill(4)
    writeFileSync(path, fileText().replace('"n":2', '"n":7'))
    await expect(open()).rejects.toThrow(/ledger\.jsonl, line 2, record 2: altered body/)
  })
})

describe('an import', () => {
  const importFrom = (text: string) => importLedger({ db, file: null, restored: alsoInput }, () => [text])

  it('takes an export into an empty ledger, byte for byte, the file included', async () => {
    const records = [seal(null, bodyOf(1))]
    for (let n = 2; n <= 1_203; n++) records.push(seal(records.at(-1)!, bodyOf(n)))
    const text = records.map((record) => `${lineOf(record)}\n`).join('')
    const file = await openLedgerFile({ path, log: silentLog })
    const { count, head } = await importLedger({ db, file, restored: alsoInput }, () => [text])
    await file.close()
    expect([count, head?.seq, await countInputs()]).toEqual([1_203, 1_203, 1_203])
    expect(await exported()).toBe(text)
    expect(fileText()).toBe(text)
  })

  it('takes nothing of one that does not verify, or into a ledger that has records', async () => {
    const text = [seal(null, 1)].map((record) => `${lineOf(record)}\n`).join('')
    await expect(importFrom(text.replace('"body":1', '"body":2'))).rejects.toThrow(
      'the export does not verify: line 1, record 1: altered body',
    )
    await importFrom(text)
    await expect(importFrom(text)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('has 1 records'),
    })
  })
})

const appender = new URL('./test-appender.ts', import.meta.url).href

/** Starts a process that appends, kills it without warning after so long, and tells the last number it acknowledged. */
async function killWhileAppending(home: string, afterFirstMs: number): Promise<number> {
  const source = `const { appendUntilKilled } = await import('${appender}')
    await appendUntilKilled(process.argv[1], (line) => process.stdout.write(line))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', source, home], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let said = ''
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString()
      resolve()
    })
    child.once('exit', () => resolve())
  })
  await systemClock.sleep(afterFirstMs)
  child.kill('SIGKILL')
  await ended
  return Math.max(0, ...said.split('\n').slice(0, -1).map(Number))
}

describe('kill -9', () => {
  it(
    'of a process that appends loses nothing that was acknowledged, over and over',
    { timeout: 300_000 },
    async ({ annotate }) => {
      const cycles = 5
      const random = seededRandom(9)
      const home = join(dir, 'home')
      let acknowledged = 0
      for (let cycle = 0; cycle < cycles; cycle++) {
        const said = await killWhileAppending(home, random() * 250)
        expect(said, 'the process appended nothing').toBeGreaterThan(acknowledged)
        acknowledged = said
      }
      const opened = await openHome({ dir: home, label: 'live', clock: systemClock })
      const own = await createDb({ home: opened, log: silentLog })
      const ledger = await openLedger({
        db: own,
        path: opened.path('ledger.jsonl'),
        log: silentLog,
        restored: alsoInput,
      })
      const verdict = await verifyExport(ledger.exportLines())
      const inputs = await own.selectFrom('inputs').select('hash').execute()
      await ledger.close()
      await own.destroy()
      opened.release()
      expect(verdict.ok).toBe(true)
      expect(verdict.count).toBeGreaterThanOrEqual(acknowledged)
      expect(inputs).toHaveLength(verdict.count)
      expect(readFileSync(join(home, 'ledger.jsonl'), 'utf8').split('\n')).toHaveLength(verdict.count + 1)
      await annotate(`${cycles} kills, ${acknowledged} acknowledged, ${verdict.count} there`)
    },
  )
})
