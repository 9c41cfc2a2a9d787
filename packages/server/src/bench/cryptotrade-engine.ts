import {
  createTechnical,
  days,
  directionOf,
  scoreOf,
  thresholdFor,
  viewsOf,
  weightsOf,
  type Candles,
  type CallType,
} from '@pumpiq/domain'
import type { Strategy } from './cryptotrade-rules.ts'

/** What stands beside our engine's rows. Chosen before the first run on any window, and not tuned since. */
export const engineParams = { score: 'technical', risk: 'moderate', share: 0.5 } as const

/**
 * Our engine where nothing but daily opens is known: the technical score of the same signals, its direction by the same thresholds and
 * hysteresis, and the game's own habit of trading half on every day a direction stands. A day's bar runs from its open to the next, its
 * high and low are the farther of the two; its volume is unknown, so what reads volume is silent and costs quality. Levels, stops and
 * confidence have no place in this game.
 */
export const engineStrategy: Strategy = (open) => {
  const technical = createTechnical(barsBetween(open))
  const weights = weightsOf('technical-only')
  const enter = thresholdFor(engineParams.risk, weights)
  const actions = new Float64Array(open.length)
  let previous: CallType | null = null
  for (let day = 0; day < open.length; day++) {
    const { readings } = technical.at(day)
    previous = directionOf(scoreOf(viewsOf(readings, 'native'), weights), enter, previous)
    actions[day] = previous === 'BUY' ? engineParams.share : previous === 'SELL' ? -engineParams.share : 0
  }
  return (day) => actions[day]!
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
