import { haltMs, type Bar } from '../words/candles.ts'
import { Failure } from '../words/failure.ts'
import { round } from '../words/numbers.ts'
import { hours, minutes } from '../words/time.ts'
import { createBursts, type Burst } from './bursts.ts'

/** Strongest first: of what a bar does, the first that is loud enough gives the event its name. */
const kinds = ['pump', 'dump', 'volume'] as const
type AnomalyKind = (typeof kinds)[number]

/** `ts` is the epoch ms of the open of the bar that gave it away; it is known when that bar closes. `score` in (0, 1]: 0.5 is just loud enough. */
export type Anomaly = { readonly ts: number; readonly kind: AnomalyKind; readonly score: number }

/** A price that moves less is not pumped, however much is traded. Of minutes; see `scale` for others. */
const leastMove = Math.log(1.04)
/** A move on less than twice the busy volume is the thinness of a book. */
const leastLoad = 2
/** The logarithm of the move times the root of its load: 4 % on 9 times the busy volume, 9 % on twice. */
const loudMove = 0.12
/** So many times the busy volume is an event without any move. */
const loudLoad = 20
/** An event is over when it was quiet for an hour, and for so many intervals. */
const quietIntervals = 12

const moveLoudness = (move: number, load: number): number =>
  move >= leastMove && load >= leastLoad ? (move * Math.sqrt(load)) / loudMove : 0

/**
 * 1 is just loud enough. `scale` is the cube root of the interval in minutes: so the rare moves of a market grow whose tails are cubic
 * (Gopikrishnan and others 1998).
 */
function loudnessOf(kind: AnomalyKind, { rise, fall, load }: Burst, scale: number): number {
  if (kind === 'volume') return load / loudLoad
  return moveLoudness((kind === 'pump' ? rise : fall) / scale, load)
}

const rankOf = ({ kind }: Pick<Anomaly, 'kind'>): number => kinds.indexOf(kind)

/**
 * Watches one market, a closed bar at a time, and says when something begins that is not trade as usual. One event is told once: it lasts
 * until an hour was quiet (twelve intervals where that is longer), and only a stronger kind begins another inside it. A bar without trades
 * says nothing, so that a minute without trades is the same whether it is absent or flat; behind a halt all begins anew.
 */
export function createAnomalyWatch(intervalMs: number) {
  let bursts = createBursts(intervalMs)
  const quietMs = Math.max(hours(1), quietIntervals * intervalMs)
  const scale = Math.cbrt(intervalMs / minutes(1))
  let knownAt = Number.NEGATIVE_INFINITY
  let tradedAt = Number.NEGATIVE_INFINITY
  let event: Anomaly | null = null
  let loudAt = Number.NEGATIVE_INFINITY

  const current = (): Anomaly | null => (knownAt - loudAt <= quietMs ? event : null)

  function begin(): void {
    bursts = createBursts(intervalMs)
    event = null
  }

  return {
    /** The event that begins at this bar, or null. */
    next(bar: Bar): Anomaly | null {
      if (!(bar.openAt > knownAt)) throw new Failure('invalid', `ts ${bar.openAt} does not come after ${knownAt}`)
      knownAt = bar.openAt
      if (bar.volume === 0) return null
      if (knownAt - tradedAt - intervalMs >= haltMs) begin()
      tradedAt = knownAt
      const burst = bursts.next(bar)
      const kind = burst && kinds.find((one) => loudnessOf(one, burst, scale) >= 1)
      if (!burst || !kind) return null
      const lasting = current()
      loudAt = knownAt
      if (lasting && rankOf(lasting) <= rankOf({ kind })) return null
      const loudness = loudnessOf(kind, burst, scale)
      return (event = { ts: knownAt, kind, score: round(loudness / (1 + loudness), 6) })
    },
    /** The event that the last bar is in, or null. */
    current,
  }
}
