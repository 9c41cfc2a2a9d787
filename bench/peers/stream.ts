import { connect } from 'node:net'
import { WebSocketServer } from 'ws'
import { createHub, type Hub } from '../../packages/server/src/stream/hub.ts'
import { socketLine } from '../../packages/server/src/stream/lines.ts'
import { systemClock } from '../../packages/server/src/platform/clock.ts'
import { silentLog } from '../../packages/server/src/platform/log.ts'
import { cpuNs } from '../harness.ts'

/**
 * One contender in a process of its own: `stream.ts server hub|each CLIENTS TICKS EVENTS` listens, waits for so many clients, then tells EVENTS
 * prices of other tokens each tick, either by the hub or by one `ws.send` a message and client, and prints what it cost. `stream.ts clients
 * PORT N` is the other end: raw connections that count bytes, so that they are not what is measured.
 */
const tickMs = 80

type Tell = Hub['publish']
type StreamEvent = Parameters<Tell>[0]

const priceOf = (i: number, tick: number): StreamEvent =>
  ({
    event: 'price',
    token: `ethereum:0x${i.toString(16).padStart(40, '0')}`,
    value: (100 + i + tick / 1_000).toString(),
    source: 'binance',
    observedAt: new Date(1_763_802_000_000 + tick).toISOString(),
  }) as StreamEvent

/** Listens as the product does, or sends each message to each client as it comes. */
function tellerOf(name: string, server: WebSocketServer): Tell {
  if (name === 'each') {
    return (event) => {
      const text = Buffer.from(JSON.stringify([event]))
      for (const socket of server.clients) socket.send(text, { binary: false })
    }
  }
  const sealed = { head: async () => 0, between: async () => ({ events: [], upTo: 0 }) }
  const hub = createHub({ sealed, clock: systemClock, log: silentLog })
  server.on('connection', (socket, request) => {
    const line = socketLine(socket, request.socket)
    const place = hub.enter(line, {
      wanted: { channels: new Set(['prices']), tokens: null },
      since: null,
      userId: null,
    })
    socket.once('close', place.leave)
  })
  return hub.publish
}

async function serve(name: string, clients: number, ticks: number, events: number): Promise<void> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', backlog: 4_096, perMessageDeflate: false })
  const tell = tellerOf(name, server)
  await new Promise((resolve) => server.once('listening', resolve))
  process.stdout.write(`${(server.address() as { port: number }).port}\n`)
  while (server.clients.size < clients) await systemClock.sleep(50)
  await systemClock.sleep(500)
  const before = cpuNs()
  for (let tick = 0; tick < ticks; tick++) {
    for (let i = 0; i < events; i++) tell(priceOf(i, tick))
    await systemClock.sleep(2 * tickMs)
  }
  const waiting = () => [...server.clients].some((socket) => socket.bufferedAmount > 0)
  for (let i = 0; i < 200 && waiting(); i++) await systemClock.sleep(50)
  const messages = clients * ticks * events
  const rss = process.memoryUsage.rss()
  const cpu = cpuNs() - before
  process.stdout.write(`${JSON.stringify({ cpuUsPerMessage: cpu / 1e3 / messages, messages, rssMb: rss / 1e6 })}\n`)
}

const upgrade =
  'GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n'

/** Counts the prices that reach each client. */
function listen(port: number, clients: number): void {
  let opened = 0
  let prices = 0
  const word = Buffer.from('"event":"price"')
  const open = () => {
    if (opened === clients) return
    opened++
    const socket = connect(port, '127.0.0.1', () => socket.write(upgrade))
    socket.once('data', open)
    socket.on('data', (data) => {
      for (let at = data.indexOf(word); at >= 0; at = data.indexOf(word, at + word.length)) prices++
    })
    socket.on('error', () => {})
  }
  for (let i = 0; i < 50; i++) open()
  process.stdin.on('data', () => process.stdout.write(`${prices}\n`))
}

const [, , role, ...rest] = process.argv
if (role === 'clients') listen(Number(rest[0]), Number(rest[1]))
else await serve(rest[0]!, Number(rest[1]), Number(rest[2]), Number(rest[3]))
