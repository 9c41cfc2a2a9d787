import {
  baselines,
  calibrationOf,
  effectiveN,
  equityCurve,
  LEAST_N,
  toIso,
  wilson,
  type Calibration,
} from '@pumpiq/domain'
import type { Random } from '../platform/random.ts'
import { coinFlips } from './coins.ts'
import { shapeOf, type Shape } from './deflated.ts'
import { blockSums, measured, type Measured } from './intervals.ts'
import { exposureOf, type Kept, type Trade } from './record.ts'
import type { Curve, Result, Told } from './report.ts'

export type Instants = { readonly token: readonly number[]; readonly at: readonly number[] }

type Measuring = {
  readonly kept: Kept
  readonly instants: Instants
  readonly symbols: readonly string[]
  readonly from: number
  readonly to: number
  readonly horizonMs: number
  readonly random: Random
  readonly tries: number
}

/** A row's figures but for those that need the other rows: the lead over the reference, and what luck explains. */
export type Own = { readonly result: Omit<Result, 'lead' | 'sharpe'>; readonly shape: Shape | null }

export function measureRow({ kept, instants, symbols, from, to, horizonMs, random, tries }: Measuring): Own {
  const { tally, played, trades, decisionR, abstained, askable, heard } = kept
  const { byType, directional } = tally.summary(random)
  const settled = trades.filter(({ r }) => !Number.isNaN(r))
  const columns = (rows: readonly Trade[]) => ({
    token: rows.map(({ token }) => token),
    at: rows.map(({ issuedAt }) => issuedAt),
  })
  const drawing = { blockMs: horizonMs, random, tries }
  const r = settled.map((one) => one.r)
  const { calls, decided, hit, totalR, maxDrawdownR } = directional
  const mean = measured({ ...columns(settled), values: r }, drawing)
  const result = {
    decisions: decisionR.length,
    abstained,
    byType,
    calls,
    decided,
    filled: shareOf(trades, ({ filledAt }) => filledAt !== null, horizonMs),
    hit: toldOf(hit),
    hitShareOfCalls: calls < LEAST_N ? null : trades.filter((one) => one.hit).length / calls,
    r: mean,
    rPerInstant: plain(measured({ ...instants, values: decisionR }, drawing)),
    totalR,
    maxDrawdownR,
    exposure: exposureOf(trades, symbols.length, { from, to }),
    confidence: forecastsOf(kept, horizonMs),
    baselines: played.rows().map(({ winLow: _, winHigh: __, ...row }) => row),
    coins: mean.value === null ? null : coinFlips(trades, random),
    askable,
    heard,
    curves: curvesOf(settled),
    losses: kept.losses.map(({ token, at, ...loss }) => ({ ...loss, token: symbols[token]!, at: toIso(at) })),
  }
  // Of too few windows no ratio is told, and none is reckoned with.
  const sums = blockSums({ values: r, at: columns(settled).at }, { blockMs: horizonMs, from, to })
  return { result, shape: mean.low === null ? null : shapeOf(sums) }
}

/** The row's R less the reference's, instant by instant; what is still open on either side is left out of both. */
export const leadOf = (
  own: readonly number[],
  other: readonly number[],
  instants: Instants,
  drawing: { blockMs: number; random: Random },
): Told => plain(measured({ ...instants, values: own.map((one, i) => one - other[i]!) }, { ...drawing, tries: 1 }))

const plain = ({ wideLow: _, wideHigh: __, ...told }: Measured): Told => told

const toldOf = ({ value, low, high, n, effectiveN: worth, note }: Told): Told => ({
  value,
  low,
  high,
  n,
  effectiveN: worth,
  note,
})

function shareOf(trades: readonly Trade[], isIt: (trade: Trade) => boolean, horizonMs: number): Told {
  const [n, count] = [trades.length, trades.filter(isIt).length]
  const worth = effectiveN(
    { token: trades.map(({ token }) => token), at: trades.map(({ issuedAt }) => issuedAt), length: n },
    horizonMs,
  )
  if (worth < LEAST_N)
    return {
      value: null,
      low: null,
      high: null,
      n,
      effectiveN: worth,
      note: `too few: ${worth} independent windows, ${LEAST_N} are needed`,
    }
  return { value: count / n, ...wilson(count / n, worth), n, effectiveN: worth, note: null }
}

function forecastsOf({ said, methods }: Kept, horizonMs: number): Result['confidence'] {
  const length = said.happened.length
  const worth = effectiveN({ token: said.token, at: said.at, length }, horizonMs)
  const scored = (forecast: readonly number[]) =>
    summary(calibrationOf({ forecast, happened: said.happened, length, effectiveN: worth }))
  return { methods: [...methods], shown: scored(said.shown), measured: scored(said.measured) }
}

const summary = ({
  n,
  effectiveN: worth,
  brier,
  brierSkill,
  baseRate,
  logLoss,
  ece,
  bins,
  note,
}: Calibration): Result['confidence']['shown'] => ({
  n,
  effectiveN: worth,
  brier,
  brierSkill,
  baseRate,
  logLoss,
  ece,
  bins: bins.map(({ from, to, n: count, meanForecast, observed, low, high }) => ({
    from,
    to,
    n: count,
    meanForecast,
    observed,
    low,
    high,
  })),
  note,
})

const drawnBaselines = new Set(['buy-and-hold', 'always-buy', 'sma-cross', 'macd'])
const pointsAtMost = 160

/** The calls' sum of R beside what baselines made of the same windows at the same stake. */
function curvesOf(settled: readonly Trade[]): Curve[] {
  const endedAt = settled.map((trade) => trade.endedAt ?? trade.issuedAt)
  const order = [...endedAt.keys()].toSorted((a, b) => endedAt[a]! - endedAt[b]!)
  const curve = (id: string, label: string, of: (trade: Trade) => number): Curve => {
    const values = order.map((i) => of(settled[i]!)).map((value) => (Number.isNaN(value) ? 0 : value))
    const ends = order.map((i) => endedAt[i]!)
    return { id, label, points: thinned(equityCurve(values, ends, values.length), ends) }
  }
  return [
    curve('calls', 'Our calls', ({ r }) => r),
    ...baselines.flatMap(({ id, label }, k) =>
      drawnBaselines.has(id) ? [curve(id, label, ({ baselineR }) => baselineR[k] ?? Number.NaN)] : [],
    ),
  ]
}

function thinned(sums: Float64Array, ends: readonly number[]): [number, number][] {
  const step = Math.max(1, Math.ceil(sums.length / pointsAtMost))
  const points: [number, number][] = []
  for (let i = 0; i < sums.length; i++)
    if (i % step === 0 || i === sums.length - 1) points.push([ends[i]!, Math.round(sums[i]! * 1_000) / 1_000])
  return points
}
