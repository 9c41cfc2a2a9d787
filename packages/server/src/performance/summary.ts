import { createTally, timeframes, type Tally, type Timeframe, toIso } from '@pumpiq/domain'
import type { PerformanceSummary, Period } from '@pumpiq/api'
import { keyOf } from './breakdown-keys.ts'
import { inTime, type CountCalls, type CountedCall } from './outcomes-counted.ts'
import { recordRandom } from './record-random.ts'
import { resultsOf } from './results.ts'

const dayMs = 86_400_000
const periodMs: Record<Exclude<Period, 'all'>, number> = {
  '7d': 7 * dayMs,
  '30d': 30 * dayMs,
  '90d': 90 * dayMs,
  '1y': 365 * dayMs,
}

/** The earliest ending of a period that ends now; null: all. */
export const endedFrom = (period: Period, now: number): number | null =>
  period === 'all' ? null : now - periodMs[period]

/** What was asked of the record, said again in the reply. */
export const spanOf = (period: Period, now: number) => {
  const from = endedFrom(period, now)
  return { period, from: from === null ? null : toIso(from), to: toIso(now) }
}

export const whatIsCounted =
  'House calls only. Those that ended in the period are counted, whatever the ending, and beside them those open now.'
export const leastTold = 'No rate or mean is told of fewer than 30 independent windows.'

/** Which calls are counted: the keys of the groups that they are in. */
export type Filters = Partial<Record<'type' | 'risk' | 'token' | 'actionable' | 'confidence', string | undefined>>

export function isWanted(call: CountedCall, filters: Filters): boolean {
  for (const [name, key] of Object.entries(filters))
    if (key !== undefined && keyOf[name as keyof Filters](call).key !== key) return false
  return true
}

/** Small whole numbers for tokens. */
export function createNumbers() {
  const numbers = new Map<string, number>()
  return (token: string): number => {
    if (!numbers.has(token)) numbers.set(token, numbers.size)
    return numbers.get(token)!
  }
}

export function addTo(tally: Tally, token: number, { type, issuedAt, ending }: CountedCall): void {
  tally.add({ token, type, issuedAt, ending })
}

type Asked = { countCalls: CountCalls; period: Period; timeframe: Timeframe; filters?: Filters; now: number }

/** The public record of a timeframe: timeframes are not blended, since what counts as independent is their horizon. */
export async function summarise({
  countCalls,
  period,
  timeframe,
  filters = {},
  now,
}: Asked): Promise<PerformanceSummary> {
  const tally = createTally({ horizonMs: timeframes[timeframe].horizonMs })
  const numberOf = createNumbers()
  const wanted: CountedCall[] = []
  let closed = 0
  const { token } = filters
  const asked = { timeframe, endedFrom: endedFrom(period, now), ...(token !== undefined && { token }) }
  for (const call of await inTime(countCalls(asked))) {
    if (!isWanted(call, filters)) continue
    if (call.ending.status !== 'OPEN') closed++
    addTo(tally, numberOf(call.token), call)
    wanted.push(call)
  }
  return {
    ...spanOf(period, now),
    timeframe,
    closed,
    ...tally.summary(recordRandom()),
    results: resultsOf(wanted, timeframe),
    notes: [
      whatIsCounted,
      leastTold,
      'Results are net of the costs stated in each call. What others would have made of the same windows stands with the baselines.',
    ],
  }
}
