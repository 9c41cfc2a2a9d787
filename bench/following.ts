import { type Area, type Goal, type Options, type Row, inOwnProcess, interleaved, median, ratioOf } from './harness.ts'

const ours = 'index'
const peers = ['objects', 'columns'] as const
type Peer = typeof ours | (typeof peers)[number]
type Measured = {
  readonly n: number
  readonly usPerTick: number
  readonly bytes: number
  readonly events: number
  readonly sum: number
}

const titles: Readonly<Record<Peer, string>> = {
  index: 'ours',
  objects: 'a scan of objects',
  columns: 'a scan of typed columns',
}

/** Finding what a tick of 500 candles touches among many open calls, beside looking at every one of them. */
export const following: Area = {
  name: 'following',
  async run(options) {
    const sizes = options.smoke ? [2_000] : [10_000, 100_000, 1_000_000]
    const rows: Row[] = []
    const goals: Goal[] = []
    for (const n of sizes) {
      const found = await measure(n, options)
      rows.push(...found.rows)
      goals.push(...found.goals)
    }
    return {
      rows,
      goals,
      skipped: [{ peer: 'a join in the database each tick', why: 'thousands of times slower: 85 ms at 100,000' }],
    }
  },
}

async function measure(n: number, options: Options): Promise<{ rows: Row[]; goals: Goal[] }> {
  const ticks = options.smoke ? 20 : n >= 1e6 ? 80 : 200
  const measured = await interleaved(
    [ours, ...peers],
    options.rounds,
    (name) => inOwnProcess('following.ts', [name, String(n), String(ticks)], ['--expose-gc']) as Promise<Measured>,
  )
  const [own] = measured.get(ours)!
  const expected = { events: own!.events, sum: own!.sum }
  for (const [name, found] of measured) {
    const wrong = found.find(({ events, sum }) => events !== expected.events || sum !== expected.sum)
    if (wrong)
      throw new Error(`${name} saw ${wrong.events} events (${wrong.sum}), we ${expected.events} (${expected.sum})`)
  }
  if (expected.events === 0) throw new Error('nothing was touched: nothing was compared')
  const times = (name: Peer) => measured.get(name)!.map(({ usPerTick }) => usPerTick)
  const names: readonly Peer[] = [ours, ...peers]
  const rows = names.map((name) => rowOf(name, n, times(name), name === ours ? 1 : ratioOf(times(ours), times(name))))
  return { rows, goals: goalsOf(n, rows, median(measured.get(ours)!.map(({ bytes }) => bytes))) }
}

function goalsOf(n: number, [own, scan]: readonly Row[], bytes: number): Goal[] {
  const least = n >= 1e6 ? 40 : 20
  const goals: Goal[] = []
  if (n >= 1e5)
    goals.push({
      text: `a tick among ${n} open calls, against a scan of objects`,
      wanted: `>= ${least}x`,
      got: `${scan!.ratio!.toFixed(0)}x`,
      reached: scan!.ratio! >= least,
    })
  if (n >= 1e6) {
    const ms = own!.median / 1e3
    goals.push({
      text: `a tick among ${n} open calls`,
      wanted: '<= 1 ms',
      got: `${ms.toFixed(2)} ms`,
      reached: ms <= 1,
    })
    goals.push({
      text: `memory of ${n} open calls`,
      wanted: '<= 150 bytes each',
      got: bytes.toFixed(0),
      reached: bytes <= 150,
    })
  }
  return goals
}

function rowOf(peer: Peer, n: number, times: readonly number[], ratio: number): Row {
  return {
    peer: titles[peer],
    case: 'a tick of 500 candles among open calls',
    n,
    unit: 'us',
    median: median(times),
    min: Math.min(...times),
    max: Math.max(...times),
    ratio,
    agrees: true,
  }
}
