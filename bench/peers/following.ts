import { createLevelIndex, type Levels } from '@pumpiq/domain'
import { cpuNs, median, settle } from '../harness.ts'

/**
 * One contender in a process of its own: `following.ts index|objects|columns N TICKS`, run with --expose-gc. N open calls on 500 tokens with a
 * stop, three targets and a deadline; a tick is one candle of each token. Prints microseconds of processor time a tick, bytes a call, and a
 * sum over all events, so that contenders can be compared.
 */
const tokens = 500
const lifeMs = 86_400_000
const tickMs = 1_000

function chance(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Call = { token: number; targets: readonly [number, number, number]; stop: number; until: number }
type Ticks = { high: Float64Array; low: Float64Array }[]

/** Events of one tick, in any order: their sum says whether two contenders saw the same. */
type Contender = { tick(shown: Ticks[number], at: number): void; counted(): { events: number; sum: number } }

/** Calls are made one by one, so that no list of them is counted with what a contender holds. */
function callsOf(base: Float64Array, random: () => number): () => Call {
  return () => {
    const token = Math.floor(random() * tokens)
    const entry = base[token]! * (0.97 + random() * 0.06)
    const step = entry * (0.03 + random() * 0.07)
    return {
      token,
      targets: [entry + step, entry + 2 * step, entry + 3 * step],
      stop: entry - step,
      until: tickMs + random() * lifeMs,
    }
  }
}

const STOPPED = 7
const EXPIRED = 11

/** What each does when a call is touched is the same: it ends by its deadline, else by its stop, else its targets are passed one by one. */
const eventOf = (id: number, what: number): number => ((id * 31 + what) % 1_000_003) + what

function objects(n: number, make: () => Call): Contender {
  const calls: (Call & { next: number; open: boolean })[] = []
  for (let i = 0; i < n; i++) calls.push({ ...make(), next: 0, open: true })
  let [events, sum] = [0, 0]
  const fire = (id: number, what: number) => {
    events++
    sum += eventOf(id, what)
  }
  return {
    tick({ high, low }, at) {
      for (let id = 0; id < calls.length; id++) {
        const call = calls[id]!
        if (!call.open) continue
        const best = high[call.token]!
        if (at >= call.until || low[call.token]! <= call.stop) {
          fire(id, at >= call.until ? EXPIRED : STOPPED)
          call.open = false
          continue
        }
        while (call.next < 3 && best >= call.targets[call.next]!) fire(id, ++call.next)
        if (call.next === 3) call.open = false
      }
    },
    counted: () => ({ events, sum }),
  }
}

/** The open calls' levels as columns, which two contenders hold alike. */
function columnsOf(n: number) {
  return { targets: new Float64Array(3 * n), next: new Uint8Array(n) }
}

function columns(n: number, make: () => Call): Contender {
  const { targets, next } = columnsOf(n)
  const token = new Uint16Array(n)
  const above = new Float64Array(n)
  const below = new Float64Array(n)
  const until = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    const call = make()
    token[i] = call.token
    targets.set(call.targets, 3 * i)
    above[i] = call.targets[0]
    below[i] = call.stop
    until[i] = call.until
  }
  let [events, sum] = [0, 0]
  const end = (id: number) => {
    above[id] = until[id] = Infinity
    below[id] = -Infinity
  }
  const fire = (id: number, what: number) => {
    events++
    sum += eventOf(id, what)
  }
  const touch = (id: number, best: number, worst: number, at: number) => {
    if (at >= until[id]! || worst <= below[id]!) {
      fire(id, at >= until[id]! ? EXPIRED : STOPPED)
      return end(id)
    }
    while (best >= above[id]!) {
      fire(id, ++next[id]!)
      if (next[id] === 3) return end(id)
      above[id] = targets[3 * id + next[id]!]!
    }
  }
  return {
    tick({ high, low }, at) {
      for (let id = 0; id < n; id++) {
        const best = high[token[id]!]!
        const worst = low[token[id]!]!
        if (best >= above[id]! || worst <= below[id]! || at >= until[id]!) touch(id, best, worst, at)
      }
    },
    counted: () => ({ events, sum }),
  }
}

function index(n: number, make: () => Call): Contender {
  const { targets, next } = columnsOf(n)
  const stops = new Float64Array(n)
  const untils = new Float64Array(n)
  const levels = createLevelIndex()
  for (let i = 0; i < n; i++) {
    const call = make()
    targets.set(call.targets, 3 * i)
    stops[i] = call.stop
    untils[i] = call.until
    // Entries are given out in order while none is removed, so they are the calls' numbers.
    levels.add(call.token, { above: call.targets[0], below: call.stop, until: call.until })
  }
  let [events, sum] = [0, 0]
  const fire = (id: number, what: number) => {
    events++
    sum += eventOf(id, what)
  }
  const touch = (id: number, best: number, worst: number, at: number): Levels | null => {
    if (at >= untils[id]! || worst <= stops[id]!) {
      fire(id, at >= untils[id]! ? EXPIRED : STOPPED)
      return null
    }
    while (next[id]! < 3 && best >= targets[3 * id + next[id]!]!) fire(id, ++next[id]!)
    return next[id] === 3 ? null : { above: targets[3 * id + next[id]!]!, below: stops[id]!, until: untils[id]! }
  }
  const shown = { high: 0, low: 0, at: 0 }
  const touched: number[] = []
  return {
    tick({ high, low }, at) {
      shown.at = at
      for (let token = 0; token < tokens; token++) {
        shown.high = high[token]!
        shown.low = low[token]!
        levels.touched(token, shown, touched)
        if (touched.length === 0) continue
        for (const id of touched) {
          const now = touch(id, shown.high, shown.low, at)
          if (now) levels.move(id, now)
          else levels.remove(id)
        }
        touched.length = 0
      }
    },
    counted: () => ({ events, sum }),
  }
}

const contenders: Readonly<Record<string, (n: number, make: () => Call) => Contender>> = {
  index,
  objects,
  columns,
}

function ticksOf(count: number, base: Float64Array, random: () => number): Ticks {
  const price = base.slice()
  return Array.from({ length: count }, () => {
    const high = new Float64Array(tokens)
    const low = new Float64Array(tokens)
    for (let token = 0; token < tokens; token++) {
      const before = price[token]!
      price[token] = before * (1 + (random() - 0.5) * 0.004)
      high[token] = Math.max(before, price[token]!)
      low[token] = Math.min(before, price[token]!)
    }
    return { high, low }
  })
}

const [name = '', size = '', ticks = ''] = process.argv.slice(2)
const make = contenders[name]!
const collect = globalThis.gc
const held = () => {
  collect?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

function prepared(n: number, count: number) {
  const random = chance(12_345)
  const base = Float64Array.from({ length: tokens }, () => 1 + random() * 1_000)
  const market = ticksOf(count, base, chance(99))
  const before = held()
  const contender = make(n, callsOf(base, random))
  return { contender, market, bytes: (held() - before) / n }
}

const warm = prepared(2_000, 50)
let turn = 0
settle(() => warm.contender.tick(warm.market[turn++ % 50]!, tickMs), 400)

const n = Number(size)
const { contender, market, bytes } = prepared(n, Number(ticks))
const times: number[] = []
let at = tickMs
for (const shown of market) {
  const start = cpuNs()
  contender.tick(shown, at)
  times.push((cpuNs() - start) / 1e3)
  at += tickMs
}
// At the beginning many are touched at once: what lies beside its levels from the start.
const later = times.slice(Math.floor(times.length / 4))
process.stdout.write(JSON.stringify({ n, usPerTick: median(later), bytes, ...contender.counted() }))
