import { expect, it } from 'vitest'
import { systemIds } from '../platform/ids.ts'
import { silentLog } from '../platform/log.ts'
import { refuseFarCallers } from './local-only.ts'
import { createSampleHandlers } from './sample-handlers.ts'
import { createSampleMarket } from './sample-market.ts'
import { createHttp } from './server.ts'

const near = { ip: '127.0.0.1', host: 'localhost:3000', headers: {}, socket: { remoteAddress: '127.0.0.1' } }
const asking = (from: Partial<typeof near> & { headers?: Record<string, string> }, isProxyTrusted = false) => {
  refuseFarCallers({ ...near, ...from }, isProxyTrusted)
  return 'heard'
}

it('whoever sits at the machine is heard, with and without a page of ours', () => {
  for (const ip of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1']) expect(asking({ ip })).toBe('heard')
  expect(asking({ headers: { origin: 'http://localhost:3000' } })).toBe('heard')
})

it('another address is refused with a sentence that names it, behind a trusted proxy too', () => {
  for (const ip of ['10.0.0.9', '192.168.1.7', '203.0.113.5', '::ffff:10.0.0.9', 'fe80::1']) {
    for (const trusted of [false, true]) {
      expect(() => asking({ ip }, trusted)).toThrow(
        expect.objectContaining({
          code: 'forbidden',
          message: expect.stringContaining(`came from ${ip}`) as string,
        }) as Error,
      )
    }
  }
})

it('what an unknown proxy sent on does not count as sent from here', () => {
  for (const name of ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via', 'cf-connecting-ip'])
    expect(() => asking({ headers: { [name]: '127.0.0.1' } })).toThrow(/TRUST_PROXY/)
  expect(asking({ headers: { 'x-forwarded-for': '127.0.0.1' } }, true)).toBe('heard')
})

it('nobody writes himself near: what he says of himself is not believed beside the address he connects from', () => {
  const headers = { 'x-forwarded-for': '127.0.0.1' }
  expect(() => asking({ socket: { remoteAddress: '192.0.2.2' }, headers }, true)).toThrow(/came from 192\.0\.2\.2/)
  const chains = ['127.0.0.1, 203.0.113.9', '203.0.113.9, 127.0.0.1', '203.0.113.9', 'unknown', '']
  for (const named of chains)
    expect(() => asking({ headers: { 'x-forwarded-for': named } }, true)).toThrow(/the request came from/)
  expect(() => asking({ headers: { 'x-real-ip': '203.0.113.9' } }, true)).toThrow(/came from 203\.0\.113\.9/)
  expect(asking({ headers: { 'x-forwarded-for': '127.0.0.1, ::1', 'x-real-ip': '127.0.0.1' } }, true)).toBe('heard')
})

it('a name that is none of this machine is refused, behind a trusted proxy too: its DNS may have been turned here', () => {
  for (const host of ['evil.example', 'evil.example:3000', 'localhost.evil.example']) {
    for (const trusted of [false, true]) {
      const headers = { origin: `http://${host}` }
      expect(() => asking({ host, headers }, trusted)).toThrow(/another name than one of this machine/)
      expect(() => asking({ host }, trusted)).toThrow(/another name than one of this machine/)
    }
  }
  for (const host of ['localhost', 'app.localhost:3000', '127.0.0.1:3000', '[::1]:3000'])
    expect(asking({ host, headers: { origin: `http://${host}` } }, true)).toBe('heard')
})

it('a page of another origin in a browser of this machine is refused', () => {
  for (const origin of ['https://evil.example', 'http://localhost:8080', 'null'])
    expect(() => asking({ headers: { origin } })).toThrow(/another origin/)
})

it('is asked before anything is read, and only where the table says so', async () => {
  const now = Date.UTC(2026, 0, 5, 12)
  const handlers = createSampleHandlers({ market: createSampleMarket({ now }), now })
  for (const trustProxy of [false, 1] as const) {
    const app = await createHttp({
      handlers,
      log: silentLog,
      ids: systemIds,
      simulated: true,
      webRoot: 'none',
      trustProxy,
    })
    const status = async (url: string, options: object) =>
      (await app.inject({ method: 'PUT', url, ...options })).statusCode
    const path = '/api/v1/user/notifications/preferences'
    expect(await status(path, { remoteAddress: '10.0.0.9', payload: { not: 'read' } })).toBe(401)
    const written = { remoteAddress: '10.0.0.9', headers: { 'x-forwarded-for': '127.0.0.1' } }
    expect(await status(path, { method: 'GET', ...written })).toBe(401)
    expect(await status(path, { payload: { not: 'read' } })).toBe(400)
    expect(await status('/api/v1/health', { method: 'GET', remoteAddress: '10.0.0.9' })).toBe(200)
    // Behind a trusted proxy the caller's own address counts; without one, that somebody sent it on.
    expect(await status(path, { method: 'GET', headers: { 'x-forwarded-for': '203.0.113.9' } })).toBe(401)
    await app.close()
  }
})
