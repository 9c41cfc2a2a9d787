import { spawn, spawnSync } from 'node:child_process'
import { createHmac, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { createClient, createStream } from '@pumpiq/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDemo, type Product } from '../e2e/product.ts'
import { root } from './tree.ts'

const dir = mkdtempSync(join(tmpdir(), 'pumpiq-sdk-'))
const examples = readdirSync(join(root, 'packages/api/examples')).map((file) => file.replace(/\.ts$/, ''))
const said = 'http://127.0.0.1:3000'

let product: Product
let built = ''

/** A program ends well, or what it said is told. */
function run(file: string, args: readonly string[], cwd = dir): string {
  const { status, stdout, stderr } = spawnSync(file, args, { cwd, encoding: 'utf8', timeout: 120_000 })
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`)
  return stdout
}

async function calledOnce(url: string): Promise<void> {
  const client = createClient({ baseUrl: url })
  for (let i = 0; i < 300; i++) {
    const { items } = await client.recommendations.list({ query: { current: 'true', limit: 5 } })
    if (items.length === 5) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('the demo makes no house calls')
}

/** The package from its tarball, in a folder that knows nothing of the repository; zod from ours, so that no network is needed. */
function install(): void {
  built = run(process.execPath, [join(root, 'scripts/build-sdk.ts')], root)
  const packed = run('npm', ['pack', join(root, 'packages/api/dist'), '--json', '--pack-destination', dir])
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }]
  const dependencies = { '@pumpiq/api': `file:./${filename}`, zod: `file:${join(root, 'node_modules/zod')}` }
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ type: 'module', dependencies }))
  run('npm', ['install', '--offline', '--no-audit', '--no-fund', '--loglevel=error'])
}

beforeAll(async () => {
  install()
  product = await startDemo()
  await calledOnce(product.url)
}, 240_000)
afterAll(async () => {
  await product?.close()
  rmSync(dir, { recursive: true, force: true })
})

/** An example as it stands, with the address of this test's server in place of the usual one. */
function place(example: string, port = '4000'): string {
  const text = readFileSync(join(root, `packages/api/examples/${example}.ts`), 'utf8')
  const file = join(dir, `${example}.ts`)
  writeFileSync(file, text.replaceAll(said, product.url).replace('listen(4000', `listen(${port}`))
  return file
}

const prints: Readonly<Record<string, RegExp>> = {
  'quick-start': /^(ok|starting|degraded), simulated data, \d+ records\n([A-Z0-9]+ (BUY|SELL|HOLD|AVOID) .+\n){5}$/,
  recommendation: /^(BUY|SELL|HOLD|AVOID) BTC at \d[\d.]* .*\nentry .+\n(- .+\n)+$/,
  paging: /\d+ recommendations\n$/,
  stream: /^(\d+ \S+ \S+\n)+up to date\n$/,
  verify: /^sound \d+ records, up to [0-9a-f]{64}\n$/,
  job: /^(job completed|answered at once)\n(\d of 3\n)+completed\nBTC [0-9a-f-]{36}\nETH [0-9a-f-]{36}\nSOL [0-9a-f-]{36}\n$/,
  portfolio: /^watched SOL \S+ \S+.*\nheld BTC 0\.05 [\d.]+ -?[\d.]+\nworth [\d.]+ .*\n$/,
  settings:
    /^risk moderate timeframe SWING\nriskTolerance conservative by user\ntimeframe LONG_TERM by user\nmode hybrid by (system|tier)\n$/,
  keys: /^a key for read and recommend that begins with pq_\nasked with a key\nAnn has no account here: .+\n$/,
  failures: /GET \/tokens\/:id 404 .*\nnotFound .+\nthe server has it in its log as \S+\n$/,
}

describe('the package', () => {
  it('is built, packed and installed where nothing else is', () => {
    expect(built).toMatch(/minified and gzipped \d+\.\d kB/)
    expect(
      readdirSync(join(dir, 'node_modules'))
        .filter((name) => !name.startsWith('.'))
        .toSorted(),
    ).toEqual(['@pumpiq', 'zod'])
    expect(readdirSync(join(dir, 'node_modules/@pumpiq'))).toEqual(['api'])
  })

  it('needs nothing of Node, and of packages zod alone', () => {
    for (const file of ['index.js', 'webhook.js']) {
      const text = readFileSync(join(dir, 'node_modules/@pumpiq/api', file), 'utf8')
      const asked = [...text.matchAll(/^(?:import|export) [^'"\n]*["']([^'"]+)["'];?$|\bimport\(["']([^'"]+)/gm)].map(
        ([, name, later]) => name ?? later!,
      )
      expect(file === 'webhook.js' || asked.includes('zod')).toBe(true)
      expect(asked.filter((name) => name !== 'zod' && !name.startsWith('./'))).toEqual([])
      expect(text).not.toContain('node:')
    }
  })

  it('is typed: the examples compile against it in strict mode, its own declarations too', () => {
    const files = examples.map((example) => place(example))
    const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')]
    const options = [
      '--strict',
      '--noEmit',
      '--module',
      'nodenext',
      '--target',
      'es2024',
      '--lib',
      'es2024,dom,dom.iterable',
    ]
    expect(run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), ...options, ...types, ...files])).toBe(
      '',
    )
  })
})

describe('a stream over a real socket', () => {
  const heads = { channels: ['outcomes'] as const, since: 0 }

  it('is told to whom an API key signs in', async () => {
    const { accounts } = createClient({ baseUrl: product.url })
    const { key } = await accounts.createApiKey({ body: { name: 'listener', scopes: ['read'] } })
    for await (const event of createStream({ baseUrl: product.url, apiKey: key, ...heads })) {
      expect(event).toHaveProperty('seq')
      break
    }
  })

  it('is refused to a key that is none, by name, without showing it', async () => {
    const stream = createStream({ baseUrl: product.url, apiKey: 'pq_nobodyhasthiskeyatallreally', ...heads })
    const thrown: unknown = await stream.next().catch((failure: unknown) => failure)
    expect(thrown).toMatchObject({ name: 'Failure', code: 'unauthenticated' })
    expect(String(thrown)).not.toContain('nobodyhas')
  })
})

describe('the examples, as the README shows them', () => {
  it.each(Object.keys(prints))('%s does what it says', { timeout: 120_000 }, (example) => {
    expect(run(process.execPath, [place(example)])).toMatch(prints[example]!)
  })

  it('all of them are run', () => {
    expect([...Object.keys(prints), 'webhook'].toSorted()).toEqual(examples.toSorted())
  })

  it('webhook takes what we sign, once, and nothing else', { timeout: 60_000 }, async () => {
    const port = await freePort()
    const receiver = spawn(process.execPath, [place('webhook', String(port))], { cwd: dir })
    let told = ''
    const heard = (text: string) =>
      new Promise<void>((found, failed) => {
        const look = () => told.includes(text) && found()
        receiver.stdout.on('data', look)
        receiver.once('close', () => failed(new Error(`the receiver ended: ${told}`)))
        look()
      })
    receiver.stdout.on('data', (bytes: Buffer) => (told += bytes.toString()))
    await heard('listening')
    const secret = Buffer.from('MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=', 'base64')
    const [id, time, body] = [randomUUID(), Math.floor(Date.now() / 1_000), '{"a": 1}']
    const mac = createHmac('sha256', secret).update(`${id}.${time}.${body}`).digest('base64')
    const post = async (signature: string) => {
      const headers = { 'webhook-id': id, 'webhook-timestamp': String(time), 'webhook-signature': signature }
      return (await fetch(`http://127.0.0.1:${port}`, { method: 'POST', headers, body })).status
    }
    expect([await post(`v1,${mac}`), await post(`v1,${mac}`), await post('v1,AAAA')]).toEqual([204, 204, 401])
    await heard('forged')
    receiver.removeAllListeners('close')
    receiver.kill()
    expect(told).toBe('listening\ngenuine {"a": 1}\nrefused: repeated\nrefused: forged\n')
  })

  const older = olderNode()
  it.skipIf(older === null)(
    'the quick start runs on an older Node too, where there is one',
    { timeout: 60_000 },
    () => {
      const text = stripTypeScriptTypes(readFileSync(place('quick-start'), 'utf8'))
      mkdirSync(join(dir, 'older'), { recursive: true })
      writeFileSync(join(dir, 'older/quick-start.mjs'), text)
      expect(run(older!, ['older/quick-start.mjs'])).toMatch(prints['quick-start']!)
    },
  )
})

/** A Node from 20 on, older than ours, that stands on the path. */
function olderNode(): string | null {
  const found = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'node'))
  for (const file of found.filter((path) => existsSync(path))) {
    const major = Number(/^v(\d+)/.exec(spawnSync(file, ['-v'], { encoding: 'utf8' }).stdout)?.[1])
    if (major >= 20 && major < 24) return file
  }
  return null
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
