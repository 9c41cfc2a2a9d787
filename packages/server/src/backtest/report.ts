import {
  calibrationOf,
  createBaselineTally,
  createTally,
  timeframes,
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
        verdict: verdictOn(rows),
      }
    },
  }
}

/** "only 187 candles ..." and "only 191 candles ..." are one reason. */
const withoutCounts = (abstained: string): string => abstained.replace(/\d[\d.,]*/, '…')

/** One sentence on whether the calls beat buying at the same fills and holding over the same windows. */
export function verdictOn(rows: readonly BaselineRow[]): string {
  const calls = rows.find(({ id }) => id === 'calls')
  const holding = rows.find(({ id }) => id === 'buy-and-hold')
  if (!calls || !holding || calls.meanReturnNetPct === null || holding.leadPct === null) {
    return `Too few closed calls to compare with buy and hold (${calls?.n ?? 0}).`
  }
  const { leadPct, leadLow, leadHigh } = holding
  const by = `${signed(leadPct)} % a call${leadLow === null || leadHigh === null ? '' : `, 95 % interval ${signed(leadLow)} to ${signed(leadHigh)}`}`
  const lost = calls.meanReturnNetPct <= 0 ? ' The calls lost money after costs.' : ''
  if (leadPct <= 0) return `Not better than buy and hold (${by}).${lost}`
  if (leadLow === null || leadLow <= 0) return `Not shown to be better than buy and hold (${by}).${lost}`
  return `Better than buy and hold on these windows (${by}); hypothetical, and no promise.${lost}`
}

const signed = (value: number): string => `${value < 0 ? '' : '+'}${value.toFixed(3)}`
