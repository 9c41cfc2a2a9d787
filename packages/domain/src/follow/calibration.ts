import { Failure } from '../words/failure.ts'
import { murphyOf, skillWords, type Murphy } from './murphy.ts'
import { LEAST_N, wilson } from './statistics.ts'

export type ReliabilityBin = {
  /** Forecasts from `from` up to, but not with, `to`; the last bin holds 1 too. */
  readonly from: number
  readonly to: number
  readonly n: number
  readonly meanForecast: number | null
  /** How often it happened, with Wilson's interval over the effective n; null under 30. */
  readonly observed: number | null
  readonly low: number | null
  readonly high: number | null
}

export type Calibration = {
  readonly n: number
  readonly effectiveN: number
  /** Mean of (forecast - outcome) squared (Brier 1950); a constant 0.5 has 0.25. */
  readonly brier: number | null
  /** How often it happened; null under 30. */
  readonly baseRate: number | null
  /** 1 - brier / (p (1 - p)): above 0 is better than always saying the base rate p. */
  readonly brierSkill: number | null
  /** Mean of -ln of the probability given to what happened, in nats; a forecast of 0 or 1 that is wrong counts as 1e-15. */
  readonly logLoss: number | null
  /** Expected calibration error: mean over the bins, by n, of |observed - mean forecast|; null under an effective n of 200. */
  readonly ece: number | null
  readonly bins: readonly ReliabilityBin[]
  /** Murphy's parts over the bins; null under an effective n of 200. */
  readonly murphy: Murphy | null
  /** Whether the forecasts tell apart what came from what did not, in words. */
  readonly skill: string
  readonly note: string | null
}

/** Under this no calibration error is told and no curve is drawn: the bins would be noise. */
export const LEAST_FOR_CURVE = 200

type Forecasts = {
  /** Probabilities in [0, 1]. */
  readonly forecast: ArrayLike<number>
  /** 1 where it happened, else 0. */
  readonly happened: ArrayLike<number>
  readonly length: number
  /** How many independent outcomes the rows are worth; all of them when left out. */
  readonly effectiveN?: number
}

const BINS = 10

/** Are forecasts as frequent as they say? Sums over one pass; overlapping windows widen the intervals by the effective n. */
export function calibrationOf({ forecast, happened, length: n, effectiveN = n }: Forecasts): Calibration {
  const counts = new Float64Array(BINS)
  const said = new Float64Array(BINS)
  const came = new Float64Array(BINS)
  let squares = 0
  let logs = 0
  for (let i = 0; i < n; i++) {
    const p = forecast[i]!
    if (!(p >= 0 && p <= 1))
      throw new Failure('invalid', `forecast ${i + 1} must be a probability from 0 to 1, not ${p}`)
    const y = happened[i]!
    const bin = Math.min(BINS - 1, Math.floor(p * BINS))
    counts[bin]!++
    said[bin]! += p
    came[bin]! += y
    squares += (p - y) ** 2
    logs -= Math.log(Math.max(1e-15, y === 1 ? p : 1 - p))
  }
  const worth = n === 0 ? 1 : effectiveN / n
  const counted = Array.from({ length: BINS }, (_, bin) => ({ n: counts[bin]!, said: said[bin]!, came: came[bin]! }))
  const murphy = effectiveN < LEAST_FOR_CURVE ? null : murphyOf(counted, worth)
  const tooFew = `too few: ${Math.floor(effectiveN)} independent outcomes, ${LEAST_FOR_CURVE} are needed`
  const baseRate = effectiveN < LEAST_N ? null : came.reduce((sum, count) => sum + count, 0) / n
  const brier = n === 0 ? null : squares / n
  const spread = baseRate === null ? 0 : baseRate * (1 - baseRate)
  return {
    n,
    effectiveN,
    brier,
    baseRate,
    brierSkill: brier === null || spread === 0 ? null : 1 - brier / spread,
    logLoss: n === 0 ? null : logs / n,
    ece: effectiveN < LEAST_FOR_CURVE ? null : eceOf(counts, said, came, n),
    bins: Array.from({ length: BINS }, (_, bin) => binOf(bin, counts[bin]!, said[bin]!, came[bin]!, worth)),
    murphy,
    skill: effectiveN < LEAST_FOR_CURVE ? tooFew : skillWords(murphy),
    note: effectiveN < LEAST_FOR_CURVE ? tooFew : null,
  }
}

function eceOf(counts: Float64Array, said: Float64Array, came: Float64Array, n: number): number {
  let error = 0
  for (let bin = 0; bin < BINS; bin++) if (counts[bin]! > 0) error += Math.abs(came[bin]! - said[bin]!)
  return error / n
}

function binOf(bin: number, n: number, said: number, came: number, worth: number): ReliabilityBin {
  const enough = n * worth >= LEAST_N
  const observed = enough ? came / n : null
  const interval = observed === null ? null : wilson(observed, n * worth)
  return {
    from: bin / BINS,
    to: (bin + 1) / BINS,
    n,
    meanForecast: n === 0 ? null : said / n,
    observed,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
  }
}
