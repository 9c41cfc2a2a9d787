import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { createDb } from '../db/db.ts'
import { openLedger } from '../ledger/ledger.ts'
import { lineOf, seal, type Sealed } from '../ledger/seal.ts'
import { systemClock } from '../platform/clock.ts'
import { openHome } from '../platform/home.ts'
import { silentLog } from '../platform/log.ts'
import { ledgerImport } from './ledger-import.ts'
import { verify } from './verify.ts'

const dir = mkdtempSync(join(tmpdir(), 'pumpiq-verify-'))
const home = join(dir, 'home')
const exportPath = join(dir, 'export.jsonl')
let records: Sealed[]

// A cold start of the embedded database takes seconds, and many of them on a machine that is busy.
const startMs = 120_000

async function run(command: typeof verify, args: readonly string[], at = home): Promise<{ code: number; out: string }> {
  let out = ''
  const outside = {
    stdout: (text: string) => void (out += text),
    stderr: () => {},
    version: '0',
    config: readConfig({ PUMPIQ_HOME: at }),
    clock: systemClock,
    abort: new AbortController().signal,
  }
  return { code: await command.run(args, outside), out }
}

const write = (lines: readonly string[]) => writeFileSync(exportPath, lines.map((line) => `${line}\n`).join(''))

beforeAll(async () => {
  const opened = await openHome({ dir: home, label: 'live', clock: systemClock })
  const db = await createDb({ home: opened, log: silentLog })
  const ledger = await openLedger({ db, path: opened.path('ledger.jsonl'), log: silentLog })
  for (let n = 0; n < 4; n++) await ledger.append({ kind: 'test', n })
  records = await ledger.read(1, 10)
  await ledger.close()
  await db.destroy()
  opened.release()
}, startMs)
afterAll(() => rmSync(dir, { recursive: true, force: true }))

describe('verify of an export', () => {
  it('tells count and head and exits 0', async () => {
    write(records.map(lineOf))
    const { code, out } = await run(verify, ['--export', exportPath])
    expect(out).toBe(`${exportPath}: 4 records, the last is 4:${records[3]!.hash}\nverified\n`)
    expect(code).toBe(0)
  })

  it('tells the first fault by line, record and kind and exits 1, as text and as JSON', async () => {
    write(records.map(lineOf).with(1, lineOf(records[1]!).replace('"n":1', '"n":9')))
    const asText = await run(verify, ['--export', exportPath])
    expect([asText.code, asText.out]).toEqual([
      1,
      expect.stringContaining('first fault: line 2, record 2: altered body'),
    ])
    const asJson = await run(verify, ['--export', exportPath, '--json'])
    expect(JSON.parse(asJson.out)).toMatchObject({
      ok: false,
      count: 4,
      faults: [{ line: 2, seq: 2, what: 'altered body' }],
    })
  })

  it('tells how many records are withheld, and what that means, and exits 0', async () => {
    write(records.map((record, i) => lineOf(i === 2 ? record : { ...record, body: 'null' })))
    const asText = await run(verify, ['--export', exportPath])
    expect([asText.code, asText.out]).toEqual([
      0,
      expect.stringContaining(
        '3 personal records are withheld: their place in the chain is checked, their content is not\nverified',
      ),
    ])
    expect(JSON.parse((await run(verify, ['--export', exportPath, '--json'])).out)).toMatchObject({
      ok: true,
      count: 4,
      withheld: 3,
    })
  })

  it('finds a cut-off end when it is told the head', async () => {
    write(records.slice(0, 3).map(lineOf))
    expect((await run(verify, ['--export', exportPath])).code).toBe(0)
    const { code, out } = await run(verify, ['--export', exportPath, '--head', `4:${records[3]!.hash}`])
    expect([code, out]).toEqual([1, expect.stringContaining('missing record')])
  })

  it('refuses a file that is not there and a head that is none', async () => {
    await expect(run(verify, ['--export', join(dir, 'none')])).rejects.toThrow('there is no such file')
    await expect(run(verify, ['--export', exportPath, '--head', '4:abc'])).rejects.toThrow(
      '--head "4:abc": allowed is SEQ:HASH',
    )
    await expect(run(verify, ['--head', `4:${'a'.repeat(64)}`])).rejects.toThrow('--head goes with --export')
  })
})

describe('verify of an installation', () => {
  it('checks database and file, and exits 0', async () => {
    const { code, out } = await run(verify, ['--json'])
    const head = { seq: 4, hash: records[3]!.hash }
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      count: 4,
      head,
      firstFault: null,
      database: { count: 4 },
      file: { count: 4 },
      notes: [],
    })
    expect(code).toBe(0)
  })

  it('looks at the file alone while the server has the folder, and says so', async () => {
    const opened = await openHome({ dir: home, label: 'live', clock: systemClock })
    const { code, out } = await run(verify, [])
    opened.release()
    expect(code).toBe(0)
    expect(out).toContain(`in use by process ${process.pid}`)
    expect(out).toContain('its database was not looked at, only ledger.jsonl')
  })

  it('finds what was altered in the file, or that the file is another one', async () => {
    const path = join(home, 'ledger.jsonl')
    const sound = readFileSync(path, 'utf8')
    writeFileSync(path, sound.replace('"n":2', '"n":7'))
    expect(await run(verify, [])).toMatchObject({
      code: 1,
      out: expect.stringContaining('line 3, record 3: altered body'),
    })
    writeFileSync(path, `${lineOf(seal(null, 'another'))}\n`)
    expect(await run(verify, [])).toMatchObject({
      code: 1,
      out: expect.stringContaining('file and database disagree: record 1 has the hash'),
    })
    writeFileSync(path, sound.split('\n').slice(0, 2).join('\n') + '\n')
    expect(await run(verify, [])).toMatchObject({
      code: 0,
      out: expect.stringContaining("the file lacks the last 2 of the database's records"),
    })
    writeFileSync(path, sound)
  })

  it('says that there is nothing in a folder that is none of ours', async () => {
    await expect(run(verify, [], join(dir, 'nowhere'))).rejects.toMatchObject({ code: 'notFound' })
    const opened = await openHome({ dir: join(dir, 'nowhere-demo'), label: 'simulated', clock: systemClock })
    opened.release()
    await expect(run(verify, [], join(dir, 'nowhere'))).rejects.toThrow('the simulated one is verified with --demo')
    expect(await run(verify, ['--demo'], join(dir, 'nowhere'))).toMatchObject({ code: 0, out: 'verified\n' })
  })
})

describe('ledger-import', () => {
  it('refuses an export that withholds records, and takes nothing of it', { timeout: startMs }, async () => {
    write(records.map((record, i) => lineOf(i === 1 ? { ...record, body: 'null' } : record)))
    const other = join(dir, 'of-a-part')
    await expect(run(ledgerImport, [exportPath], other)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/^1 personal record is withheld: .* an installation is made of the whole ledger/),
    })
    expect(JSON.parse((await run(verify, ['--json'], other)).out)).toMatchObject({ ok: true, count: 0 })
  })

  it(
    'takes an export into a new installation, which verifies then, and refuses to do it twice',
    { timeout: startMs },
    async () => {
      write(records.map(lineOf))
      const other = join(dir, 'other')
      const { code, out } = await run(ledgerImport, [exportPath], other)
      expect([code, out]).toEqual([0, `4 records taken, the last is 4:${records[3]!.hash}\n`])
      expect(await run(verify, [], other)).toMatchObject({ code: 0 })
      expect(readFileSync(join(other, 'ledger.jsonl'), 'utf8')).toBe(readFileSync(exportPath, 'utf8'))
      await expect(run(ledgerImport, [exportPath], other)).rejects.toMatchObject({ code: 'conflict' })
      expect(JSON.parse((await run(ledgerImport, [exportPath, '--demo', '--json'], other)).out)).toMatchObject({
        count: 4,
      })
      expect(await run(verify, ['--demo'], other)).toMatchObject({ code: 0 })
    },
  )
})
