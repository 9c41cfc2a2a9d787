import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Area, type Goal, type Options, type Row, interleaved, median, ratioOf } from './harness.ts'

const ours = 'hub'
const peer = 'each'
type Peer = typeof ours | typeof peer
type Measured = { cpuUsPerMessage: number; messages: number; rssMb: number; arrived: number }

const titles: Readonly<Record<Peer, string>> = { hub: 'ours', each: 'one ws.send a message and client' }
const script = fileURLToPath(new URL('peers/stream.ts', import.meta.url))
/** Prices of as many tokens within one tick. */
const events = 20

/** Telling prices to many clients, beside sending each message to each of them. */
export const stream: Area = {
  name: 'stream',
  async run(options) {
    const sizes = options.smoke ? [50] : [1_000, 5_000]
    const rows: Row[] = []
    const goals: Goal[] = []
    for (const clients of sizes) {
      const measured = await measure(clients, options)
      const times = (name: Peer) => measured.get(name)!.map(({ cpuUsPerMessage }) => cpuUsPerMessage)
      const ratio = ratioOf(times(ours), times(peer))
      rows.push(rowOf(ours, clients, times(ours), 1), rowOf(peer, clients, times(peer), ratio))
      const own = measured.get(ours)!
      const perSecond = 1e6 / median(times(ours))
      goals.push({
        text: `${Math.round(perSecond).toLocaleString('en')} messages a processor second to ${clients} clients, ${median(own.map(({ rssMb }) => rssMb)).toFixed(0)} MB`,
        wanted: '>= 3x one ws.send a message and client',
        got: `${ratio.toFixed(1)}x`,
        reached: ratio >= 3,
      })
    }
    return { rows, goals, skipped: [] }
  },
}

async function measure(clients: number, options: Options): Promise<Map<string, Measured[]>> {
  const ticks = options.smoke ? 3 : clients > 1_000 ? 10 : 25
  const found = await interleaved([ours, peer], options.rounds, (name) => once(name, clients, ticks))
  for (const [name, all] of found) {
    const wrong = all.find(({ messages, arrived }) => messages !== arrived)
    if (wrong) throw new Error(`${name} was to tell ${wrong.messages} prices; ${wrong.arrived} arrived`)
  }
  return found
}

async function once(name: string, clients: number, ticks: number): Promise<Measured> {
  const server = start(['server', name, String(clients), String(ticks), String(events)])
  const said = linesOf(server)
  const port = await said()
  const listeners = start(['clients', port, String(clients)])
  const counted = linesOf(listeners)
  try {
    const cost = JSON.parse(await said()) as Omit<Measured, 'arrived'>
    let arrived = 0
    // What is on its way when the server has written all may still have to be read.
    for (let i = 0; i < 40 && arrived < cost.messages; i++) {
      await new Promise((resolve) => setTimeout(resolve, 100))
      listeners.stdin!.write('?')
      arrived = Number(await counted())
    }
    return { ...cost, arrived }
  } finally {
    server.kill()
    listeners.kill()
  }
}

const start = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [script, ...args], { stdio: ['pipe', 'pipe', 'inherit'] })

/** Answers for the next line of the output each time. */
function linesOf({ stdout }: ChildProcess): () => Promise<string> {
  const waiting: string[] = []
  let wake = () => {}
  let rest = ''
  stdout!.on('data', (data: Buffer) => {
    const lines = (rest + data.toString()).split('\n')
    rest = lines.pop()!
    waiting.push(...lines)
    wake()
  })
  return async () => {
    while (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve))
    return waiting.shift()!
  }
}

function rowOf(name: Peer, n: number, times: readonly number[], ratio: number): Row {
  return {
    peer: titles[name],
    case: 'a price told to clients',
    n,
    unit: 'us each',
    median: median(times),
    min: Math.min(...times),
    max: Math.max(...times),
    ratio,
    agrees: true,
  }
}
