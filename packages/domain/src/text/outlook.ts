import type { Evidence } from './evidence.ts'

/** Log odds against "neither": where they begin, and what the good, the mild, the bad (logarithms) and the calm of a text add. */
export type Odds = readonly [start: number, good: number, mild: number, bad: number, calm: number]
export type Coefficients = { readonly good: Odds; readonly bad: Odds }

/**
 * Of texts on crypto; those of all others are fitted. Without any evidence a half is neither and good is twice as likely as bad, since such
 * headlines tell launches and alliances more often than a stream of business news does; what is mild is as good as any good. Set by hand:
 * no labelled set of crypto headlines was fitted on.
 */
export const cryptoCoefficients: Coefficients = {
  good: [Math.log(0.33 / 0.5), 1.3, 0, -0.6, -0.9],
  bad: [Math.log(0.17 / 0.5), -0.6, 0, 1.5, -0.9],
}
/** Words were fitted on business news for the most part: of crypto they tell half. */
export const cryptoShare = 0.5

/** The chances that a text is good and that it is bad for the price; the rest is neither. `business` are the coefficients of other texts. */
export function outlookOf(evidence: Evidence, business: Coefficients): { good: number; bad: number } {
  const crypto = evidence.crypto > 0
  const { good, bad } = crypto ? cryptoCoefficients : business
  const share = crypto ? cryptoShare : 1
  const measures = measuresOf(evidence)
  const up = Math.exp(oddsOf(measures, good) + share * evidence.fittedGood)
  const down = Math.exp(oddsOf(measures, bad) + share * evidence.fittedBad)
  const all = 1 + up + down
  return { good: up / all, bad: down / all }
}

/** What the coefficients are multiplied with. */
export function measuresOf({ good, mild, bad, calm, crypto }: Evidence): Odds {
  return crypto > 0
    ? [1, Math.log1p(good + mild), 0, Math.log1p(bad), calm]
    : [1, Math.log1p(good), Math.log1p(mild), Math.log1p(bad), calm]
}

const oddsOf = (measures: Odds, odds: Odds): number =>
  odds[0] * measures[0] + odds[1] * measures[1] + odds[2] * measures[2] + odds[3] * measures[3] + odds[4] * measures[4]
