import {
  calibrationOf,
  createBaselineTally,
  createTally,
  timeframes,
  verdictOn,
  type BaselineRow,
  type Calibration,
  type Costs,
  type Performance,
  type Timeframe,
  type TrendColumns,
} from '@pumpiq/domain'
import { seededRandom } from '../platform/random.ts'
import type { Decided, Recorded } from './backtest.ts'

type Needs = { readonly timeframe: Timeframe; readonly costs: Costs; readonly asOf: number; readonly seed: number }

/** What the calls of a run came to. */
export type Findings = {
  /** Instants at which something was decided, abstentions included. */
  readonly decisions: number
  readonly abstained: { readonly n: number; readonly byReason: Readonly<Record<string, number>> }
  readonly performance: Performance
  /** Of the stated probability of T1, over the filled and decided. */
  readonly calibration: Calibration
  readonly baselines: readonly BaselineRow[]
  readonly verdict: string
}

/** Takes calls as they are decided, keeps some two hundred bytes of each, and says at the end what they came to. */
export function createFindings({ timeframe, costs, asOf, seed }: Needs) {
  const { horizonMs } = timeframes[timeframe]
  const tally = createTally({ horizonMs })
  const baselines = createBaselineTally({ horizonMs, random: seededRandom(seed) })
  const reasons = new Map<string, number>()
  let decisions = 0
  return {
    /** `token` is the number of the file. */
    add(token: number, { call, ending }: Decided, { candles, finer }: Recorded, trend: TrendColumns): void {
      decisions++
      if (call.abstained !== null) {
        const reason = withoutCounts(call.abstained)
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
      }
      if (!ending || !call.plan) return
      const { plan } = call
      tally.add({
        token,
        type: plan.type,
        issuedAt: plan.issuedAt,
        ending,
        forecast: call.confidence?.measured ?? null,
      })
      if (plan.type !== 'BUY' && plan.type !== 'SELL') return
      baselines.add(token, { plan, ending, candles, trend, costs, asOf, ...(finer && { finer: [finer] }) })
    },
    findings(): Findings {
      const rows = baselines.rows()
      const abstained = [...reasons.values()].reduce((sum, n) => sum + n, 0)
      return {
        decisions,
        abstained: { n: abstained, byReason: Object.fromEntries([...reasons].toSorted(([, a], [, b]) => b - a)) },
        performance: tally.summary(seededRandom(seed + 1)),
        calibration: calibrationOf(tally.forecasts()),
        baselines: rows,
        verdict: verdictOn(rows, 'backtest'),
      }
    },
  }
}

/** "only 187 candles ..." and "only 191 candles ..." are one reason. */
const withoutCounts = (abstained: string): string => abstained.replace(/\d[\d.,]*/, '…')
