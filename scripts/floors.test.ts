import { describe, expect, it } from 'vitest'
import { floorFaults, registries, roomOf, type SourceFile } from './floors.ts'
import { mask } from './mask.ts'
import { roomFiles } from './tree.ts'

/** Of one file alone: that its registry is not there is another matter. */
const faultsOf = (path: string, text: string): string[] =>
  floorFaults([{ path, text }])
    .map(({ what }) => what)
    .filter((what) => !what.startsWith('is not listed'))
const server = (path: string): string => `packages/server/src/${path}`

describe('the house', () => {
  it('stands as planned: every file in a room, every arrow down, every registry complete', () => {
    const files = roomFiles()
    expect(files.length).toBeGreaterThan(50)
    expect(floorFaults(files).map(({ path, line, what }) => `${path}:${line} ${what}`)).toEqual([])
  })
})

describe('the floors test finds', () => {
  it('a file without a room', () => {
    expect(faultsOf(server('helpers/misc.ts'), '')).toEqual(['stands in no room'])
    expect(faultsOf('packages/domain/src/stuff/x.ts', '')).toEqual(['stands in no room'])
    expect(faultsOf('packages/extra/src/x.ts', '')).toEqual(['stands in no room'])
    expect(roomOf(server('config.test.ts'))).toEqual(roomOf(server('config.ts')))
  })

  it.each([
    ['an arrow up', server('network/ask.ts'), "import { db } from '../ledger/ledger.ts'"],
    ['an arrow up for a type alone', server('platform/log.ts'), "import type { Config } from '../config.ts'"],
    ['an arrow up in a re-export', server('db/db.ts'), "export { readConfig } from '../app.ts'"],
    [
      'an arrow up over several lines',
      server('http/bind.ts'),
      "import {\n  type A,\n  b,\n} from '../tokens/resolve.ts'",
    ],
    [
      'an arrow up that is asked for late',
      server('jobs/runner.ts'),
      "const x = await import('../recommendations/ask.ts')",
    ],
    [
      'an arrow up from a part of the app to the whole',
      server('app/tokens.ts'),
      "import type { App } from '../app.ts'",
    ],
    ['an arrow up in a type query', server('sources/x.ts'), "type X = import('../app.ts').X"],
    ['an arrow to a room of the same floor', server('sources/x.ts'), "import { market } from '../simulate/market.ts'"],
    ['an arrow out of the domain', 'packages/domain/src/words/time.ts', "import { endpoints } from '@pumpiq/api'"],
    ['an arrow out of the api', 'packages/api/src/client.ts', "import { log } from '@pumpiq/server'"],
    [
      'an arrow from the pages to the server',
      'packages/web/src/app.tsx',
      "import { x } from '../../server/src/config.ts'",
    ],
    ['an arrow to the pages', server('app.ts'), "import { App } from '@pumpiq/web'"],
    ['signals that decide', 'packages/domain/src/signals/rsi14.ts', "import { score } from '../decide/score.ts'"],
    [
      'a decision that follows',
      'packages/domain/src/decide/call.ts',
      "import type { Plan } from '../follow/outcome.ts'",
    ],
    ['words that measure', 'packages/domain/src/words/time.ts', "import { rsi } from '../indicators/rsi.ts'"],
    ['kernels that read text', 'packages/domain/src/indicators/rsi.ts', "import { x } from '../text/lexicon.ts'"],
    [
      'a room that uses the face it is shown by',
      'packages/domain/src/decide/decide.ts',
      "import { price } from '../index.ts'",
    ],
  ])('%s', (_, path, text) => {
    expect(faultsOf(path, text)).toHaveLength(1)
    expect(faultsOf(path, text)[0]).toMatch(/imports packages\//)
  })

  it.each([
    ['the environment', server('cli/serve.ts'), 'const home = process.env.PUMPIQ_HOME'],
    ['the environment in brackets', server('config.ts'), "const home = process.env['HOME']"],
    ['arguments', server('cli/serve.ts'), 'const args = process.argv.slice(2)'],
    ['a clock in the domain', 'packages/domain/src/decide/decide.ts', 'const now = Date.now()'],
    ['a clock handed on', server('app.ts'), 'const clock = { now: Date.now }'],
    ['a date of now', server('ledger/seal.ts'), 'const at = new Date()'],
    ['a date of now without brackets', server('ledger/seal.ts'), 'const at = new Date'],
    ['chance', 'packages/domain/src/follow/baselines.ts', 'const coin = Math.random() < 0.5'],
    ['an id', server('recommendations/advise.ts'), "import { randomUUID } from 'node:crypto'"],
    ['a timer', server('network/policy.ts'), 'setTimeout(run, 10)'],
    ['a timer of promises', server('network/policy.ts'), "import { wait } from 'node:timers/promises'"],
    ['the console', server('cli/judge.ts'), "console.log('done')"],
    ['the console of the pages', 'packages/web/src/main.tsx', "console.log('done')"],
    ['a bare fetch', server('sources/binance.ts'), 'const answer = await fetch(url)'],
    ['a bare fetch in a template', server('sources/binance.ts'), 'const text = `${await fetch(url)}`'],
    ['the global fetch', server('sources/binance.ts'), 'const get = globalThis.fetch'],
    ['a socket', 'packages/web/src/data/live.ts', 'const live = new WebSocket(url)'],
    ['a way out past network/', server('llm/sdk.ts'), "import { request } from 'undici'"],
    ['a socket of Node past network/', server('ledger/file.ts'), "import { connect } from 'node:net'"],
    ['a request beside a server', server('simulate/serve.ts'), "import { createServer, request } from 'node:http'"],
    ['Node in the domain', 'packages/domain/src/words/price.ts', "import { inspect } from 'node:util'"],
    ['Node in the api', 'packages/api/src/client.ts', "import { URL } from 'node:url'"],
    ['Node in the pages', 'packages/web/src/app.tsx', "import { join } from 'node:path'"],
    ['a library in the domain', 'packages/domain/src/words/price.ts', "import Big from 'big.js'"],
  ])('%s where it may not stand', (_, path, text) => {
    expect(faultsOf(path, text)).toHaveLength(1)
  })

  it('a plug-in that its registry does not list, and a registry that is not there', () => {
    const file = (path: string, text = ''): SourceFile => ({ path, text })
    const rsi = file('packages/domain/src/indicators/rsi.ts')
    const ema = file('packages/domain/src/indicators/ema.ts')
    const index = file('packages/domain/src/indicators/index.ts', "// './ema.ts'\nimport { rsi } from './rsi.ts'")
    expect(floorFaults([rsi, index])).toEqual([])
    expect(floorFaults([rsi, ema, index])).toMatchObject([
      { path: ema.path, what: expect.stringContaining('is not listed') },
    ])
    expect(floorFaults([rsi])).toMatchObject([{ path: rsi.path, what: expect.stringContaining('is not listed') }])
    expect(floorFaults([file(server('cli/args.ts')), file(server('cli/command.ts'))])).toEqual([])
  })

  it('the line where it stands', () => {
    const text = '/* Date.now() */\nconst a = 1\nconst b = Date.now()\n'
    expect(floorFaults([{ path: server('app.ts'), text }])).toMatchObject([{ line: 3 }])
  })
})

describe('the floors test lets pass', () => {
  it.each([
    [
      'arrows down',
      server('recommendations/ask.ts'),
      "import { log } from '../platform/log.ts'\nimport { Price } from '@pumpiq/domain'",
    ],
    ['arrows from the app to its parts', server('app.ts'), "import { openTokens } from './app/tokens.ts'"],
    ['arrows inside a room', server('network/ask.ts'), "import { policy } from './policy.ts'"],
    [
      'arrows down inside the domain',
      'packages/domain/src/follow/judge.ts',
      "import type { Plan } from '../decide/plan.ts'",
    ],
    ['words in comments', server('app.ts'), '// Date.now() and process.env are read elsewhere\n/* fetch(x) */'],
    ['words in texts', server('app.ts'), "const help = 'uses Date.now() and console.log'"],
    ['words in templates', server('app.ts'), 'const help = `console.log(${name}) and Math.random()`'],
    ['words in patterns', server('app.ts'), 'const pattern = /[/"]Date.now()/.test(x) // `'],
    ['dates of an instant', 'packages/domain/src/words/time.ts', 'const iso = new Date(at).toISOString()'],
    ['what is called like it', server('app.ts'), 'needs.fetch(x); prefetch(y); window.Date.nowhere()'],
    ['the environment in main', server('main.ts'), 'run(process.argv, process.env)'],
    [
      'time and chance in the platform',
      server('platform/clock.ts'),
      'const now = () => Date.now() + Math.random() + setTimeout(f, 1)',
    ],
    ['fetch in the network', server('network/fetch.ts'), "import { request } from 'undici'\nconst answer = fetch(x)"],
    ['types of sockets', server('http/server.ts'), "import type { Socket } from 'node:net'"],
    ['a server that listens', server('simulate/serve.ts'), "import { type Server, createServer } from 'node:http'"],
    ['a fetch that is made here', server('simulate/serve.ts'), 'const fetch = createSimulatedFetch(x)\nawait fetch(y)'],
    ["fetch in api's client", 'packages/api/src/client.ts', 'const answer = fetch(x)'],
    ['timers in the pages', 'packages/web/src/parts/age.tsx', 'setInterval(() => show(Date.now()), 1000)'],
    [
      'tests that set up the outside',
      server('network/ask.test.ts'),
      "import { w } from '../testing/world.ts'\nconst e = process.env.EVALUATION_DIR",
    ],
  ])('%s', (_, path, text) => {
    expect(faultsOf(path, text)).toEqual([])
  })

  it('only files that are there as the exceptions of a registry', () => {
    const paths = new Set(roomFiles().map(({ path }) => path))
    const gone = registries
      .flatMap(({ folder, besides }) => besides.map((name) => `${folder}/${name}`))
      .filter((path) => !paths.has(path))
    expect(gone).toEqual([])
  })
})

describe('the scanner', () => {
  it('keeps length and lines, blanks comments and the inside of texts, leaves code inside templates', () => {
    const text = "a('x\\'y') // c\n`t ${b(`u ${c}`)} v` /* d\n */ / e = /f'/"
    const { code, bare } = mask(text)
    expect([code.length, bare.length]).toEqual([text.length, text.length])
    expect(code.split('\n')).toHaveLength(3)
    expect(bare.replaceAll(/\s+/g, ' ')).toBe("a(' ') ` ${b(` ${c}`)} ` / e = ")
  })
})
