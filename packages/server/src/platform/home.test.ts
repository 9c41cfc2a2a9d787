import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from './clock.ts'
import { openHome } from './home.ts'
import { processMark } from './process-mark.ts'

const homeModule = new URL('./home.ts', import.meta.url).href
const clockModule = new URL('./clock.ts', import.meta.url).href

/** A process that opens the folder, says how it went in one line and stays until it is told to end. */
const holder = `
  const [{ openHome }, { systemClock }] = await Promise.all([import('${homeModule}'), import('${clockModule}')])
  try {
    await openHome({ dir: process.argv[1], label: 'live', clock: systemClock })
    process.stdout.write('held\\n')
    process.stdin.resume()
    process.stdin.on('end', () => process.exit(0))
  } catch (error) { process.stdout.write(error.code + ' ' + error.message + '\\n'); process.exit(7) }
`

let dir: string
const children: ChildProcess[] = []

function start(): { child: ChildProcess; said: Promise<string>; ended: Promise<void> } {
  const child = spawn(process.execPath, ['--input-type=module', '-e', holder, dir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  const said = new Promise<string>((resolve) =>
    child.stdout.once('data', (data: Buffer) => resolve(data.toString().trim())),
  )
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  return { child, said, ended }
}

beforeEach(() => void (dir = mkdtempSync(join(tmpdir(), 'pumpiq-home-'))))
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  rmSync(dir, { recursive: true, force: true })
})

const open = (label: 'live' | 'simulated' = 'live') => openHome({ dir, label, clock: systemClock })
const lockFile = (holderJson: object) => writeFileSync(join(dir, 'lock-000000000001'), JSON.stringify(holderJson))

describe('the data folder', () => {
  it('is refused to a second opener, which names pid and time of the first', async () => {
    const home = await open()
    await expect(open()).rejects.toThrow(new RegExp(`in use by process ${process.pid} since \\d{4}-\\d\\d-\\d\\dT`))
    home.release()
    const again = await open()
    again.release()
  })

  it('is made with all that lies above it', async () => {
    const deep = join(dir, 'a', 'b', 'c')
    const home = await openHome({ dir: deep, label: 'live', clock: systemClock })
    home.release()
    expect(readdirSync(deep)).toContain('label')
  })

  it('is refused by name and reason where no folder can be made or written to', async () => {
    const file = join(dir, 'file')
    writeFileSync(file, '')
    for (const [path, code] of [
      [file, 'EEXIST'],
      [join(file, 'x'), 'ENOTDIR'],
      ['/dev/null', 'EEXIST'],
      ...(existsSync('/proc/self') ? [['/proc/pumpiq', 'ENOENT'] as const] : []),
    ] as const) {
      await expect(openHome({ dir: path, label: 'live', clock: systemClock })).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringContaining(`PUMPIQ_HOME: ${path} cannot be the data folder (${code})`),
      })
    }
  })

  it('is refused to every one of 50 second processes, while the first keeps it', { timeout: 120_000 }, async () => {
    const first = start()
    expect(await first.said).toBe('held')
    for (let round = 0; round < 10; round++) {
      const answers = await Promise.all(Array.from({ length: 5 }, () => start().said))
      for (const answer of answers)
        expect(answer).toContain(`conflict the data folder ${dir} is in use by process ${first.child.pid}`)
    }
    expect(readdirSync(dir).filter((name) => name.startsWith('lock'))).toHaveLength(1)
  })

  it(
    'goes to exactly one of several that start at once, and after kill -9 to exactly one again',
    { timeout: 120_000 },
    async () => {
      for (let round = 0; round < 5; round++) {
        const racers = Array.from({ length: 6 }, start)
        const answers = await Promise.all(racers.map(({ said }) => said))
        expect(answers.filter((answer) => answer === 'held')).toHaveLength(1)
        const winner = racers[answers.indexOf('held')]!
        winner.child.kill('SIGKILL')
        await winner.ended
      }
    },
  )

  it.skipIf(processMark(process.pid) === null)(
    'is taken over when the number of the dead holder belongs to another process now (skipped without /proc)',
    async () => {
      lockFile({ pid: process.ppid, since: '2020-01-01T00:00:00.000Z', host: hostname(), mark: 'another-boot:1' })
      const home = await open()
      expect(readFileSync(join(dir, 'lock-000000000002'), 'utf8')).toContain(`"pid":${process.pid}`)
      home.release()
    },
  )

  it.skipIf(processMark(process.pid) === null)(
    'is never taken from a living process (skipped without /proc)',
    async () => {
      lockFile({
        pid: process.ppid,
        since: '2020-01-01T00:00:00.000Z',
        host: hostname(),
        mark: processMark(process.ppid),
      })
      await expect(open()).rejects.toThrow(`in use by process ${process.ppid} since 2020-01-01T00:00:00.000Z`)
    },
  )

  it('is not taken from a process of another machine, which cannot be asked', async () => {
    lockFile({ pid: 999_999, since: '2020-01-01T00:00:00.000Z', host: 'elsewhere.example', mark: null })
    await expect(open()).rejects.toThrow(
      'on elsewhere.example, which cannot be asked from here; if nothing runs there, delete lock-000000000001',
    )
  })

  it('waits for a lock that is being written and takes over one that its maker never wrote', async () => {
    writeFileSync(join(dir, 'lock-000000000001'), '')
    const home = await open()
    expect(readdirSync(dir).filter((name) => name.startsWith('lock'))).toEqual(['lock-000000000002'])
    home.release()
  })

  it('is never opened under the other label', async () => {
    const home = await open('simulated')
    home.release()
    await expect(open('live')).rejects.toThrow('holds simulated data and cannot be opened as live')
    const again = await open('simulated')
    again.release()
  })
})
