import {
  type Area,
  type Findings,
  type Goal,
  type Options,
  type Row,
  type Skipped,
  inOwnProcess,
  interleaved,
  median,
  ratioOf,
} from './harness.ts'
import { type Ten, ten } from './peers/indicators/market.ts'

const ours = 'ours'
const others = ['@ixjb94/indicators', 'trading-signals', 'technicalindicators', 'indicatorts'] as const
const streaming = ['trading-signals', 'technicalindicators'] as const

type Times = Partial<Record<Ten, number>>
type Tails = Record<string, Record<string, (number | null)[]>>
type Rounds = ReadonlyMap<string, readonly Times[]>

/** Where a peer is known to define an output otherwise. What differs and does not stand here stops the bench. */
const known: Readonly<Record<string, string>> = {
  '@ixjb94/indicators ema': 'average seeded with the first close',
  '@ixjb94/indicators macd': 'averages seeded with the first close',
  '@ixjb94/indicators obv': 'begins at 0',
  'trading-signals ema': 'average seeded with the first close',
  'trading-signals macd': 'averages seeded with the first close',
  'trading-signals obv': 'begins elsewhere',
  'technicalindicators rsi': 'rounded to 2 decimals',
  'technicalindicators mfi': 'rounded to 2 decimals',
  'technicalindicators stoch': 'not smoothed',
  'technicalindicators obv': 'begins at 0',
  'indicatorts ema': 'average seeded with the first close',
  'indicatorts macd': 'averages seeded with the first close',
  'indicatorts obv': 'begins at 0',
  'indicatorts stoch': 'not smoothed',
  'indicatorts atr': 'a simple average',
  'indicatorts mfi': 'another formula: its figures are wrong',
}

/** The ten over 500 and a million candles, and one candle more into all of them, beside what npm has. */
export const indicators: Area = {
  name: 'indicators',
  async run(options) {
    const { present, skipped, agreements } = await compareResults(options.smoke ? 500 : 5_000)
    const sizes = options.smoke ? [300, 600] : [500, 1_000_000]
    const rows: Row[] = []
    const goals: Goal[] = []
    for (const [k, size] of sizes.entries()) {
      const measured = await interleaved(
        [ours, ...present],
        options.rounds,
        async (name) => (await inOwnProcess('indicators.ts', [name, 'batch', String(size)])) as Times,
      )
      rows.push(...batchRows(measured, size, agreements))
      goals.push(batchGoal(measured, size, k === 0 ? 1.7 : 3))
    }
    const streamed = await measureStreams(present, options)
    return { rows: [...rows, ...streamed.rows], goals: [...goals, ...streamed.goals], skipped }
  },
}

type Agreements = ReadonlyMap<string, true | string>

/** Before any time is taken: the last 100 values of every output that a peer and we both have. */
async function compareResults(
  length: number,
): Promise<{ present: string[]; skipped: Skipped[]; agreements: Agreements }> {
  const tailsOf = async (name: string) => (await inOwnProcess('indicators.ts', [name, 'tail', String(length)])) as Tails
  const wanted = await tailsOf(ours)
  const present: string[] = []
  const skipped: Skipped[] = [{ peer: 'TA-Lib C', why: 'no npm package carries it ready to run; it is not built here' }]
  const agreements = new Map<string, true | string>()
  for (const name of others) {
    let tails: Tails
    try {
      tails = await tailsOf(name)
    } catch (fault) {
      skipped.push({ peer: name, why: fault instanceof Error ? (fault.message.split('\n')[0] ?? '') : String(fault) })
      continue
    }
    present.push(name)
    for (const indicator of ten)
      agreements.set(`${name} ${indicator}`, agreement(name, indicator, wanted[indicator]!, tails[indicator] ?? {}))
  }
  return { present, skipped, agreements }
}

function agreement(name: string, indicator: string, wanted: Tails[string], got: Tails[string]): true | string {
  let largest = 0
  for (const [output, column] of Object.entries(got)) {
    column.forEach((value, i) => {
      const other = wanted[output]?.[i] ?? Number.NaN
      const away = Math.abs((value ?? Number.NaN) - other) / Math.max(1e-9, Math.abs(other))
      largest = Math.max(largest, Number.isNaN(away) ? Number.POSITIVE_INFINITY : away)
    })
  }
  if (largest <= 1e-7) return true
  const reason = known[`${name} ${indicator}`]
  if (reason) return `${reason} (differs by ${largest.toExponential(0)})`
  throw new Error(`${name} and we differ by ${largest} in ${indicator}, and nobody knows why: no times are taken`)
}

function batchRows(measured: Rounds, size: number, agreements: Agreements): Row[] {
  const own = measured.get(ours)!
  return [...measured].flatMap(([peer, rounds]) =>
    [...ten, 'sum' as const].flatMap((indicator): Row[] => {
      const time = (times: Times) => (indicator === 'sum' ? sumOf(times, rounds[0]!) : times[indicator])
      const theirs = rounds.map(time)
      if (theirs.some((value) => value === undefined)) return []
      const values = theirs as number[]
      const mine = own.map(time) as number[]
      const agrees = indicator === 'sum' ? overall(peer, agreements) : (agreements.get(`${peer} ${indicator}`) ?? true)
      return [
        row(
          peer,
          indicator === 'sum' ? `sum of ${Object.keys(rounds[0]!).length}` : indicator,
          size,
          values,
          mine,
          agrees,
        ),
      ]
    }),
  )
}

function overall(peer: string, agreements: Agreements): true | string {
  const otherwise = ten.filter((indicator) => (agreements.get(`${peer} ${indicator}`) ?? true) !== true)
  return otherwise.length === 0 ? true : `all but ${otherwise.join(', ')}`
}

/** Over what `like` has: a peer without ADX is compared on the nine. */
const sumOf = (times: Times, like: Times): number =>
  ten.reduce((sum, name) => sum + (like[name] === undefined ? 0 : times[name]!), 0)

function row(
  peer: string,
  what: string,
  n: number,
  theirs: readonly number[],
  mine: readonly number[],
  agrees: true | string,
): Row {
  const us = theirs.map((value) => value / 1e3)
  return {
    peer,
    case: what,
    n,
    unit: 'us',
    median: median(us),
    min: Math.min(...us),
    max: Math.max(...us),
    ratio: ratioOf(mine, theirs),
    agrees,
  }
}

function batchGoal(measured: Rounds, size: number, wanted: number): Goal {
  const own = measured.get(ours)!
  const ratios = [...measured].flatMap(([peer, rounds]) => {
    const like = rounds[0]!
    return peer === ours
      ? []
      : [
          {
            peer,
            ratio: ratioOf(
              own.map((times) => sumOf(times, like)),
              rounds.map((times) => sumOf(times, like)),
            ),
          },
        ]
  })
  const fastest = ratios.toSorted((a, b) => a.ratio - b.ratio)[0]
  const got = fastest ? `${fastest.ratio.toFixed(2)}x (${fastest.peer})` : 'no peer'
  return {
    text: `the ten over ${size} candles against the fastest peer`,
    wanted: `${wanted}x`,
    got,
    reached: (fastest?.ratio ?? 0) >= wanted,
  }
}

async function measureStreams(
  present: readonly string[],
  { smoke, rounds }: Options,
): Promise<Pick<Findings, 'rows' | 'goals'>> {
  const length = smoke ? 500 : 200_000
  const peers = streaming.filter((name) => present.includes(name))
  const measured = await interleaved(
    [ours, ...peers],
    rounds,
    async (name) => (await inOwnProcess('indicators.ts', [name, 'stream', String(length)])) as number,
  )
  const own = measured.get(ours)!
  const rows = [...measured].map(([peer, times]) =>
    row(
      peer,
      'one candle into the ten and VWAP',
      1,
      times,
      own,
      peer === ours ? true : 'its batch above is this stream',
    ),
  )
  const against = rows.find(({ peer }) => peer === 'trading-signals')?.ratio ?? 0
  const goals = [
    {
      text: 'one new candle against trading-signals',
      wanted: '10x',
      got: `${against.toFixed(1)}x`,
      reached: against >= 10,
    },
  ]
  return { rows, goals }
}
