import { createServer } from 'node:http'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import Fastify from 'fastify'
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import { endpoints, nobody, type Anybody, type Handlers } from '../../packages/api/src/index.ts'
import { createLimits } from '../../packages/server/src/http/limits.ts'
import { createSampleHandlers } from '../../packages/server/src/http/sample-handlers.ts'
import { createSampleMarket } from '../../packages/server/src/http/sample-market.ts'
import { createHttp } from '../../packages/server/src/http/server.ts'
import { openRedis } from '../../packages/server/src/network/redis.ts'
import { systemClock } from '../../packages/server/src/platform/clock.ts'
import { systemIds } from '../../packages/server/src/platform/ids.ts'
import { silentLog } from '../../packages/server/src/platform/log.ts'
import { createSecret } from '../../packages/server/src/platform/secret.ts'
import { cpuNs } from '../harness.ts'

/**
 * One contender in a process of its own. `http.ts server NAME` listens, prints its port, and for each line it reads its processor time so
 * far. `http.ts client PORT REQUESTS CONNECTIONS` asks by raw connections that stay open, each the next question when it has its answer, and
 * prints how long the answers took and what they were.
 */
const now = Date.UTC(2026, 0, 5, 12)
const market = createSampleMarket({ now })
const [document] = market.recommendations
const path = `/api/v1/recommendations/${document!.id}`
/** No key asks as often as its tier allows. */
const keys = 2_000

type Listening = (port: number) => void

/** What any answer costs: the bytes are there. */
function plain(listening: Listening): void {
  const body = Buffer.from(JSON.stringify(document))
  const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': body.length }
  const server = createServer((_request, response) => response.writeHead(200, headers).end(body))
  server.listen(0, '127.0.0.1', () => listening((server.address() as { port: number }).port))
}

/** The framework with the same schemas in and out, and nothing besides. */
async function bare(listening: Listening): Promise<void> {
  const app = Fastify()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  const { params, reply } = endpoints.recommendations.one
  app.get('/api/v1/recommendations/:id', { schema: { params, response: { 200: reply } } }, async () => document)
  listening(Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port))
}

/** The product's own HTTP, whole: who asks is known by his key, is counted, and is answered with all headers. */
async function whole(listening: Listening, isKept: boolean, isShared: boolean): Promise<void> {
  const callers = new Map<string, Anybody>()
  for (let i = 0; i < keys; i++) {
    const caller = { userId: `user-${i}`, role: 'user', tier: 'pro', via: 'key', scopes: ['read'] } as const
    callers.set(`key-${i}`, { ...nobody, ...caller, credentialId: `key-${i}` })
  }
  const plainHandlers = createSampleHandlers({ market, now })
  const handlers: Handlers = {
    ...plainHandlers,
    recommendations: { ...plainHandlers.recommendations, one: async () => document! },
  }
  const url = createSecret('redis://127.0.0.1:6379')
  const app = await createHttp({
    handlers,
    log: silentLog,
    ids: systemIds,
    simulated: true,
    webRoot: 'none',
    identify: {
      of: async ({ headers }) => callers.get(headers['x-api-key'] as string)!,
      confirm: async (caller) => caller,
    },
    limits: createLimits({ clock: systemClock, redis: isShared ? openRedis({ url, log: silentLog }) : null }),
    pressure: { maxEventLoopDelayMs: 10_000, sampleMs: 1_000, maxHeapUsedBytes: 2 ** 40 },
    ...(isKept && { clock: systemClock }),
  })
  listening(Number(new URL(await app.listen({ port: 0, host: '127.0.0.1' })).port))
}

const servers: Readonly<Record<string, (listening: Listening) => void | Promise<void>>> = {
  plain,
  bare,
  cached: (listening) => whole(listening, true, false),
  uncached: (listening) => whole(listening, false, false),
  shared: (listening) => whole(listening, true, true),
}

type Told = { statuses: Record<string, number>; latenciesUs: number[]; bodies: Set<string> }

/** One connection: asks until no more are to be asked. */
function ask(port: number, next: () => number | null, told: Told): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let held = Buffer.alloc(0)
    let askedAt = 0
    const send = () => {
      const number = next()
      if (number === null) {
        socket.end(resolve)
        return
      }
      askedAt = performance.now()
      socket.write(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nx-api-key: key-${number % keys}\r\n\r\n`)
    }
    socket.setNoDelay(true)
    socket.on('connect', send)
    socket.on('error', reject)
    socket.on('data', (data) => {
      held = held.length === 0 ? data : Buffer.concat([held, data])
      const end = held.indexOf('\r\n\r\n')
      if (end < 0) return
      const head = held.toString('latin1', 0, end)
      const length = Number(/content-length: (\d+)/i.exec(head)![1])
      if (held.length < end + 4 + length) return
      told.latenciesUs.push((performance.now() - askedAt) * 1_000)
      const status = head.slice(9, 12)
      told.statuses[status] = (told.statuses[status] ?? 0) + 1
      if (told.bodies.size < 3) told.bodies.add(held.toString('utf8', end + 4, end + 4 + length))
      held = Buffer.alloc(0)
      send()
    })
  })
}

async function load(port: number, requests: number, connections: number): Promise<void> {
  const told: Told = { statuses: {}, latenciesUs: [], bodies: new Set() }
  let asked = 0
  const next = () => (asked < requests ? asked++ : null)
  await Promise.all(Array.from({ length: connections }, () => ask(port, next, told)))
  const sorted = told.latenciesUs.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
  const answer = { statuses: told.statuses, bodies: [...told.bodies], p50Us: at(0.5), p99Us: at(0.99) }
  process.stdout.write(JSON.stringify(answer))
}

const [role, ...args] = process.argv.slice(2)
if (role === 'client') await load(Number(args[0]), Number(args[1]), Number(args[2]))
else {
  await servers[args[0]!]!((port) => process.stdout.write(`${port}\n`))
  createInterface({ input: process.stdin }).on('line', () => process.stdout.write(`${cpuNs()}\n`))
}
