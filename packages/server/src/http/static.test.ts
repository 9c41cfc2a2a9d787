import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { systemIds } from '../platform/ids.ts'
import { silentLog } from '../platform/log.ts'
import { createSampleHandlers } from './sample-handlers.ts'
import { createSampleMarket } from './sample-market.ts'
import { createHttp } from './server.ts'

let app: FastifyInstance
let root: string
const now = Date.UTC(2026, 0, 5, 12)

beforeAll(async () => {
  root = join(await mkdtemp(join(tmpdir(), 'pumpiq-web-')), 'dist')
  const handlers = createSampleHandlers({ market: createSampleMarket({ now }), now })
  app = await createHttp({ handlers, log: silentLog, ids: systemIds, simulated: true, webRoot: root })
})
afterAll(() => app.close())

it('says in a plain sentence that the pages are not built, until they are', async () => {
  const answer = await app.inject('/')
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([503, 'text/plain; charset=utf-8'])
  expect(answer.body).toContain('not built yet')
  await mkdir(join(root, 'assets'), { recursive: true })
  await writeFile(join(root, 'index.html'), '<!doctype html><title>PumpIQ</title>')
  await writeFile(join(root, 'assets/app-1a2b3c4d.js'), 'export {}')
  await writeFile(join(root, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  await writeFile(join(root, '../secret.txt'), 'outside')
  await writeFile(join(root, '.env'), 'KEY=1')
  expect((await app.inject('/')).statusCode).toBe(200)
})

it('lets hashed files be kept for ever and pages be asked for again', async () => {
  expect((await app.inject('/assets/app-1a2b3c4d.js')).headers['cache-control']).toBe(
    'public, max-age=31536000, immutable',
  )
  expect((await app.inject('/icon.svg')).headers['cache-control']).toBe('no-cache')
  expect((await app.inject('/')).headers['cache-control']).toBe('no-cache')
})

it('gives every page of the app its index, and nothing else', async () => {
  const page = await app.inject('/recommendations/0192f000-0000-7000-8000-000000000001?x=1')
  expect([page.statusCode, page.body]).toEqual([200, '<!doctype html><title>PumpIQ</title>'])
  expect(page.headers['content-type']).toContain('text/html')
  for (const url of ['/assets/app-00000000.js', '/favicon.ico', '/api', '/api/v1/x', '/api/v2/health'])
    expect((await app.inject(url)).statusCode).toBe(404)
})

it('gives the page of a token whose address has a dot', async () => {
  expect((await app.inject('/tokens/near-protocol%3Awrap.near')).statusCode).toBe(200)
})

it('sends the compressed form that lies beside a file to whoever takes it', async () => {
  await writeFile(join(root, 'assets/app-1a2b3c4d.js.gz'), gzipSync('export {}'))
  const ask = (encoding: string) =>
    app.inject({ url: '/assets/app-1a2b3c4d.js', headers: { 'accept-encoding': encoding } })
  const packed = await ask('gzip')
  expect(packed.headers).toMatchObject({
    'content-encoding': 'gzip',
    'content-type': 'application/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
  })
  expect(gunzipSync(packed.rawPayload).toString()).toBe('export {}')
  expect((await ask('identity')).headers['content-encoding']).toBeUndefined()
})

it.each([
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/assets/..%5c..%5csecret.txt',
  '/.env',
  '/assets/%2e%2e/%2e%2e/secret.txt',
  '/index.html%00.js',
])('does not leave the folder, nor show hidden files: %s', async (url) => {
  const answer = await app.inject(url)
  expect(answer.body).not.toMatch(/outside|KEY/)
  expect(answer.statusCode).toBe(404)
})
