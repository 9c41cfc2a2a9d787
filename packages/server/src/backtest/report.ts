import {
  actionable,
  calibrationOf,
  createBaselineTally,
  createTally,
  timeframes,
  verdictOn,
  type BaselineRow,
  type Calibration,
  type Costs,
  type Performance,
  type RiskTolerance,
  type Timeframe,
  type TrendColumns,
} from '@pumpiq/domain'
import { seededRandom } from '../platform/random.ts'
import type { Decided, Recorded } from './backtest.ts'

type Needs = {
  readonly timeframe: Timeframe
  readonly risk: RiskTolerance
  readonly costs: Costs
  readonly asOf: number
  readonly seed: number
  /** Whose confidence is scored: that of the other method is never in the same figure. */
  readonly method: 'prior' | 'backtest'
}

/** What the measured calls said they would earn, and earned; those that were actionable apart. Means in R after costs; null of none. */
export type MeasuredEdge = {
  readonly n: number
  readonly statedR: number | null
  readonly madeR: number | null
  readonly actionable: number
  readonly actionableR: number | null
}

/** What the calls of a run came to. */
export type Findings = {
  /** Instants at which something was decided, abstentions included. */
  readonly decisions: number
  readonly abstained: { readonly n: number; readonly byReason: Readonly<Record<string, number>> }
  readonly performance: Performance
  /** Of the stated probability of T1, over the filled and decided. */
  readonly calibration: Calibration
  /** Null where the prior is scored: it states no edge. */
  readonly measured: MeasuredEdge | null
  readonly baselines: readonly BaselineRow[]
  readonly verdict: string
}

/** Takes calls as they are decided, keeps some two hundred bytes of each, and says at the end what they came to. */
export function createFindings({ timeframe, risk, costs, asOf, seed, method }: Needs) {
  const { horizonMs } = timeframes[timeframe]
  const tally = createTally({ horizonMs })
  const baselines = createBaselineTally({ horizonMs, random: seededRandom(seed) })
  const reasons = new Map<string, number>()
  const edge = { n: 0, stated: 0, made: 0, actionable: 0, actionableMade: 0 }
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
        forecast: call.confidence?.method === method ? call.confidence.measured : null,
      })
      if (plan.type !== 'BUY' && plan.type !== 'SELL') return
      if (call.confidence?.method === 'backtest' && ending.rMultiple !== null) {
        const acts = actionable(call.confidence, call.breakEven, risk).yes
        edge.n++
        edge.stated += call.expectedR!
        edge.made += ending.rMultiple
        edge.actionable += acts ? 1 : 0
        edge.actionableMade += acts ? ending.rMultiple : 0
      }
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
        measured: method === 'prior' ? null : edgeOf(edge),
        baselines: rows,
        verdict: verdictOn(rows, 'backtest'),
      }
    },
  }
}

type Sums = { n: number; stated: number; made: number; actionable: number; actionableMade: number }

const edgeOf = ({ n, stated, made, actionable: acts, actionableMade }: Sums): MeasuredEdge => ({
  n,
  statedR: n === 0 ? null : stated / n,
  madeR: n === 0 ? null : made / n,
  actionable: acts,
  actionableR: acts === 0 ? null : actionableMade / acts,
})

/** "only 187 candles ..." and "only 191 candles ..." are one reason. */
const withoutCounts = (abstained: string): string => abstained.replace(/\d[\d.,]*/, '…')
