import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'pumpiq-main-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function pumpiq(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    env: { ...process.env, ...env },
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { out, err, code }
}

describe('the program', () => {
  it('answers help on stdout with exit code 0', async () => {
    const { out, err, code } = await pumpiq(['--help'])
    expect({ err, code }).toEqual({ err: '', code: 0 })
    expect(out).toContain('Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no call possible.')
  })

  it('ends with exit code 2 and a sentence on stderr when it is used wrongly', async () => {
    expect(await pumpiq(['indicators', '--colour', 'red'])).toMatchObject({
      out: '',
      code: 2,
      err: expect.stringContaining('unknown option --colour'),
    })
    expect(await pumpiq(['indicators'], { PORT: 'x' })).toMatchObject({
      out: '',
      code: 2,
      err: expect.stringContaining('PORT is "x"'),
    })
  })

  it('names a file that is not there, without a stack', async () => {
    const gone = join(folder, 'GONE-1h.csv')
    const { out, code, err } = await pumpiq(['indicators', '--candles', gone, '--indicator', 'rsi:14', '--json'])
    expect({ out, code }).toEqual({ out: '', code: 2 })
    expect(err).toContain(gone)
    expect(err).not.toContain('    at ')
  })

  it('ends quietly when its reader goes away', async () => {
    const file = join(folder, 'BTCUSDT-1h.csv')
    const rows = Array.from(
      { length: 20_000 },
      (_, i) => `${1_600_000_000_000 - (1_600_000_000_000 % 3_600_000) + i * 3_600_000},10,12,9,11,${1000 + i}`,
    )
    writeFileSync(file, `ts,open,high,low,close,volume\n${rows.join('\n')}\n`)
    const args = ['indicators', '--candles', file, '--indicator', 'obv', '--indicator', 'sma:20', '--json']
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args])
    child.stdout.once('data', () => child.stdout.destroy())
    const [err, code] = await Promise.all([text(child.stderr), new Promise((resolve) => child.once('exit', resolve))])
    expect({ err, code }).toEqual({ err: '', code: 0 })
  })
})
