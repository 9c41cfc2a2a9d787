import {
  defaultCosts,
  horizonBars,
  houseProfile,
  createDecider,
  judge,
  validityMs,
  weightsOf,
  type Candles,
  type Plan,
} from '@pumpiq/domain'
import { backtest } from '../../packages/server/src/backtest/backtest.ts'
import { cpuNs, settle, timeOf } from '../harness.ts'
import { market } from './indicators/market.ts'
import { followByCallback } from './backtest/callback-loop.ts'

/**
 * One contender in a process of its own: `backtest.ts ours|callback-loop follow N` follows a plan every four bars to its end, `backtest.ts
 * ours decide N` decides every four bars and follows. Prints nanoseconds a bar and what came out, so that results can be compared.
 */
const everyBars = 4
const horizon = horizonBars('SWING')

/** Levels at fixed distances, and a zone wide enough that the next bar fills: what is timed is the following. */
function plansOn({ close, openAt, intervalMs, length }: Candles): Plan[] {
  const plans: Plan[] = []
  for (let i = 100; i + horizon < length; i += everyBars) {
    const at = openAt[i]! + intervalMs
    const price = close[i]!
    plans.push({
      type: 'BUY',
      issuedAt: at,
      validUntil: at + validityMs('SWING'),
      expiresAt: at + horizon * intervalMs,
      entryLow: price * 0.95,
      entryHigh: price * 1.05,
      stop: price * 0.9,
      targets: [1.06, 1.1, 1.2].map((factor, k) => ({ price: price * factor, share: [0.5, 0.3, 0.2][k]! })),
      invalidation: [],
    })
  }
  return plans
}

type Result = { n: number; sumR: number }

const followers: Readonly<Record<string, (candles: Candles, plans: readonly Plan[]) => Result>> = {
  ours(candles, plans) {
    let sumR = 0
    for (const plan of plans) sumR += judge(plan, candles, { costs: defaultCosts }).rMultiple ?? 0
    return { n: plans.length, sumR }
  },
  'callback-loop': (candles, plans) => followByCallback(candles, plans, defaultCosts),
}

function decide(candles: Candles): Result {
  const mode = 'technical-only'
  const profile = { ...houseProfile, mode, weights: weightsOf(mode) } as const
  const run = {
    profile,
    everyMs: everyBars * candles.intervalMs,
    from: 0,
    to: candles.openAt[candles.length - 1]!,
    lagMs: 0,
  }
  const follow = (plan: Plan) => judge(plan, candles, { costs: profile.costs })
  const result = { n: 0, sumR: 0 }
  for (const { ending } of backtest({ candles, finer: null }, run, { createDecider, judge: follow })) {
    result.n++
    result.sumR += ending?.rMultiple ?? 0
  }
  return result
}

const [name = '', what = '', size = ''] = process.argv.slice(2)
const candles = market(Number(size))
const plans = plansOn(candles)
const work = () => (what === 'decide' ? decide(candles) : followers[name]!(candles, plans))
if (what === 'follow') settle(work, 20)
else decide(market(3_000))
const start = cpuNs()
const result = work()
// A whole backtest is long enough to be timed by one run of it.
const ns = what === 'follow' ? timeOf(work, { stretchNs: 1 }) : cpuNs() - start
process.stdout.write(JSON.stringify({ ...result, nsPerBar: ns / candles.length }))
