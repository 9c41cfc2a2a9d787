import { type ChildProcess, spawn } from 'node:child_process'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { type Area, type Goal, inOwnProcess, interleaved, median, type Options, ratioOf, type Row } from './harness.ts'

const titles = {
  plain: 'node:http, the bytes prebuilt',
  bare: 'fastify and zod, nothing besides',
  cached: 'ours, kept answer',
  uncached: 'ours, made anew',
  shared: 'ours, kept answer, counted in Redis',
} as const
type Peer = keyof typeof titles
type Load = { statuses: Record<string, number>; bodies: string[]; p50Us: number; p99Us: number }
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
  const server = spawn(process.execPath, [script, 'server', peer], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]()
  const said = async () => Number((await lines.next()).value)
  const load = async (times: number) =>
    (await inOwnProcess('http.ts', ['client', String(port), String(times), String(connections)])) as Load
  const port = await said()
  try {
    await load(smoke ? 100 : 8_000)
    const before = await cpuOf(server, said)
    const told = await load(requests)
    return { ...told, cpuUs: ((await cpuOf(server, said)) - before) / 1_000 / requests }
  } finally {
    server.kill()
  }
}

async function cpuOf(server: ChildProcess, said: () => Promise<number>): Promise<number> {
  server.stdin!.write('?\n')
  return said()
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
  const goal = (text: string, wanted: string, got: number, reached: boolean): Goal => ({
    text,
    wanted,
    got: `${got.toFixed(2)}x`,
    reached,
  })
  const [kept, anew] = [speed('cached', 'plain'), speed('uncached', 'bare')]
  const [keptTail, anewTail] = [tail('cached', 'plain'), tail('uncached', 'bare')]
  return [
    goal('kept, requests a processor second', '>= 0.7x node:http with prebuilt bytes', kept, kept >= 0.7),
    goal('made anew, requests a processor second', '>= 0.8x bare fastify and zod', anew, anew >= 0.8),
    goal('kept, p99', '<= 3x the p50 of node:http', keptTail, keptTail <= 3),
    goal('made anew, p99', '<= 3x the p50 of bare fastify', anewTail, anewTail <= 3),
  ]
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => resolve((socket.destroy(), true)))
    socket.on('error', () => resolve(false))
  })
