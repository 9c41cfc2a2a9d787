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
 * far. `http.ts client PORT CONNECTIONS` asks as many questions as each line it reads says, by raw connections that stay open, each the next
 * question when it has its answer, and prints how long the answers took and what they were.
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

type Told = { statuses: Record<string, number>; latenciesUs: Float64Array; answered: number; bodies: Set<string> }

/** What all connections ask in one run: how much is left to be asked, and what was told so far. */
type Run = { left: number; readonly told: Told; readonly ended: () => void }

const headEnd = Buffer.from('\r\n\r\n')
const lengthName = /content-length: (\d+)/i

/**
 * One connection that stays open from run to run: asks until no more are to be asked. What it does at an answer is as little as shows that
 * it is whole and good, so that the server is what is measured.
 */
function open(port: number, questions: readonly Buffer[]): Promise<(run: Run) => void> {
  const socket = connect(port, '127.0.0.1')
  let run: Run | null = null
  let held: Buffer | null = null
  let askedAt = 0
  const send = () => {
    if (run!.left === 0) return
    const question = questions[--run!.left % questions.length]!
    askedAt = performance.now()
    socket.write(question)
  }
  socket.setNoDelay(true)
  socket.on('data', (data) => {
    const given = held === null ? data : Buffer.concat([held, data])
    held = given
    const end = given.indexOf(headEnd)
    if (end < 0) return
    const head = given.toString('latin1', 0, end)
    if (given.length < end + 4 + Number(lengthName.exec(head)![1])) return
    held = null
    const { told, ended } = run!
    const took = (performance.now() - askedAt) * 1_000
    const status = head.slice(9, 12)
    told.latenciesUs[told.answered++] = took
    told.statuses[status] = (told.statuses[status] ?? 0) + 1
    if (told.bodies.size < 3) told.bodies.add(given.toString('utf8', end + 4))
    if (told.answered === told.latenciesUs.length) ended()
    else send()
  })
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('connect', () => resolve((next) => ((run = next), send())))
  })
}

async function load(port: number, connections: number): Promise<void> {
  const questions = Array.from({ length: keys }, (_, i) =>
    Buffer.from(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nx-api-key: key-${i}\r\n\r\n`),
  )
  const askers = await Promise.all(Array.from({ length: connections }, () => open(port, questions)))
  for await (const line of createInterface({ input: process.stdin })) {
    const latenciesUs = new Float64Array(Number(line))
    const told: Told = { statuses: {}, latenciesUs, answered: 0, bodies: new Set() }
    const before = cpuNs()
    await new Promise<void>((ended) => {
      const run = { left: latenciesUs.length, told, ended }
      for (const asker of askers) asker(run)
    })
    const sorted = latenciesUs.toSorted()
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
    const times = { p50Us: at(0.5), p99Us: at(0.99), clientUs: (cpuNs() - before) / 1_000 / sorted.length }
    process.stdout.write(`${JSON.stringify({ statuses: told.statuses, bodies: [...told.bodies], ...times })}\n`)
  }
  process.exit()
}

const [role, ...args] = process.argv.slice(2)
if (role === 'client') await load(Number(args[0]), Number(args[1]))
else {
  await servers[args[0]!]!((port) => process.stdout.write(`${port}\n`))
  createInterface({ input: process.stdin }).on('line', () => process.stdout.write(`${cpuNs()}\n`))
}
