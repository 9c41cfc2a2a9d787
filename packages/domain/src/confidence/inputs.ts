import { z } from 'zod'
import type { Facts } from '../dossier/facts.ts'
import type { Views } from '../dossier/view.ts'
import { clamp } from '../words/numbers.ts'

/** What a fit of confidence may be made of. */
export const InputId = z.enum(['shift', 'below', 'lean', 'side', 'busy', 'wild', 'trend'])
export type InputId = z.output<typeof InputId>

/** A call with levels, before its confidence is measured. */
export type Measurable = {
  readonly type: 'BUY' | 'SELL'
  /** S in [-1, 1]. */
  readonly score: number
  /** The probability of the level below: what the fit moves. */
  readonly below: number
  readonly facts: Pick<Facts, 'atr' | 'close' | 'sigma'> | null
  readonly views: Views | null
}

/** Log odds; a probability is held a millionth away from 0 and 1. */
export function logit(probability: number): number {
  const p = clamp(probability, 1e-6, 1 - 1e-6)
  return Math.log(p / (1 - p))
}

export const fromLogit = (value: number): number => 1 / (1 + Math.exp(-value))

type Input = {
  readonly unit: string
  /** NaN where it cannot be known: then no fit with this input applies. */
  read(call: Measurable): number
}

const sideOf = ({ type }: Measurable): 1 | -1 => (type === 'BUY' ? 1 : -1)

/** Every input by its name. All but the first are without a unit of money or time, so that they mean the same for every token. */
export const inputs: Readonly<Record<InputId, Input>> = {
  shift: { unit: 'always 1', read: () => 1 },
  below: { unit: 'log odds of the level below', read: ({ below }) => logit(below) },
  lean: { unit: 'score toward the trade, -1 to 1', read: (call) => sideOf(call) * call.score },
  side: { unit: '1 for BUY, -1 for SELL', read: sideOf },
  busy: {
    unit: 'log of ATR 14 over the volatility of a bar, in closes',
    read: ({ facts }) => (facts ? Math.log(facts.atr / (facts.close * facts.sigma)) : Number.NaN),
  },
  wild: {
    unit: 'log of the volatility of a bar',
    read: ({ facts }) => (facts ? Math.log(facts.sigma) : Number.NaN),
  },
  trend: {
    unit: 'lean of the trend strength (ADX 14) toward the trade, -1 to 1',
    read: (call) => sideOf(call) * leanOf(call.views, 'tech.adx14'),
  },
}

/** The lean of a reading of the technical view; NaN where it is silent. */
export function leanOf(views: Views | null, reading: string): number {
  const factor = views?.technical?.factors.find((one) => one.reading === reading)
  return factor && factor.weight > 0 ? factor.share / factor.weight : Number.NaN
}
