import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { systemClock } from '../platform/clock.ts'
import { runCli } from './index.ts'

const dir = mkdtempSync(join(tmpdir(), 'pumpiq-surroundings-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const file = join(dir, 'file')
writeFileSync(file, '')
const absent = join(dir, 'absent')

async function run(args: readonly string[], env: Record<string, string>) {
  let [out, err] = ['', '']
  const code = await runCli(args, {
    env: { PUMPIQ_HOME: absent, ...env },
    version: '0',
    clock: systemClock,
    abort: new AbortController().signal,
    stdout: (text) => void (out += text),
    stderr: (text) => void (err += text),
  })
  return { code, out, err }
}

const dead = 'postgres://ann:hushhush@127.0.0.1:1/x'
const id = '00000000-0000-7000-8000-000000000000'

describe('what is wrong with the surroundings is told by name, without a stack and without a secret:', () => {
  it.each<[string, string[], Record<string, string>, number, string]>([
    [
      'a database that does not answer',
      ['serve', '--live'],
      { DATABASE_URL: dead },
      1,
      'DATABASE_URL cannot be used: ',
    ],
    ['the same for verify', ['verify'], { DATABASE_URL: dead }, 1, 'DATABASE_URL cannot be used: connect ECONNREFUSED'],
    ['the same for replay', ['replay', id], { DATABASE_URL: dead }, 1, 'DATABASE_URL cannot be used: connect ECONN'],
    ['a home that is a file', ['serve', '--live'], { PUMPIQ_HOME: file }, 2, `PUMPIQ_HOME: ${file} cannot be the data`],
    ['a home below a file', ['recommend', 'BTC'], { PUMPIQ_HOME: join(file, 'x') }, 2, '(ENOTDIR)'],
    ['a home that is not there, to look something up', ['replay', id], {}, 1, `${absent} is no data folder of PumpIQ`],
  ])('%s', async (_, args, env, code, sentence) => {
    const told = await run(args, env)
    expect(told).toMatchObject({ code, out: '', err: expect.stringContaining(sentence) })
    expect(told.err).not.toMatch(/hushhush|\n {4}at /)
    expect(existsSync(absent)).toBe(false)
  })

  it('a HOST that no machine has', { timeout: 120_000 }, async () => {
    const env = { HOST: 'nosuchhost.invalid', PUMPIQ_HOME: join(dir, 'home') }
    expect(await run(['serve', '--demo', '--port', '0'], env)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/cannot listen on nosuchhost\.invalid:0 \(E[A-Z_]+\): HOST and PORT must be/),
    })
  })
})
