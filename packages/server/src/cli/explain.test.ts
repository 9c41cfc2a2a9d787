import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Explanation } from '@pumpiq/domain'
import { buildApp, type App } from '../app.ts'
import { readConfig } from '../config.ts'
import { openOutside } from '../outside.ts'
import { systemClock } from '../platform/clock.ts'
import { silentLog } from '../platform/log.ts'
import { profileOf } from '../recommendations/routes.ts'
import { startModelServer } from '../testing/model-server.ts'
import { runCli } from './index.ts'

const dir = mkdtempSync(join(tmpdir(), 'pumpiq-explain-'))
const env = { PUMPIQ_HOME: join(dir, 'home') }
const unknown = '01900000-0000-7000-8000-00000000dead'
// A cold start of the embedded database takes seconds, and many of them on a machine that is busy.
const startMs = 120_000

let outside: Awaited<ReturnType<typeof openOutside>>
let app: App
let id: string
const close = async () => {
  await app.close()
  await outside.close()
}
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
  const token = await app.tokens.resolve('BTC')
  id = (await app.askAdvice('local', token, profileOf({}))).document.id
}, startMs)
afterAll(() => rmSync(dir, { recursive: true, force: true }), startMs)

const explain = (...args: readonly string[]) => explainIn(env, args)
async function explainIn(given: Record<string, string>, args: readonly string[]) {
  let [out, err] = ['', '']
  const code = await runCli(['explain', ...args], {
    env: given,
    version: '0',
    clock: systemClock,
    abort: new AbortController().signal,
    stdout: (text) => void (out += text),
    stderr: (text) => void (err += text),
  })
  return { code, out, err }
}

const expectTree = (out: string) =>
  expect(out).toMatch(
    / BTC \(bitcoin:native\) SWING.* \[SIMULATED\]\n\nWhy, sentence by sentence\n[^]*\[score\][^]*What was seen\n/,
  )

describe('explain', { timeout: startMs }, () => {
  it('asks the server that holds the data folder', async () => {
    outside.announce(await app.http.listen({ host: '127.0.0.1', port: 0 }))
    const { code, out, err } = await explain(id.toUpperCase(), '--demo')
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('holds the data folder, so it is asked') })
    expectTree(out)
    expect(await explain(unknown, '--demo')).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining(`there is no recommendation ${unknown}`),
    })
  })

  it('reads the ledger itself where nobody holds it', async () => {
    await close()
    const { code, out, err } = await explain(id, '--demo')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expectTree(out)
    const json = await explain(id, '--demo', '--json')
    expect(Explanation.parse(JSON.parse(json.out))).toMatchObject({ id, unresolved: [] })
    expect(await explain(unknown, '--demo')).toMatchObject({
      code: 1,
      out: '',
      err: `pumpiq explain: there is no recommendation ${unknown} in this ledger\n`,
    })
  })

  it('asks no language model anything', async () => {
    const server = await startModelServer()
    expect((await explainIn({ ...env, OPENAI_BASE_URL: server.url, PUMPIQ_MODEL: 'llama' }, [id, '--demo'])).code).toBe(
      0,
    )
    expect([server.looks, server.calls]).toEqual([[], []])
    await server.close()
  })

  it('makes no data folder to look something up', async () => {
    expect(await explain(unknown)).toMatchObject({
      code: 1,
      err: expect.stringContaining('is no data folder of PumpIQ: there is nothing to explain'),
    })
  })

  it('refuses what is no id as wrong usage', async () => {
    expect(await explain('BTC')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('"BTC" is no id') })
    expect((await explain()).code).toBe(2)
  })
})
