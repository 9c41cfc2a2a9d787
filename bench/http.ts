import { spawn } from 'node:child_process'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type Area, type Goal, interleaved, median, type Options, ratioOf, type Row } from './harness.ts'

const titles = {
  plain: 'node:http, the bytes prebuilt',
  bare: 'fastify and zod, nothing besides',
  cached: 'ours, kept answer',
  uncached: 'ours, made anew',
  shared: 'ours, kept answer, counted in Redis',
} as const
type Peer = keyof typeof titles
type Load = { statuses: Record<string, number>; bodies: string[]; p50Us: number; p99Us: number; clientUs: number }
type Measured = Load & { cpuUs: number }

const script = fileURLToPath(new URL('peers/http.ts', import.meta.url))
const connections = 64

/** One recommendation over HTTP: who asks is known, counted and answered with every header, beside servers that do nothing of it. */
export const http: Area = {
  name: 'http',
  async run(options) {
    const hasRedis = await answers(6379)
    const peers = (Object.keys(titles) as Peer[]).filter((peer) => peer !== 'shared' || hasRedis)
    const requests = options.smoke ? 400 : 20_000
    const found = await interleaved(peers, options.rounds, (peer) => measure(peer as Peer, requests, options))
    check(found)
    const cpu = (peer: Peer) => found.get(peer)!.map(({ cpuUs }) => cpuUs)
    const rows = peers.map((peer) => rowOf(peer, requests, cpu(peer), cpu(peer === 'bare' ? 'uncached' : 'cached')))
    const skipped = hasRedis ? [] : [{ peer: titles.shared, why: 'nothing answers at 127.0.0.1:6379' }]
    return { rows, goals: goalsOf(found), skipped }
  },
}

async function measure(peer: Peer, requests: number, { smoke }: Options): Promise<Measured> {
  const server = begin('server', peer)
  const port = await server.say()
  // The same one warms up and measures: what is late while a client begins is none of the server's doing.
  const client = begin('client', port, String(connections))
  try {
    // After fewer, what does more is still being compiled while it is measured.
    await client.say(smoke ? 100 : 30_000)
    const before = Number(await server.say('?'))
    const told = JSON.parse(await client.say(requests)) as Load
    return { ...told, cpuUs: (Number(await server.say('?')) - before) / 1_000 / requests }
  } finally {
    client.end()
    server.end()
  }
}

/** A process of its own that answers each line with one. */
function begin(...args: readonly string[]) {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async say(line?: string | number): Promise<string> {
      if (line !== undefined) child.stdin.write(`${line}\n`)
      const { value, done } = await lines.next()
      if (done) throw new Error(`${args.join(' ')} ended without an answer`)
      return value
    },
    end: () => void child.kill(),
  }
}

/** All have told the same document, each time. */
function check(found: Map<string, Measured[]>): void {
  const documents = new Set<string>()
  for (const [peer, all] of found) {
    for (const { statuses, bodies } of all) {
      if (Object.keys(statuses).join() !== '200') throw new Error(`${peer} answered ${JSON.stringify(statuses)}`)
      for (const body of bodies) documents.add(JSON.stringify(JSON.parse(body)))
    }
  }
  if (documents.size !== 1) throw new Error(`${documents.size} different documents were told`)
}

const rowOf = (peer: Peer, n: number, times: readonly number[], own: readonly number[]): Row => ({
  peer: titles[peer],
  case: 'a recommendation, processor time of the server',
  n,
  unit: 'us each',
  median: median(times),
  min: Math.min(...times),
  max: Math.max(...times),
  ratio: ratioOf(own, times),
  agrees: true,
})

function goalsOf(found: Map<string, Measured[]>): Goal[] {
  const of = (peer: Peer, figure: (measured: Measured) => number) => found.get(peer)!.map(figure)
  const speed = (own: Peer, theirs: Peer) =>
    ratioOf(
      of(own, ({ cpuUs }) => cpuUs),
      of(theirs, ({ cpuUs }) => cpuUs),
    )
  const tail = (own: Peer, theirs: Peer) =>
    ratioOf(
      of(theirs, ({ p50Us }) => p50Us),
      of(own, ({ p99Us }) => p99Us),
    )
  const againstP99 = (own: Peer, theirs: Peer) =>
    ratioOf(
      of(theirs, ({ p99Us }) => p99Us),
      of(own, ({ p99Us }) => p99Us),
    )
  // The peer's own p99 says what machine and client make of it without us: no goal, but what the goal's figure is to be read beside.
  const beside = (own: Peer, theirs: Peer) =>
    `; the peer's own ${tail(theirs, theirs).toFixed(2)}x, ours ${againstP99(own, theirs).toFixed(2)}x of that`
  const goal = (text: string, wanted: string, got: number, reached: boolean, more = ''): Goal => ({
    text,
    wanted,
    got: `${got.toFixed(2)}x${more}`,
    reached,
  })
  const [kept, anew] = [speed('cached', 'plain'), speed('uncached', 'bare')]
  const [keptTail, anewTail] = [tail('cached', 'plain'), tail('uncached', 'bare')]
  const [ofPlain, ofBare] = [beside('cached', 'plain'), beside('uncached', 'bare')]
  return [
    goal('kept, requests a processor second', '>= 0.7x node:http with prebuilt bytes', kept, kept >= 0.7),
    goal('made anew, requests a processor second', '>= 0.8x bare fastify and zod', anew, anew >= 0.8),
    goal('kept, p99', '<= 3x the p50 of node:http', keptTail, keptTail <= 3, ofPlain),
    goal('made anew, p99', '<= 3x the p50 of bare fastify', anewTail, anewTail <= 3, ofBare),
  ]
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => resolve((socket.destroy(), true)))
    socket.on('error', () => resolve(false))
  })
