import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFetch } from './fetch.ts'

const seen: IncomingMessage[] = []
const answers: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
  '/h.example/ok': (_, response) => response.setHeader('x-vendor', 'yes').end('{"a":1}'),
  '/h.example/here': (_, response) => response.writeHead(302, { location: '/ok' }).end(),
  '/h.example/away': (_, response) => response.writeHead(302, { location: 'https://evil.example/ok' }).end(),
  '/h.example/round': (_, response) => response.writeHead(302, { location: '/round' }).end(),
  '/h.example/big': (_, response) => response.end(Buffer.alloc(300_000)),
  '/h.example/bomb': (_, response) =>
    response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(300_000))),
  '/h.example/none': (_, response) => response.writeHead(204).end(),
  '/h.example/echo': (request, response) => void request.pipe(response),
  '/h.example/slow': (_, response) => void response.write('{'),
}
const server = createServer((request, response) => {
  seen.push(request)
  const answer = answers[new URL(request.url!, 'http://x').pathname]
  if (answer) answer(request, response)
  else response.writeHead(404).end('{}')
})
let fetch: ReturnType<typeof createFetch>

beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  fetch = createFetch({ upstream: `http://127.0.0.1:${port}`, bodyLimit: 200_000 })
})
afterAll(async () => {
  await fetch.close()
  server.closeAllConnections()
  server.close()
})

const ask = (path: string, init?: RequestInit) => fetch(new Request(`https://h.example${path}`, init))

describe('the way out', () => {
  it('asks the upstream for host, path and query, with our headers, over connections kept alive', async () => {
    const before = seen.length
    for (let turn = 0; turn < 10; turn++) {
      const response = await ask(`/ok?turn=${turn}`, { headers: { 'user-agent': 'pumpiq' } })
      expect(await response.json()).toEqual({ a: 1 })
      expect(response.headers.get('x-vendor')).toBe('yes')
    }
    const asked = seen.slice(before)
    expect(asked[0]!.url).toBe('/h.example/ok?turn=0')
    expect(asked[0]!.headers['user-agent']).toBe('pumpiq')
    expect(new Set(asked.map((request) => request.socket)).size).toBeLessThanOrEqual(2)
  })

  it('sends a body along', async () => {
    expect(await (await ask('/echo', { method: 'POST', body: 'said' })).text()).toBe('said')
  })

  it('gives statuses as they are, with and without a body', async () => {
    expect((await ask('/nothing-there')).status).toBe(404)
    expect((await ask('/none')).status).toBe(204)
  })

  it('follows a redirect within the host and refuses one that leaves it', async () => {
    expect(await (await ask('/here')).json()).toEqual({ a: 1 })
    await expect(ask('/away')).rejects.toThrow('another host')
    await expect(ask('/round')).rejects.toThrow('redirects without end')
  })

  it('cuts off a body over the limit, also one that is small until it is unpacked', async () => {
    await expect((await ask('/big')).text()).rejects.toThrow('more than 200000 bytes')
    await expect((await ask('/bomb')).text()).rejects.toThrow('more than 200000 bytes')
  })

  it('rejects while the body is still coming when it is aborted', async () => {
    const stop = new AbortController()
    const response = await ask('/slow', { signal: stop.signal })
    const text = response.text()
    stop.abort(new Error('enough'))
    await expect(text).rejects.toThrow()
  })

  it('rejects when nobody listens', async () => {
    const dead = createFetch({ upstream: 'http://127.0.0.1:1' })
    await expect(dead(new Request('https://h.example/ok'))).rejects.toThrow('fetch failed')
    await dead.close()
  })
})
