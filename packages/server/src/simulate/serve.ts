import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Failure } from '@pumpiq/domain'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Clock } from '../platform/clock.ts'
import { createFaults, type Faults } from './faults.ts'
import { createLines } from './lines.ts'
import type { Market } from './market.ts'
import { createSimulatedFetch } from './network.ts'
import { simulatedHeader } from './vendors/answer.ts'

type Needs = {
  market: Market
  clock: Pick<Clock, 'now' | 'sleep' | 'every'>
  /** 0 takes a free one. */
  port: number
  faults?: Faults
  limits?: boolean
}

/**
 * The simulated outside on a loopback port, for a real process whose `PUMPIQ_UPSTREAM` is `url`: `/HOST/PATH?query` is answered as
 * `https://HOST/PATH?query` would be, and a line to `wss://HOST/PATH?query` stands at the same place. A host it does not have is cut off
 * without an answer, as an unreachable one is.
 */
export async function serveSimulated({ market, clock, port, faults = createFaults(), limits = false }: Needs) {
  const fetch = createSimulatedFetch({ market, clock, faults, limits })

  async function serve(asked: IncomingMessage, reply: ServerResponse): Promise<void> {
    const target = targetOf(asked.url ?? '/')
    if (target === null) {
      reply.writeHead(404, { 'content-type': 'text/plain', [simulatedHeader]: 'true' })
      reply.end('SIMULATED market. Ask for /HOST/PATH, such as /api.kraken.com/0/public/Time\n')
      return
    }
    const gone = new AbortController()
    reply.once('close', () => gone.abort())
    const headers = Object.entries(asked.headers).flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' && !hopByHop.has(name) ? [[name, value]] : [],
    )
    const response = await fetch(new Request(target, { method: asked.method ?? 'GET', headers, signal: gone.signal }))
    const body = Buffer.from(await response.arrayBuffer())
    reply.writeHead(response.status, { ...Object.fromEntries(response.headers), 'content-length': body.length })
    reply.end(body)
  }

  const server = createServer((asked, reply) => {
    serve(asked, reply).catch(() => reply.destroy())
  })
  const openLine = createLines({ market, clock, faults })
  const upgrades = new WebSocketServer({ noServer: true, maxPayload: 2 ** 16 })
  upgrades.on('headers', (headers) => headers.push(`${simulatedHeader}: true`))
  server.on('upgrade', (asked, socket, head) => {
    const target = targetOf(asked.url ?? '/')?.replace(/^https:/, 'wss:')
    let peer: WebSocket | null = null
    const listener = { onMessage: (text: string) => peer?.send(text), onEnd: () => peer?.close() }
    const line = target === undefined ? null : openLine(new URL(target), listener)
    if (!line) {
      socket.destroy()
      return
    }
    socket.once('close', () => line.close())
    upgrades.handleUpgrade(asked, socket, head, (made) => {
      peer = made
      made.on('message', (data: Buffer) => line.receive(data.toString('utf8')))
    })
  })
  await new Promise<void>((listening, failed) => {
    server.once('error', (cause) => failed(new Failure('unavailable', `port ${port}: ${cause.message}`, { cause })))
    server.listen(port, '127.0.0.1', listening)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    async close(): Promise<void> {
      const closed = new Promise<void>((done) => server.close(() => done()))
      for (const peer of upgrades.clients) peer.terminate()
      server.closeAllConnections()
      await closed
    },
  }
}

/** Meant for this connection, not for the vendor. */
const hopByHop = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'keep-alive',
  'upgrade',
  'expect',
])

/** `/HOST/PATH?query` as `https://HOST/PATH?query`; null where no host is named. */
function targetOf(path: string): string | null {
  const [, host, rest] = /^\/([a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?)(\/.*)?$/i.exec(path) ?? []
  return host === undefined ? null : `https://${host}${rest ?? '/'}`
}
