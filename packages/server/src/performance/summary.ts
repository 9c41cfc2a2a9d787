import { createTally, openEnding, type Ending, type Outcome, timeframes, type Timeframe, toIso } from '@pumpiq/domain'
import type { PerformanceSummary, Period } from '@pumpiq/api'
import { seededRandom } from '../platform/random.ts'
import type { Outcomes } from './outcomes.ts'

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

/** The bootstrap draws the same way each time: the same record gives the same interval. */
const bootstrapSeed = 1

type Asked = { outcomes: Outcomes; period: Period; timeframe: Timeframe; now: number }

/** The public record of a timeframe: timeframes are not blended, since what counts as independent is their horizon. */
export async function summarise({ outcomes, period, timeframe, now }: Asked): Promise<PerformanceSummary> {
  const from = endedFrom(period, now)
  const closed = await outcomes.ofRecord({ timeframe, endedFrom: from })
  const open = await outcomes.openOfRecord(timeframe)
  const tally = createTally({ horizonMs: timeframes[timeframe].horizonMs })
  const numbers = new Map<string, number>()
  const numberOf = (token: string) => {
    if (!numbers.has(token)) numbers.set(token, numbers.size)
    return numbers.get(token)!
  }
  for (const { token, outcome, ...call } of closed) {
    tally.add({ ...call, token: numberOf(token), ending: endingOf(outcome) })
  }
  for (const { token, ...call } of open) tally.add({ ...call, token: numberOf(token), ending: openEnding })
  return {
    period,
    timeframe,
    from: from === null ? null : toIso(from),
    to: toIso(now),
    closed: closed.length,
    ...tally.summary(seededRandom(bootstrapSeed)),
    notes: [
      'House calls only. Those that ended in the period are counted, whatever the ending, and beside them those open now.',
      'No rate or mean is told of fewer than 30 independent windows.',
      'Results are net of the costs stated in each call. Baselines are not computed for the live record yet.',
    ],
  }
}

const ratio = (pct: number | null): number | null => (pct === null ? null : pct / 100)
const instant = (text: string | null): number | null => (text === null ? null : Date.parse(text))

/** From the wire's words back to the numbers that are counted. */
const endingOf = (outcome: Outcome): Ending => ({
  ...openEnding,
  status: outcome.status,
  at: instant(outcome.at),
  filledAt: instant(outcome.filledAt),
  first: outcome.first,
  rMultiple: outcome.rMultiple,
  returnGrossRatio: ratio(outcome.returnGrossPct),
  returnNetRatio: ratio(outcome.returnNetPct),
  mfeR: outcome.mfeR,
  maeR: outcome.maeR,
  ambiguous: outcome.ambiguous,
  held: outcome.held,
})
