import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket as Client } from 'ws'
import { createStream, streamPath, type StreamEvent } from '@pumpiq/api'
import { price, toIso } from '@pumpiq/domain'
import { createObservations } from '../evidence/observations.ts'
import { systemClock } from '../platform/clock.ts'
import { createWorld, type World } from '../testing/world.ts'

let world: World
let baseUrl: string

beforeAll(async () => {
  world = await createWorld()
  baseUrl = await world.app.http.listen({ host: '127.0.0.1', port: 0 })
}, 120_000)
afterAll(() => world.close(), 60_000)

const isSealed = ({ event }: StreamEvent) => event === 'recommendation' || event === 'outcome'

/** Listens until so many sealed events have come, and a moment longer for what should not. */
async function hear(wanted: number, options: Partial<Parameters<typeof createStream>[0]> = {}, graceMs = 300) {
  const stop = new AbortController()
  const events: StreamEvent[] = []
  const started = Promise.withResolvers<void>()
  const done = (async () => {
    for await (const event of createStream({ baseUrl, abort: stop.signal, ...options })) {
      events.push(event)
      started.resolve()
      if (events.filter(isSealed).length === wanted) void systemClock.sleep(graceMs).then(() => stop.abort())
    }
    return events
  })()
  done.catch(started.reject)
  await started.promise
  return { events, done, stop: () => stop.abort() }
}

/** The frames of the server-sent form, as they come. */
async function hearEvents(query: string, headers: Record<string, string> = {}) {
  const stop = new AbortController()
  const response = await fetch(`${baseUrl}${streamPath}/events?${query}`, { headers, signal: stop.signal })
  const events: StreamEvent[] = []
  const ids: string[] = []
  const read = (async () => {
    if (!response.ok) return
    let rest = ''
    for await (const part of response.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + part).split('\n\n')
      rest = blocks.pop()!
      for (const block of blocks) {
        ids.push(...(/^id: (.*)$/m.exec(block)?.slice(1) ?? []))
        const data = /^data: (.*)$/m.exec(block)?.[1]
        if (data) events.push(...(JSON.parse(data) as StreamEvent[]))
      }
    }
  })().catch(() => {})
  return {
    response,
    events,
    ids,
    async stop() {
      stop.abort()
      await read
    },
  }
}

async function call(token: string) {
  await world.time.advance(1_000)
  return world.until(world.client.recommendations.create({ body: { token, maxAgeMs: 0 } }))
}

async function eventually(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 400 && !holds(); i++) await systemClock.sleep(10)
  expect(holds()).toBe(true)
}

it('a call that is made is heard once with its number, over both forms alike; its ending too', async () => {
  const socket = await hear(2)
  const sent = await hearEvents('channels=recommendations,outcomes')
  expect(sent.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  const made = await call('bitcoin:native')
  const ending = { status: 'STOPPED', at: made.expiresAt, rMultiple: -1.1, returnNetPct: -3 }
  const body = { kind: 'outcome', recommendation: made.id, version: 1, outcome: ending, source: 'kraken', notes: [] }
  const { seq } = await world.app.ledger.append({ ...body, recordedAt: made.issuedAt })
  const events = (await socket.done).filter(isSealed)
  expect(events).toMatchObject([
    { event: 'recommendation', seq: made.seal!.seq, recommendation: { id: made.id, type: made.type, seal: made.seal } },
    { event: 'outcome', seq, outcome: { recommendation: made.id, token: 'bitcoin:native', ...ending } },
  ])
  await eventually(() => sent.events.filter(isSealed).length === 2)
  await sent.stop()
  expect(sent.events.filter(isSealed)).toEqual(events)
  expect(Number(sent.ids.at(-1))).toBeGreaterThanOrEqual(seq)
}, 60_000)

it('who comes back is told what it missed, from the number on that it heard last', async () => {
  const since = (await world.client.ledger.head()).seq
  const first = await call('ethereum:native')
  const second = await call('solana:native')
  const missed = await (await hear(2, { since })).done
  expect(missed.filter(isSealed).map((event) => 'seq' in event && event.seq)).toEqual([
    first.seal!.seq,
    second.seal!.seq,
  ])
  const half = await (await hear(1, { since: first.seal!.seq })).done
  expect(half.filter(isSealed)).toMatchObject([{ recommendation: { id: second.id } }])
  const narrow = await (await hear(1, { since, tokens: ['ethereum:native'] })).done
  expect(narrow.filter(isSealed)).toMatchObject([{ recommendation: { id: first.id } }])
  const again = await hearEvents('since=0', { 'last-event-id': String(first.seal!.seq) })
  await eventually(() => again.events.some(({ event }) => event === 'head'))
  await again.stop()
  expect(again.events.filter(isSealed)).toMatchObject([{ recommendation: { id: second.id } }])
}, 60_000)

it('a line that is cut is opened again, and nothing is lost or told twice', async () => {
  const lines: WebSocket[] = []
  class Cut extends WebSocket {
    constructor(url: string) {
      super(url)
      lines.push(this)
    }
  }
  const heard = await hear(2, { WebSocket: Cut, random: () => 0 })
  const one = await call('bitcoin:native')
  await eventually(() => heard.events.some(isSealed))
  lines[0]!.close()
  const two = await call('ethereum:native')
  const events = (await heard.done).filter(isSealed)
  expect(events).toMatchObject([{ recommendation: { id: one.id } }, { recommendation: { id: two.id } }])
  expect(lines.length).toBeGreaterThan(1)
}, 60_000)

it('prices and sources are told as they change, whoever noted them', async () => {
  const seen = { token: 'bitcoin:native', source: 'kraken', name: 'price', value: price('64000.5') } as const
  const heard = await hear(Infinity, { channels: ['prices', 'sources'], tokens: ['bitcoin:native'] })
  await world.time.advance(1_000)
  const at = world.time.now()
  // Straight into the table, as another process does.
  await createObservations({ db: world.db }).keep([{ ...seen, observedAt: at, fetchedAt: at }])
  await eventually(() => heard.events.some(({ event }) => event === 'price'))
  world.faults.silence('coinbase')
  await call('bitcoin:native')
  await eventually(() => heard.events.some(({ event }) => event === 'sources'))
  heard.stop()
  const events = await heard.done
  const first = events.find(({ event }) => event === 'price')
  expect(first).toEqual({
    event: 'price',
    token: seen.token,
    value: '64000.5',
    source: 'kraken',
    observedAt: toIso(at),
  })
  expect(events).toContainEqual(expect.objectContaining({ event: 'sources', id: 'coinbase', state: 'down' }))
}, 60_000)

it.each([
  [
    'channels=recommendations,weather',
    'channels',
    'is no channel: allowed are recommendations, outcomes, prices, sources',
  ],
  ['tokens=bitcoin', 'tokens', 'chain:address'],
  [`tokens=${Array.from({ length: 51 }, (_, i) => `a:${i}`).join(',')}`, 'tokens', '50'],
  ['since=-1', 'since', 'must be the number of a record'],
  ['since=999999', 'since 999999', "the ledger's last record is"],
  ['colour=red', 'colour', 'is unknown here'],
])('%s is refused, and says why', async (query, field, why) => {
  const { response } = await hearEvents(query)
  expect(response.status).toBe(400)
  const { detail } = (await response.json()) as { detail: string }
  expect(detail).toContain(field)
  expect(detail).toContain(why)
  const [name, value] = query.split('=') as [string, string]
  const socket = new Client(`${baseUrl.replace('http', 'ws')}${streamPath}?${name}=${value}`)
  expect(await refusal(socket)).toBe(400)
})

it('the client throws what the server refuses', async () => {
  await expect(hear(Infinity, { since: 999_999 })).rejects.toMatchObject({ code: 'invalid' })
})

it('a plain request is told what stands there', async () => {
  const response = await fetch(`${baseUrl}${streamPath}`)
  expect([response.status, response.headers.get('upgrade')]).toEqual([426, 'websocket'])
  expect(((await response.json()) as { detail: string }).detail).toContain('/stream/events')
})

const refusal = (socket: Client) =>
  new Promise<number>((resolve) => {
    socket.on('error', () => {})
    socket.on('unexpected-response', (request, response) => {
      resolve(response.statusCode!)
      request.destroy()
    })
    socket.on('open', () => {
      resolve(101)
      socket.terminate()
    })
  })

it('pages of other origins and of names turned to this machine are refused, our own are not', async () => {
  const url = `${baseUrl.replace('http', 'ws')}${streamPath}`
  expect(await refusal(new Client(url, { origin: 'https://evil.example' }))).toBe(403)
  expect(await refusal(new Client(url, { origin: 'null' }))).toBe(403)
  expect(await refusal(new Client(url, { headers: { host: 'evil.example' } }))).toBe(403)
  expect(await refusal(new Client(url, { origin: baseUrl }))).toBe(101)
  expect((await hearEvents('', { origin: 'https://evil.example' })).response.status).toBe(403)
})

it('a connection that was refused, or asks for a protocol where there is none, does not stay', async () => {
  const { port } = new URL(baseUrl)
  const ask = (path: string, host: string) =>
    new Promise<string>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(upgradeOf(path, host)))
      let text = ''
      socket.on('data', (data) => (text += data.toString('latin1')))
      socket.on('close', () => resolve(text.split('\r\n', 1)[0]!))
    })
  expect(await ask(streamPath, 'evil.example')).toContain('403')
  const since = systemClock.monotonic()
  await Promise.all(['/api/v1/health', '/api/v1/nothing', '/%zz'].map((path) => ask(path, 'localhost')))
  expect(systemClock.monotonic() - since).toBeLessThan(8_000)
}, 30_000)

const upgradeOf = (path: string, host: string) =>
  `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`

it('a listener changes its wishes over the socket; what cannot be followed is refused, what is too long ends it', async () => {
  const socket = new Client(`${baseUrl.replace('http', 'ws')}${streamPath}?channels=outcomes`)
  const events: StreamEvent[] = []
  socket.on('message', (data: Buffer) => events.push(...(JSON.parse(data.toString()) as StreamEvent[])))
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  await eventually(() => events.length > 0)
  socket.send(JSON.stringify({ subscribe: { channels: ['recommendations'], tokens: ['bitcoin:native'] } }))
  await eventually(() => events.some(({ event }) => event === 'subscribed'))
  expect(events.at(-1)).toMatchObject({ channels: ['outcomes', 'recommendations'], tokens: ['bitcoin:native'] })
  await call('solana:native')
  const { id } = await call('bitcoin:native')
  await eventually(() => events.some(({ event }) => event === 'recommendation'))
  expect(events.filter(isSealed)).toMatchObject([{ recommendation: { id } }])
  for (const bad of ['{', '{"subscribe":{"channels":["weather"]}}', '[]']) socket.send(bad)
  await eventually(() => events.filter(({ event }) => event === 'refused').length === 3)
  socket.send('x'.repeat(20_000))
  expect(await closed).toBe(1009)
}, 60_000)

it('who says too much is sent away', async () => {
  const socket = new Client(`${baseUrl.replace('http', 'ws')}${streamPath}`)
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  await new Promise((resolve) => socket.on('open', resolve))
  for (let i = 0; i < 25; i++) socket.send('{}')
  expect(await closed).toBe(1008)
})
