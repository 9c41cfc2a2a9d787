import { type Area, type Goal, type Options, type Row, inOwnProcess, interleaved, median, ratioOf } from './harness.ts'

const ours = 'ours'
const loop = 'callback-loop'
type Measured = { readonly n: number; readonly sumR: number; readonly nsPerBar: number }

const skipped = [
  { peer: 'grademark', why: 'not among the packages of this bench' },
  { peer: '@backtest/framework', why: 'not among the packages of this bench' },
  { peer: 'indicatorts', why: 'its backtest has no fees, levels or trades: nothing to agree on' },
]

/** Following plans beside a plain loop with callbacks, and whether a whole backtest grows in line with its bars. */
export const backtest: Area = {
  name: 'backtest',
  async run(options) {
    const following = await follow(options)
    const growing = await grow(options)
    return { rows: [...following.rows, ...growing.rows], goals: [following.goal, growing.goal], skipped }
  },
}

const once = (name: string, what: string, size: number) =>
  inOwnProcess('backtest.ts', [name, what, String(size)]) as Promise<Measured>

async function follow(options: Options): Promise<{ rows: Row[]; goal: Goal }> {
  const size = options.smoke ? 2_000 : 1_000_000
  const measured = await interleaved([ours, loop], options.rounds, (name) => once(name, 'follow', size))
  const [own, theirs] = [measured.get(ours)!, measured.get(loop)!]
  const apart = Math.abs(own[0]!.sumR - theirs[0]!.sumR) / Math.max(1, Math.abs(own[0]!.sumR))
  if (!(apart < 1e-9)) throw new Error(`the plain loop came to ${theirs[0]!.sumR} R, we to ${own[0]!.sumR} R`)
  const ratio = ratioOf(own.map(timeOf), theirs.map(timeOf))
  const rows = [own, theirs].map((found, k) =>
    rowOf([ours, loop][k]!, 'follow a plan every 4 bars', size, found, k === 0 ? 1 : ratio),
  )
  return {
    rows,
    goal: goalOf('following, against a plain loop with callbacks', '>= 0.5x', `${ratio.toFixed(2)}x`, ratio >= 0.5),
  }
}

async function grow(options: Options): Promise<{ rows: Row[]; goal: Goal }> {
  const sizes = options.smoke ? [1_000, 2_000] : [100_000, 1_000_000]
  const measured = await interleaved(sizes.map(String), options.smoke ? 1 : Math.min(3, options.rounds), (size) =>
    once(ours, 'decide', Number(size)),
  )
  const [short, long] = sizes.map((size) => measured.get(String(size))!)
  const perBar = ratioOf(short!.map(timeOf), long!.map(timeOf))
  const rows = [short!, long!].map((found, k) => rowOf(ours, 'decide every 4 bars and follow', sizes[k]!, found, null))
  const times = (perBar * sizes[1]!) / sizes[0]!
  const wanted = (1.2 * sizes[1]!) / sizes[0]!
  return {
    rows,
    goal: goalOf(`time of ${sizes[1]} bars in times of ${sizes[0]}`, `<= ${wanted}`, times.toFixed(2), times <= wanted),
  }
}

const timeOf = ({ nsPerBar }: Measured): number => nsPerBar
const goalOf = (text: string, wanted: string, got: string, reached: boolean): Goal => ({ text, wanted, got, reached })

function rowOf(peer: string, what: string, n: number, found: readonly Measured[], ratio: number | null): Row {
  const times = found.map(timeOf)
  return {
    peer,
    case: what,
    n,
    unit: 'ns/bar',
    median: median(times),
    min: Math.min(...times),
    max: Math.max(...times),
    ratio,
    agrees: true,
  }
}
