import { request } from 'node:http'
import { afterEach, expect, it } from 'vitest'
import { Problem } from '@pumpiq/api'
import type { FastifyInstance } from 'fastify'
import { systemIds } from '../platform/ids.ts'
import { silentLog } from '../platform/log.ts'
import { createSampleHandlers } from './sample-handlers.ts'
import { createSampleMarket } from './sample-market.ts'
import { createHttp } from './server.ts'

const now = Date.UTC(2026, 0, 5, 12)
const market = createSampleMarket({ now })
const open: FastifyInstance[] = []
afterEach(async () => {
  for (const app of open.splice(0)) await app.close()
})

async function serve(trustProxy: false | number): Promise<number> {
  const handlers = createSampleHandlers({ market, now, simulated: true })
  const app = await createHttp({
    handlers,
    log: silentLog,
    ids: systemIds,
    simulated: true,
    webRoot: 'none',
    trustProxy,
  })
  open.push(app)
  return Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port)
}

const askedAs = (port: number, host: string): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', path: '/api/v1/health', headers: { host } }, (answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()))
      answer.on('end', () => resolve({ status: answer.statusCode!, text }))
    })
    asked.on('error', reject).end()
  })

it('on this machine’s own address answers to its own names alone, so that no page of elsewhere is taken for ours', async () => {
  const port = await serve(false)
  for (const host of [`localhost:${port}`, '127.0.0.1', `[::1]:${port}`, 'LOCALHOST', `pumpiq.localhost:${port}`])
    expect((await askedAs(port, host)).status).toBe(200)
  for (const host of [
    `evil.example:${port}`,
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    'localhost@evil.example',
    'evil.example:name',
  ]) {
    const { status, text } = await askedAs(port, host)
    expect(status).toBe(403)
    expect(Problem.parse(JSON.parse(text))).toMatchObject({ code: 'forbidden' })
  }
})

it('behind a proxy that is told of answers to whatever name the proxy passes on', async () => {
  const port = await serve(1)
  expect((await askedAs(port, 'pumpiq.example')).status).toBe(200)
})
