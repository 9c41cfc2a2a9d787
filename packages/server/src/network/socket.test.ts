import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isFailure, seconds } from '@pumpiq/domain'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'
import { systemClock } from '../platform/clock.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { createSocket } from './socket.ts'

const asked: IncomingMessage[] = []
const peers: WebSocket[] = []
const server: Server = createServer((_, reply) => reply.writeHead(404).end())
const upgrades = new WebSocketServer({ noServer: true, autoPong: false })
const refusals: Record<string, string> = {
  '/h.example/enough': 'HTTP/1.1 429 Too Many Requests\r\nretry-after: 7\r\nconnection: close\r\n\r\n',
  '/h.example/moved': 'HTTP/1.1 302 Found\r\nlocation: ws://127.0.0.1:1/\r\nconnection: close\r\n\r\n',
  '/h.example/broken': 'HTTP/1.1 500 Internal Server Error\r\nconnection: close\r\n\r\n',
}
server.on('upgrade', (request, line, head) => {
  asked.push(request)
  const path = new URL(request.url!, 'http://x').pathname
  if (path === '/h.example/never') return
  if (refusals[path]) {
    line.end(refusals[path])
    return
  }
  upgrades.handleUpgrade(request, line, head, (peer) => {
    peers.push(peer)
    if (path === '/h.example/hello') peer.send('hello')
    if (path === '/h.example/echo') peer.on('message', (data: Buffer) => peer.send(data.toString('utf8')))
  })
})

let upstream: string
let socket: ReturnType<typeof createSocket>
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  upstream = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => socket.close())
afterAll(() => {
  for (const peer of peers) peer.terminate()
  server.closeAllConnections()
  server.close()
})

const listener = () => {
  const messages: string[] = []
  const closes: string[] = []
  return {
    messages,
    closes,
    onMessage: (text: string) => messages.push(text),
    onClose: (why: string) => closes.push(why),
  }
}
const make = (more: Partial<Parameters<typeof createSocket>[0]> = {}) =>
  (socket = createSocket({ upstream, clock: systemClock, ...more }))
const thrownBy = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (thrown: unknown) => (isFailure(thrown) ? thrown : null),
  )

describe('the way out for vendors that tell by themselves', () => {
  it('goes to the upstream for host, path and query, and hears from the first message on', async () => {
    const heard = listener()
    await make()('wss://h.example/hello?streams=a/b', heard)
    await vi.waitFor(() => expect(heard.messages).toEqual(['hello']))
    expect(asked.at(-1)!.url).toBe('/h.example/hello?streams=a/b')
    expect(asked.at(-1)!.headers).toMatchObject({ 'user-agent': 'PumpIQ/0.1' })
    expect(asked.at(-1)!.headers['sec-websocket-extensions']).toBeUndefined()
  })

  it('says and hears, and tells once that the line is over', async () => {
    const heard = listener()
    const line = await make()('wss://h.example/echo', heard)
    line.send('a')
    line.send('ü')
    await vi.waitFor(() => expect(heard.messages).toEqual(['a', 'ü']))
    line.close()
    line.close()
    await vi.waitFor(() => expect(heard.closes).toHaveLength(1))
    line.send('into the void')
    expect(heard.messages).toHaveLength(2)
  })

  it('tells when the vendor ends the line or the wish is taken back', async () => {
    const cut = listener()
    await make()('wss://h.example/quiet', cut)
    peers.at(-1)!.terminate()
    await vi.waitFor(() => expect(cut.closes).toEqual(['h.example ended the line (code 1006)']))
    const stop = new AbortController()
    const left = listener()
    await socket('wss://h.example/quiet', { ...left, abort: stop.signal })
    stop.abort()
    await vi.waitFor(() => expect(left.closes).toHaveLength(1))
  })

  it('ends a line on which more comes at once than is allowed', async () => {
    const heard = listener()
    await make({ messageLimit: 1_000 })('wss://h.example/quiet', heard)
    peers.at(-1)!.send('x'.repeat(1_000))
    peers.at(-1)!.send('x'.repeat(1_001))
    await vi.waitFor(() => expect(heard.closes).toHaveLength(1))
    expect(heard.messages).toEqual(['x'.repeat(1_000)])
  })

  it.each([
    ['/enough', 'tooMany', 'h.example has had enough of us (HTTP 429)', 7_000],
    ['/moved', 'unavailable', 'h.example refuses the line (HTTP 302)', undefined],
    ['/broken', 'unavailable', 'h.example refuses the line (HTTP 500)', undefined],
  ])('rejects %s with its name and without a word to the listener', async (path, code, message, retryAfterMs) => {
    const heard = listener()
    const failure = await thrownBy(make()(`wss://h.example${path}`, heard))
    expect(failure).toMatchObject({ code, message })
    expect(failure?.retryAfterMs).toBe(retryAfterMs)
    expect([heard.messages, heard.closes]).toEqual([[], []])
  })

  it('rejects when nobody listens, and when the wish is taken back before the line stands', async () => {
    const nobody = make({ upstream: 'http://127.0.0.1:1' })('wss://h.example/', listener())
    expect(await thrownBy(nobody)).toMatchObject({ code: 'unavailable' })
    const stop = new AbortController()
    const before = asked.length
    const never = thrownBy(make()('wss://h.example/never', { ...listener(), abort: stop.signal }))
    await vi.waitFor(() => expect(asked.length).toBe(before + 1))
    stop.abort()
    expect(await never).toMatchObject({ code: 'unavailable' })
  })

  it('finds by its pings that a line is dead', async () => {
    const clock = createManualClock(0)
    const heard = listener()
    await make({ clock })('wss://h.example/quiet', heard)
    const pinged = new Promise((done) => peers.at(-1)!.once('ping', done))
    await clock.advance(seconds(20))
    await pinged
    expect(heard.closes).toEqual([])
    await clock.advance(seconds(20))
    await vi.waitFor(() => expect(heard.closes).toHaveLength(1))
    expect(clock.dueIn()).toBeNull()
  })

  it('ends all lines when it is closed', async () => {
    const heard = listener()
    await make()('wss://h.example/quiet', heard)
    await socket.close()
    expect(heard.closes).toHaveLength(1)
  })
})
