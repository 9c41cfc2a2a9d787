import { baselines, calibrationOf, equityCurve, maxDrawdown, toIso } from '@pumpiq/domain'
import type { HandlersOf } from '@pumpiq/api'
import { seededRandom } from '../packages/server/src/platform/random.ts'

const week = 7 * 86_400_000

/** The record of so many weekly calls as lines in R, and what was forecast of them, from one seed. */
export function sampleLines(now: number, calls: number): Pick<HandlersOf<'performance'>, 'equity' | 'calibration'> {
  const told = { from: null, to: toIso(now), notes: ['House calls only.', 'One R on each of them.'] }
  const at = Array.from({ length: calls }, (_, i) => now - (calls - i) * week)
  return {
    equity({ query: { period, timeframe } }) {
      const random = seededRandom(7)
      const lines = [{ id: 'calls', label: 'Our calls' }, ...baselines].map(({ id, label }, k) => {
        const r = at.map(() =>
          k === 0 ? (random() < 0.42 ? 0.4 + random() : -1.03) : (random() - 0.49 + k / 200) * 1.4,
        )
        const curve = equityCurve(r, at, calls)
        const total = curve.at(-1) ?? 0
        return {
          id,
          label,
          n: calls,
          totalR: total,
          maxDrawdownR: maxDrawdown(curve),
          callsTotalR: total,
          cumulativeR: Array.from(curve, (value) => Math.round(value * 10_000) / 10_000),
        }
      })
      const own = lines[0]!.totalR
      return {
        ...told,
        period,
        timeframe,
        n: calls,
        effectiveN: calls,
        waiting: 2,
        unknown: 1,
        unscaled: 0,
        points: at.map(toIso),
        lines: lines.map((line) => ({ ...line, callsTotalR: own })),
      }
    },
    calibration({ query: { period, timeframe } }) {
      const forecastOf = (count: number, worth: number, bias: number) => {
        const random = seededRandom(3)
        const forecast = Array.from({ length: count }, () => 0.25 + random() * 0.45)
        const happened = forecast.map((p) => (random() < p - bias ? 1 : 0))
        const { bins, ...scores } = calibrationOf({ forecast, happened, length: count, effectiveN: worth })
        const isEnough = worth >= 30
        const { brier, brierSkill, logLoss } = scores
        return {
          ...scores,
          brier: isEnough ? brier : null,
          brierSkill: isEnough ? brierSkill : null,
          logLoss: isEnough ? logLoss : null,
          bins: worth >= 200 ? [...bins] : null,
        }
      }
      const sizes = { prior: calls * 5, backtest: Math.round(calls / 3), live: 0 }
      const methods = (['prior', 'backtest', 'live'] as const).map((method) => {
        const count = sizes[method]
        const worth = method === 'prior' ? count / 2.5 : count
        return { method, measured: forecastOf(count, worth, 0.02), shown: forecastOf(count, worth, 0.06) }
      })
      return { ...told, period, timeframe, methods }
    },
  }
}
