import { fromLogit, logit } from '../confidence/inputs.ts'
import { chance, gaussian } from './chance.ts'
import { createTrials, type Trials } from '../calibrate/trials.ts'

const hour = 3_600_000

type World = {
  readonly seed: number
  readonly n: number
  readonly tokens?: number
  /** The true log odds of T1 first, of a call's own prior and lean. */
  truth(prior: number, lean: number): number
  /** Standard deviation, in log odds, of what all tokens of a week share. */
  readonly common?: number
}

/** Calls of a world whose probabilities are known: one every six hours in turn of the tokens, with horizons of a week. */
export function madeTrials({ seed, n, tokens = 20, truth, common = 0 }: World): Trials {
  const random = chance(seed)
  const taken = createTrials()
  const shared = new Map<number, number>()
  const start = Date.UTC(2020, 0, 1)
  for (let i = 0; i < n; i++) {
    const issuedAt = start + Math.floor(i / tokens) * 24 * hour * 7
    const week = Math.floor(issuedAt / (14 * 24 * hour))
    if (!shared.has(week)) shared.set(week, common * gaussian(random))
    const below = fromLogit(-0.35 + 0.25 * gaussian(random))
    const lean = 0.2 + 0.3 * random()
    const isHit = random() < fromLogit(truth(logit(below), lean) + shared.get(week)!)
    taken.add({
      token: i % tokens,
      issuedAt,
      expiresAt: issuedAt + 168 * hour,
      endedAt: issuedAt + Math.floor(random() * 168) * hour,
      call: { type: 'BUY', score: lean, below, facts: null, views: null },
      walkExpiry: 0.05,
      rewardR: 1.2,
      first: isHit ? 'target' : 'stop',
      grossR: isHit ? 1.2 : -1,
      netR: isHit ? 1.17 : -1.03,
    })
  }
  return taken.trials()
}

export const allRows = ({ length }: Trials): Uint32Array => Uint32Array.from({ length }, (_, i) => i)
