import {
  bootstrapMean,
  effectiveN,
  hours,
  LEAST_N,
  mean,
  median,
  RiskRating,
  timeframes,
  toIso,
  wilson,
  type Timeframe,
} from '@pumpiq/domain'
import type { Figure, PerformanceResults } from '@pumpiq/api'
import { recordRandom } from './record-random.ts'
import type { CountedCall } from './outcomes-counted.ts'

type Decided = {
  readonly call: CountedCall
  readonly token: number
  readonly net: number
  readonly hoursTaken: number
}

/**
 * What filled and decided BUY and SELL calls returned after costs. A win is a return above 0: that is not the same as target 1 before the
 * stop. The best and the worst are single calls and are told whatever their number; rates and means only of thirty independent windows.
 */
export function resultsOf(calls: readonly CountedCall[], timeframe: Timeframe): PerformanceResults {
  const numbers = new Map<string, number>()
  const decided = calls.flatMap((call): Decided[] => {
    const { type, token, issuedAt, ending } = call
    const { returnNetRatio: net, rMultiple, at } = ending
    if ((type !== 'BUY' && type !== 'SELL') || net === null || rMultiple === null || at === null) return []
    if (!numbers.has(token)) numbers.set(token, numbers.size)
    return [{ call, token: numbers.get(token)!, net, hoursTaken: (at - issuedAt) / hours(1) }]
  })
  const { horizonMs } = timeframes[timeframe]
  const won = decided.filter(({ net }) => net > 0)
  const lost = decided.filter(({ net }) => net <= 0)
  const hoursTaken = meanOf(decided, ({ hoursTaken: taken }) => taken, horizonMs)
  return {
    winRate: rateOf(decided, won.length, horizonMs),
    winningReturnPct: meanOf(won, percent, horizonMs),
    losingReturnPct: meanOf(lost, percent, horizonMs),
    hoursToOutcome: {
      ...hoursTaken,
      median: hoursTaken.value === null ? null : median(decided.map(({ hoursTaken: taken }) => taken)),
    },
    best: extreme(decided, 1),
    worst: extreme(decided, -1),
    byRisk: RiskRating.options.map((risk) => {
      const own = decided.filter(({ call }) => call.risk === risk)
      return {
        risk,
        calls: calls.filter((call) => call.risk === risk).length,
        decided: own.length,
        winRate: rateOf(own, own.filter(({ net }) => net > 0).length, horizonMs),
        returnNetPct: meanOf(own, percent, horizonMs),
      }
    }),
  }
}

const percent = ({ net }: Decided): number => net * 100

const windowsOf = (decided: readonly Decided[]) => ({
  token: decided.map(({ token }) => token),
  at: decided.map(({ call }) => call.issuedAt),
  length: decided.length,
})

function tooFew(n: number, worth: number): Figure {
  const note = `too few: ${worth} independent windows, ${LEAST_N} are needed`
  return { value: null, low: null, high: null, n, effectiveN: worth, note }
}

function rateOf(decided: readonly Decided[], count: number, horizonMs: number): Figure {
  const n = decided.length
  const worth = effectiveN(windowsOf(decided), horizonMs)
  if (worth < LEAST_N) return tooFew(n, worth)
  return { value: count / n, ...wilson(count / n, worth), n, effectiveN: worth, note: null }
}

function meanOf(decided: readonly Decided[], valueOf: (one: Decided) => number, horizonMs: number): Figure {
  const n = decided.length
  const about = windowsOf(decided)
  const worth = effectiveN(about, horizonMs)
  if (worth < LEAST_N) return tooFew(n, worth)
  const values = decided.map(valueOf)
  const interval = bootstrapMean(values, about, { blockMs: horizonMs, random: recordRandom() })
  const note = interval ? null : 'too short a time for an interval'
  return { value: mean(values), low: interval?.low ?? null, high: interval?.high ?? null, n, effectiveN: worth, note }
}

function extreme(decided: readonly Decided[], way: 1 | -1): PerformanceResults['best'] {
  let found: Decided | null = null
  for (const one of decided) if (!found || way * (one.net - found.net) > 0) found = one
  if (!found) return null
  const { call, net, hoursTaken } = found
  const { token, symbol, type, issuedAt, ending } = call
  return {
    token,
    symbol,
    type,
    issuedAt: toIso(issuedAt),
    returnNetPct: net * 100,
    rMultiple: ending.rMultiple,
    hours: hoursTaken,
  }
}
