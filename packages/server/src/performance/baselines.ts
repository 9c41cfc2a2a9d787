import {
  baselines,
  createBaselineTally,
  timeframes,
  verdictOn,
  type BaselineTally,
  type Timeframe,
} from '@pumpiq/domain'
import type { BaselinesBeside, Period } from '@pumpiq/api'
import { inTime, type CountCalls, type CountedCall } from './outcomes-counted.ts'
import { recordRandom } from './record-random.ts'
import { createNumbers, endedFrom, leastTold, spanOf } from './summary.ts'

type Asked = { countCalls: CountCalls; period: Period; timeframe: Timeframe; now: number }

/** How a call stands to its baselines; `none`: it has no window. */
type Standing = 'none' | 'waiting' | 'unknown' | 'played'

export function standingOf({ type, ending, baselines: played }: CountedCall): Standing {
  if ((type !== 'BUY' && type !== 'SELL') || ending.returnNetRatio === null) return 'none'
  if (played === null) return 'waiting'
  return Object.values(played).some(({ isKnown }) => isKnown) ? 'played' : 'unknown'
}

/** Takes a call on whose window baselines were played into a tally; any other is left out. */
export function putPlayed(tally: BaselineTally, token: number, call: CountedCall): Standing {
  const standing = standingOf(call)
  if (standing !== 'played') return standing
  const { ending, issuedAt, baselines: played } = call
  const results = baselines.map(({ id }) => {
    const one = played![id]
    return one && one.net !== null ? { returnNetRatio: one.net, rMultiple: one.r } : null
  })
  tally.put(token, issuedAt, { returnNetRatio: ending.returnNetRatio!, rMultiple: ending.rMultiple }, results)
  return standing
}

/** The record of a timeframe beside what others would have made of the same windows. */
export async function baselinesBeside({ countCalls, period, timeframe, now }: Asked): Promise<BaselinesBeside> {
  const tally = createBaselineTally({ horizonMs: timeframes[timeframe].horizonMs, random: recordRandom() })
  const numberOf = createNumbers()
  const counts = { none: 0, waiting: 0, unknown: 0, played: 0 }
  const asked = { timeframe, endedFrom: endedFrom(period, now), withBaselines: true }
  for (const call of await inTime(countCalls(asked))) counts[putPlayed(tally, numberOf(call.token), call)]++
  const { none: _, ...rest } = counts
  const rows = tally.rows()
  return {
    ...spanOf(period, now),
    timeframe,
    counted: { decided: rest.waiting + rest.unknown + rest.played, ...rest },
    rows: [...rows],
    verdict: verdictOn(rows, 'live'),
    notes: [
      'House calls of BUY and SELL that were filled and ended in the period. Each baseline enters at the fill of the call and pays the same costs.',
      'A call turned round is judged to its own end, which can be later than that of the call: until then it is not counted.',
      leastTold,
    ],
  }
}
