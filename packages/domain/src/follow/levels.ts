import type { Plan } from '../decide/plan.ts'
import type { Levels } from './level-index.ts'
import type { Ending } from './outcome.ts'
import type { Directional } from './position.ts'

/** Any candle touches it. */
export const anything: Levels = { above: Number.NEGATIVE_INFINITY, below: Number.POSITIVE_INFINITY, until: 0 }

/**
 * What would change how an open plan was judged: while no later candle touches one of these levels, judging again finds the same. `last` is
 * the close of the newest candle judged by, NaN when there is none; `intervalMs` is that of the candles. Rather touched in vain than missed.
 */
export function levelsOf(
  plan: Plan,
  ending: Ending,
  { last, intervalMs }: { last: number; intervalMs: number },
): Levels {
  // The last bar that closes inside the horizon ends it.
  const until = plan.expiresAt - intervalMs + 1
  if (plan.type === 'AVOID') return { above: Number.POSITIVE_INFINITY, below: Number.NEGATIVE_INFINITY, until }
  if (plan.type === 'HOLD') return { above: plan.bandHigh, below: plan.bandLow, until }
  const own = ending.filledAt === null ? entryLevels(plan, last) : exitLevels(plan, ending)
  if (own === null) return anything
  let { above, below } = own
  for (const { when, price } of plan.invalidation) {
    if (when === 'close_below') below = Math.max(below, price)
    else above = Math.min(above, price)
  }
  return { above, below, until: ending.filledAt === null ? Math.min(until, plan.validUntil) : until }
}

type Prices = Omit<Levels, 'until'>

/** The edge of the zone on the side where price is; within the zone, or where nothing is known, whatever trades next may fill. */
function entryLevels({ entryLow, entryHigh }: Directional, last: number): Prices | null {
  if (last > entryHigh) return { above: Number.POSITIVE_INFINITY, below: entryHigh }
  if (last < entryLow) return { above: entryLow, below: Number.NEGATIVE_INFINITY }
  return null
}

function exitLevels({ type, targets, stop }: Directional, { events }: Ending): Prices {
  const closed = events.filter(({ event }) => event.startsWith('TARGET')).length
  const next = targets[closed]?.price
  if (type === 'BUY') return { above: next ?? Number.POSITIVE_INFINITY, below: stop }
  return { above: stop, below: next ?? Number.NEGATIVE_INFINITY }
}
