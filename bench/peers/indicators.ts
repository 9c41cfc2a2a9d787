import { cpuNs, median, settle, timeOf } from '../harness.ts'
import { type Peer, market, ten } from './indicators/market.ts'

/**
 * One peer in a process of its own: `indicators.ts PEER batch|stream|tail N`. Prints nanoseconds by indicator (`batch`), a candle
 * (`stream`), or the last 100 values of each output (`tail`).
 */
const peers: Readonly<Record<string, () => Promise<{ peer: Peer }>>> = {
  ours: () => import('./indicators/ours.ts'),
  '@ixjb94/indicators': () => import('./indicators/ixjb94.ts'),
  'trading-signals': () => import('./indicators/trading-signals.ts'),
  technicalindicators: () => import('./indicators/technicalindicators.ts'),
  indicatorts: () => import('./indicators/indicatorts.ts'),
}

function batch(peer: Peer, length: number): Record<string, number> {
  const works = peer.batch(market(length))
  // V8 compiles what first ran inside one long loop to slower code: a long run is warmed by many short ones.
  const long = length > 20_000
  const warmers = long ? peer.batch(market(500)) : works
  const found: Record<string, number> = {}
  for (const name of ten) {
    const work = works[name]
    if (!work) continue
    settle(() => warmers[name]!.run())
    found[name] = timeOf(() => work.run())
  }
  return found
}

/** Passes over the same candles for two seconds, three at least: the median a candle. The first is not timed: V8 compiles during it. */
function stream(peer: Peer, length: number): number | null {
  if (!peer.stream) return null
  const beginning = 1_000
  const candles = market(length + beginning)
  const found: number[] = []
  const begun = cpuNs()
  for (let pass = 0; pass < 4 || cpuNs() - begun < 2e9; pass++) {
    const next = peer.stream(candles)
    for (let i = 0; i < beginning; i++) next(i)
    const start = cpuNs()
    for (let i = beginning; i < length + beginning; i++) next(i)
    if (pass > 0) found.push((cpuNs() - start) / length)
  }
  return median(found)
}

function tail(peer: Peer, length: number): Record<string, Record<string, number[]>> {
  const works = peer.batch(market(length))
  const found: Record<string, Record<string, number[]>> = {}
  for (const name of ten) {
    works[name]?.run()
    const outputs = works[name]?.tail() ?? {}
    found[name] = Object.fromEntries(
      Object.entries(outputs).map(([output, column]) => [output, Array.from(column).slice(-100)]),
    )
  }
  return found
}

const [name = '', what = '', length = ''] = process.argv.slice(2)
const { peer } = await peers[name]!()
const answers = { batch, stream, tail } as const
process.stdout.write(JSON.stringify(answers[what as keyof typeof answers](peer, Number(length))))
