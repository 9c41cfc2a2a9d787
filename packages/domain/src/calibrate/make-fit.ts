import type { Fit, FitMethod, Skill } from '../confidence/fit.ts'
import { fromLogit, inputs, logit, type InputId } from '../confidence/inputs.ts'
import { quantile, type Random } from '../follow/statistics.ts'
import type { Kind } from '../words/kind.ts'
import { round } from '../words/numbers.ts'
import type { Weights } from '../words/profile.ts'
import { timeframes, toIso, type Timeframe } from '../words/time.ts'
import { solve } from './matrix.ts'
import { inputScales, regress } from './models.ts'
import { endingNames, type Trials } from './trials.ts'

type Asked = {
  readonly method: FitMethod
  readonly below: Fit['below']
  readonly timeframe: Timeframe
  readonly weights: Weights
  readonly kinds: readonly Kind[]
  readonly ids: readonly InputId[]
  readonly rows: Uint32Array
  readonly random: Random
  readonly skill: Skill | null
  readonly provenance: Fit['provenance']
}

/** Inputs farther out than all but one in a thousand of what was learnt from are refused. */
const tail = 0.001

/** A fit of these trials, as data. The same trials and the same chance give the same bytes. */
export function makeFit(trials: Trials, asked: Asked): Fit {
  const { rows, ids, timeframe, random } = asked
  const { horizonMs } = timeframes[timeframe]
  const columns = ids.map((id) => trials.input[id])
  const scales = ids.map((id) => inputScales[id])
  const found = regress({ trials, rows, columns, scales, horizonMs, random })
  const of = (column: Float64Array) => Float64Array.from(rows, (i) => column[i]!)
  return {
    method: asked.method,
    timeframe,
    weights: asked.weights,
    kinds: [...asked.kinds],
    below: asked.below,
    inputs: ids.map((id, k) => {
      const seen = of(columns[k]!).toSorted()
      const [low, high] = [quantile(seen, tail), quantile(seen, 1 - tail)]
      return { id, unit: inputs[id].unit, centre: figure(found.centres[k]!), low: figure(low), high: figure(high) }
    }),
    parameters: Array.from(found.parameters, figure),
    covariance: found.covariance.map((row) => Array.from(row, (value) => round(value, 9))),
    expiry: expiryOf(trials, rows),
    payoffs: payoffsOf(trials, rows),
    n: rows.length,
    effectiveN: found.effectiveN,
    blocks: found.blocks,
    tokens: new Set(Array.from(rows, (i) => trials.token[i]!)).size,
    from: toIso(of(trials.at).reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY)),
    until: toIso(Math.ceil(lastOf(trials, rows))),
    skill: asked.skill,
    provenance: asked.provenance,
  }
}

const figure = (value: number): number => round(value, 6)

/** When all that was learnt from was over. */
const lastOf = ({ expiresAt, endedAt }: Trials, rows: Uint32Array): number =>
  rows.reduce((last, i) => Math.max(last, expiresAt[i]!, endedAt[i]!), Number.NEGATIVE_INFINITY)

/** Under so many of an ending its payoff is that of the levels themselves, and none for an expiry. */
const leastEndings = 30

/** Mean R before costs of each ending; T1's as a multiple of its own distance, so that it holds for near and far ones. */
function payoffsOf({ ending, grossR, rewardR }: Trials, rows: Uint32Array): Fit['payoffs'] {
  const mean = (name: (typeof endingNames)[number], of: (i: number) => number, usual: number): number => {
    const own = rows.filter((i) => endingNames[ending[i]!] === name)
    return own.length < leastEndings ? usual : figure(own.reduce((total, i) => total + of(i), 0) / own.length)
  }
  return {
    targetPerReward: mean('target', (i) => grossR[i]! / rewardR[i]!, 1),
    stop: mean('stop', (i) => grossR[i]!, -1),
    expiry: mean('expiry', (i) => grossR[i]!, 0),
  }
}

/**
 * How often a window expired against the walk's chance of it, where that was kept: a regression on its log odds, held to it (0 and 1) by a
 * spread of 1. The walk's chances are too far apart: what it thinks impossible happens, what it thinks likely happens less.
 */
function expiryOf({ ending, walkExpiry }: Trials, rows: Uint32Array): Fit['expiry'] {
  const code = endingNames.indexOf('expiry')
  const came = rows.reduce((total, i) => total + (ending[i] === code ? 1 : 0), 0)
  if (came < leastEndings || rows.some((i) => Number.isNaN(walkExpiry[i]!))) return { shift: 0, slope: 1 }
  let [shift, slope] = [0, 1]
  for (let step = 0; step < 200; step++) {
    const pull = [-shift, 1 - slope]
    const curve = [Float64Array.of(1, 0), Float64Array.of(0, 1)]
    for (const i of rows) {
      const odds = logit(walkExpiry[i]!)
      const p = fromLogit(shift + slope * odds)
      const miss = (ending[i] === code ? 1 : 0) - p
      const spread = p * (1 - p)
      pull[0]! += miss
      pull[1]! += miss * odds
      curve[0]![0]! += spread
      curve[0]![1]! += spread * odds
      curve[1]![1]! += spread * odds * odds
    }
    curve[1]![0] = curve[0]![1]!
    const [byShift, bySlope] = solve(curve, pull) as unknown as [number, number]
    // Far from its end Newton's step may overshoot: no step is longer than a tenth.
    const length = Math.abs(byShift) + Math.abs(bySlope)
    const share = Math.min(1, 0.1 / length)
    shift += share * byShift
    slope += share * bySlope
    if (length < 1e-9) break
  }
  return { shift: figure(shift), slope: figure(slope) }
}
