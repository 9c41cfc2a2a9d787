import {
  createTechnical,
  days,
  directionOf,
  scoreOf,
  thresholdFor,
  viewsOf,
  weightsOf,
  type Candles,
  type RiskTolerance,
} from '@pumpiq/domain'
import { ewm, fee, gas, type Account, type Action, type Strategy } from './cryptotrade-rules.ts'

type Direction = ReturnType<typeof directionOf>

/** How directions become trades. Exposure is the share of the account's worth that stands in coin, 0 to 1. */
export type Policy = {
  /** Whose threshold the score must pass. */
  readonly risk: RiskTolerance
  /** Days of the exponential mean over the score; 1 takes each day's own. */
  readonly smoothingDays: number
  readonly buyExposure: number
  readonly sellExposure: number
  /** Nothing is traded while the exposure is within so much of the one wanted. */
  readonly band: number
}

const weights = weightsOf('technical-only')

const known = new WeakMap<Float64Array, Float64Array>()

/**
 * The technical score at every open, in [-1, 1], from the opens so far; made once for a column of opens, whatever policies read it. A day's
 * bar runs from its open to the next, its high and low are the farther of the two; its volume is unknown, so what reads volume is silent
 * and costs quality.
 */
function scoresOf(open: Float64Array): Float64Array {
  const made = known.get(open)
  if (made) return made
  const technical = createTechnical(barsBetween(open))
  const scores = open.map((_, day) => scoreOf(viewsOf(technical.at(day).readings, 'native'), weights))
  known.set(open, scores)
  return scores
}

/** The domain's thresholds and hysteresis over the scores, smoothed or not. */
export function directionsOf(
  scores: Float64Array,
  { risk, smoothingDays }: Pick<Policy, 'risk' | 'smoothingDays'>,
): Direction[] {
  const enter = thresholdFor(risk, weights)
  let previous: Direction | null = null
  return Array.from(ewm(scores, smoothingDays), (score) => (previous = directionOf(score, enter, previous)))
}

/**
 * BUY and SELL want an exposure of their own, HOLD keeps what there is; a trade is made only where the exposure is off by more than the
 * band, and goes all the way. Levels, stops and confidence have no place in this game.
 */
export const actOn =
  (open: Float64Array, directions: readonly Direction[], policy: Policy): Action =>
  (day, account) => {
    const direction = directions[day]!
    if (direction === 'HOLD') return 0
    const wanted = direction === 'BUY' ? policy.buyExposure : policy.sellExposure
    return toward(wanted, policy.band, account, open[day]!)
  }

/** The action that moves the account to the exposure; never spends cash that is not there. */
function toward(wanted: number, band: number, { cash, held }: Account, price: number): number {
  const worth = cash + held * price
  const exposure = (held * price) / worth
  const missing = wanted - exposure
  if (Math.abs(missing) <= band) return 0
  if (missing < 0) return missing / exposure
  const spendable = Math.max(0, (cash - gas * price) / (1 + fee))
  return cash > 0 ? Math.min(missing * worth, spendable) / cash : 0
}

export const createEngine =
  (policy: Policy): Strategy =>
  (open) =>
    actOn(open, directionsOf(scoresOf(open), policy), policy)

/** As the game's own rules act: half of the cash or coin, on every day that a direction stands. */
export const everyDayParams = { risk: 'moderate', share: 0.5 } as const
export const everyDay: Strategy = (open) => {
  const directions = directionsOf(scoresOf(open), { ...everyDayParams, smoothingDays: 1 })
  const share = { BUY: everyDayParams.share, HOLD: 0, SELL: -everyDayParams.share }
  return (day) => share[directions[day]!]
}

/** The bar that closes with open number i + 1; at the open of day d the first d bars are closed. */
function barsBetween(open: Float64Array): Candles {
  const from = open.subarray(0, -1)
  const to = open.subarray(1)
  return {
    id: 'opens',
    intervalMs: days(1),
    length: from.length,
    openAt: from.map((_, i) => i * days(1)),
    open: from,
    high: from.map((value, i) => Math.max(value, to[i]!)),
    low: from.map((value, i) => Math.min(value, to[i]!)),
    close: to,
    volume: from.map(() => Number.NaN),
  }
}
