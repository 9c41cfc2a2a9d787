import { type Bar, candlesOf, canonical, followedOf, hours, judge, minutes, outcomeOf, planOf } from '@pumpiq/domain'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { seededRandom } from '../platform/random.ts'
import { benchAt, createBench } from '../testing/bench.ts'

const rounds = 40
const seed = 20_260_302

let bench: Awaited<ReturnType<typeof createBench>>
beforeAll(async () => void (bench = await createBench()), 120_000)
afterAll(() => bench.close())

/** When the venue begins to tell of a bar in a form, which may not be its last. */
type Telling = { readonly at: number; readonly bar: Bar }

/** A walk in minutes, of which some come late, some are first told wrongly, and some are never there. */
function walk(from: number, to: number, random: () => number) {
  const last = new Map<number, Bar>()
  const told: Telling[] = []
  let close = 100
  for (let openAt = from; openAt < to; openAt += minutes(1)) {
    const open = close
    close = Math.max(50, open + (random() - 0.5) * 5)
    const high = Math.max(open, close) + random()
    const low = Math.min(open, close) - random()
    const bar = { openAt, open, high, low, close, volume: 1 }
    const end = openAt + minutes(1)
    const chance = random()
    if (chance < 0.04) continue
    const lateMs = chance < 0.1 ? Math.floor(random() * 50) * minutes(1) : 0
    told.push({ at: end + lateMs, bar })
    if (chance > 0.93) {
      told.push({ at: end + Math.floor(random() * 50) * minutes(1), bar })
      told[told.length - 2] = { at: end, bar: { ...bar, low: low - 12 * random(), high: high + 12 * random() } }
    }
    last.set(openAt, bar)
  }
  return { last, told: told.toSorted((a, b) => a.at - b.at) }
}

it(`however late, corrected or missing its candles are and whenever one looks, a call ends by what the venue said last (${rounds} walks, seed ${seed})`, async () => {
  const random = seededRandom(seed)
  let corrected = 0
  for (let round = 0; round < rounds; round++) {
    const from = benchAt + round * hours(12)
    const end = from + hours(10)
    const { last, told } = walk(from, end, random)
    let next = 0
    const look = async (at: number) => {
      for (; next < told.length && told[next]!.at <= at; next++) bench.bars.set(told[next]!.bar.openAt, told[next]!.bar)
      await bench.to(at)
    }
    await look(from + hours(2))
    const document = await bench.issue({ horizonMs: hours(4) })
    for (let at = from + hours(2); at < end;) {
      at += minutes(1 + Math.floor(random() * 40))
      await look(at)
    }
    const { state, versions } = await bench.state.of(document.id)
    const candles = candlesOf('all', minutes(1), [...last.values()])
    const plan = planOf(followedOf(document))
    const whole = outcomeOf(judge(plan, candles, { costs: document.costs }), candles, plan.issuedAt)
    expect([round, state, canonical(versions[0]?.outcome)]).toEqual([round, 'closed', canonical(whole)])
    corrected += versions.length - 1
  }
  expect(corrected).toBeGreaterThan(0)
}, 300_000)
