import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildApp, type App } from '../app.ts'
import { readConfig } from '../config.ts'
import { openOutside } from '../outside.ts'
import { systemClock } from '../platform/clock.ts'
import { silentLog } from '../platform/log.ts'
import { runCli } from './index.ts'

const dir = mkdtempSync(join(tmpdir(), 'pumpiq-recommend-'))
const home = join(dir, 'home')
const env = { PUMPIQ_HOME: home }
// A cold start of the embedded database takes seconds, and many of them on a machine that is busy.
const startMs = 120_000

let outside: Awaited<ReturnType<typeof openOutside>>
let app: App
beforeAll(async () => {
  outside = await openOutside({
    config: readConfig(env),
    mode: 'demo',
    version: '0',
    clock: systemClock,
    log: silentLog,
  })
  app = await buildApp(outside)
  app.jobs.start()
}, startMs)
afterAll(async () => {
  await app.close()
  await outside.close()
  rmSync(dir, { recursive: true, force: true })
}, startMs)

async function recommend(...args: readonly string[]) {
  let [out, err] = ['', '']
  const code = await runCli(['recommend', ...args], {
    env,
    version: '0',
    clock: systemClock,
    abort: new AbortController().signal,
    stdout: (text) => void (out += text),
    stderr: (text) => void (err += text),
  })
  return { code, out, err }
}

describe('recommend beside a process that holds the data folder', { timeout: startMs }, () => {
  it('is refused by the name of the process while that does not say where it can be asked', async () => {
    const { code, out, err } = await recommend('BTC', '--demo')
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(/^pumpiq recommend: the data folder .* is in use by process \d+ since /)
  })

  it('is refused the same way when nobody answers there, or somebody else', async () => {
    outside.announce('http://127.0.0.1:1')
    const { code, err } = await recommend('BTC', '--demo')
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('is in use by process') })
  })

  it('asks it, and gives the document that it sealed', async () => {
    outside.announce(await app.http.listen({ host: '127.0.0.1', port: 0 }))
    const { code, out, err } = await recommend('BTC', '--demo', '--timeframe', 'DAY_TRADE', '--json')
    expect(err).toMatch(/^the server at http:\/\/127\.0\.0\.1:\d+ holds the data folder, so it is asked\n$/)
    const document = JSON.parse(out) as { id: string; timeframe: string; token: string }
    expect(document).toMatchObject({ token: 'bitcoin:native', timeframe: 'DAY_TRADE' })
    expect(await app.recommendations.byId('local', document.id)).toMatchObject({ id: document.id })
    expect([0, 3]).toContain(code)
  })

  it('tells what the server refuses as if it had been refused here', async () => {
    const { code, out, err } = await recommend('NOSUCHTOKEN', '--demo')
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('pumpiq recommend: no token')
  })
})

it.each([
  [['file:BTC'], 'file:BTC is a recorded file: name it with --candles FILE'],
  [['file:BTC', '--candles', 'BTC_1h.csv', '--demo'], '--candles and --demo exclude each other'],
])('recommend %j is refused as wrong usage', async (args, sentence) => {
  expect(await recommend(...args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(sentence) })
})
