import { z } from 'zod'
import type { Views } from '../dossier/view.ts'
import { Kind, kinds } from '../words/kind.ts'
import { Weights } from '../words/profile.ts'
import { IsoInstant, Timeframe } from '../words/time.ts'
import { InputId } from './inputs.ts'

const Finite = z.number()
const Count = z.int().nonnegative()
/** A figure with its 95 % interval; null where there are too few blocks for one. */
export const Spread = z.object({ value: Finite, low: Finite.nullable(), high: Finite.nullable() })
export type Spread = z.output<typeof Spread>

export const FitMethod = z.enum(['backtest', 'live'])
export type FitMethod = z.output<typeof FitMethod>

/** How forecasts fared that were made before what they forecast, by fits that had not seen it. */
export const Skill = z.object({
  verdict: z.string(),
  n: Count,
  effectiveN: Count,
  ece: Finite,
  brier: Finite,
  /** 1 - Brier / Brier of the other. */
  skillOverBelow: Spread,
  skillOverBaseRate: Spread,
  /** Murphy's, less what chance gives. */
  resolution: Finite,
})
export type Skill = z.output<typeof Skill>

/**
 * A fit of measured confidence, as data: logit(p) = logit(p of the level below) + sum of parameters x (input - centre). Zero parameters are
 * the level below, so shrinking them is shrinking toward it. It holds for one timeframe, one set of weights and one set of kinds present.
 */
export const Fit = z
  .object({
    method: FitMethod,
    timeframe: Timeframe,
    weights: Weights,
    kinds: z.array(Kind).min(1),
    /** The method of the level below: what the parameters move. */
    below: z.enum(['prior', 'backtest']),
    inputs: z
      .array(z.object({ id: InputId, unit: z.string(), centre: Finite, low: Finite, high: Finite }))
      .min(1)
      .max(12),
    parameters: z.array(Finite),
    /** Of the parameters, from a block bootstrap and the shrinking. */
    covariance: z.array(z.array(Finite)),
    /** Chance of an expiry: logit = shift + slope x logit of the walk's. */
    expiry: z.object({ shift: Finite, slope: Finite }),
    /** In R before costs: T1 as a multiple of its own distance, stop and expiry as they came. */
    payoffs: z.object({ targetPerReward: Finite, stop: Finite, expiry: Finite }),
    n: Count,
    effectiveN: Count,
    blocks: Count,
    tokens: Count,
    /** First instant decided at, and when the last of what was used had closed. */
    from: IsoInstant,
    until: IsoInstant,
    skill: Skill.nullable(),
    provenance: z.object({ engine: z.string(), rows: Count, seed: Count, command: z.string() }),
  })
  .refine(
    ({ inputs, parameters, covariance }) =>
      parameters.length === inputs.length &&
      covariance.length === inputs.length &&
      covariance.every((row) => row.length === inputs.length),
    'parameters and covariance are as many as inputs',
  )
export type Fit = z.output<typeof Fit>

/** What was known of measured confidence at an instant: the fits that apply, the surest last; or why there is none. */
export const KnownFits = z.object({ fits: z.array(Fit), absent: z.string().nullable() })
export type KnownFits = z.output<typeof KnownFits>

type Asked = {
  readonly timeframe: Timeframe
  readonly weights: Weights
  /** Kinds with weight of which there is evidence. */
  readonly present: readonly Kind[]
  /** Epoch ms. */
  readonly at: number
}

/** The kinds that were asked for and of which there is evidence. */
export const presentOf = (views: Views, weights: Weights): Kind[] =>
  kinds.filter((kind) => weights[kind] > 0 && views[kind] !== null)

const sameKinds = (a: readonly Kind[], b: readonly Kind[]): boolean =>
  kinds.every((kind) => a.includes(kind) === b.includes(kind))
const sameWeights = (a: Weights, b: Weights): boolean => kinds.every((kind) => a[kind] === b[kind])

/**
 * The fits that may be used of a call: made for the same timeframe, weights and kinds present, on nothing that closed after its instant.
 * Nothing is stretched: a fit on candles alone says nothing of a score that news or chain take part in.
 */
export function fitsKnownAt(fits: readonly Fit[], { timeframe, weights, present, at }: Asked): KnownFits {
  const alike = fits.filter(
    (fit) => fit.timeframe === timeframe && sameWeights(fit.weights, weights) && sameKinds(fit.kinds, present),
  )
  const known = alike.filter(({ until }) => Date.parse(until) < at)
  const newest = FitMethod.options.flatMap((method) => {
    const own = known.filter((fit) => fit.method === method)
    return own.toSorted((a, b) => Date.parse(b.until) - Date.parse(a.until)).slice(0, 1)
  })
  return { fits: newest, absent: newest.length > 0 ? null : whyNone(alike.length > 0, present) }
}

function whyNone(isLater: boolean, present: readonly Kind[]): string {
  if (isLater) return 'what frequency was measured rests on later closes than this instant'
  const from = present.length === 0 ? 'no kind' : present.join(', ')
  return `no frequency is measured yet for calls of this timeframe and these weights from ${from}`
}
