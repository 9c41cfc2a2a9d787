import { costRatioPerSide, type Costs } from '../words/profile.ts'
import type { Candles } from '../words/candles.ts'
import type { Plan } from '../decide/plan.ts'
import { openEnding, type Ending, type OutcomeStatus } from './outcome.ts'
import { isIdle, leave, meet, openPosition, widen, type Directional, type Position } from './position.ts'
import { knownUntil, lastTradable, spanOf, type Span } from './span.ts'

export type JudgeOptions = {
  readonly costs: Costs
  /** Epoch ms up to which the market is known; the close of the last candle when left out. */
  readonly asOf?: number
  /** Candles of smaller intervals, in any order: they decide the order inside a bar that they cover without a hole. */
  readonly finer?: readonly Candles[]
}

/**
 * How a plan ended: a pure function of the plan and the closed candles it is given, one pass over the bars of the
 * horizon. `at` is the open of the deciding bar, also where finer bars inside it decided; for an expiry the close of the last bar, for
 * NOT_FILLED the end of the validity, for UNRESOLVED the end of the horizon. Net results take the cost ratio a side of the value traded,
 * on the entry and on every exit. mfeR and maeR are distances from the fill, not negative, of prices that were surely between fill and
 * end: of the deciding bar only its open, levels passed before the end, and the exit itself.
 */
export function judge(plan: Plan, candles: Candles, options: JudgeOptions): Ending {
  const span = spanOf(plan, candles, options.asOf ?? knownUntil(candles))
  if (plan.type === 'HOLD') return judgeBand(plan, candles, span)
  if (plan.type === 'AVOID') return judgeMarket(plan, candles, span)
  return judgeLevels(plan, candles, span, options)
}

const NONE: readonly Candles[] = []

function judgeLevels(plan: Directional, candles: Candles, span: Span, { costs, finer = NONE }: JudgeOptions): Ending {
  const position = openPosition(plan)
  const decidedBy = scan(position, candles, span, finer)
  if (decidedBy !== null) {
    const at = position.status === 'NOT_FILLED' ? plan.validUntil : candles.openAt[decidedBy]!
    return endingOf(position, costs, at, decidedBy)
  }
  return endUndecided(position, candles, span, costs)
}

/** Meets bar after bar until one decides; its index, or null. The loop is the reason for the length. */
function scan(p: Position, candles: Candles, { from, to }: Span, finer: readonly Candles[]): number | null {
  const { plan, sign, stop } = p
  const { openAt, close, intervalMs } = candles
  const bestOf = sign > 0 ? candles.high : candles.low
  const worstOf = sign > 0 ? candles.low : candles.high
  // Any close beyond a condition voids: the nearest condition of each side is enough.
  let voidBelow = Number.NEGATIVE_INFINITY
  let voidAbove = Number.POSITIVE_INFINITY
  for (const { when, price } of plan.invalidation) {
    if (when === 'close_below') voidBelow = Math.max(voidBelow, price)
    else voidAbove = Math.min(voidAbove, price)
  }
  if (from > 0) p.previous = sign * close[from - 1]!

  for (let i = from; i < to; i++) {
    const at = openAt[i]!
    const filled = p.filledAt !== null
    if (!filled && at >= plan.validUntil) {
      p.status = 'NOT_FILLED'
      return i
    }
    if (!isIdle(candles, i)) {
      const best = sign * bestOf[i]!
      const worst = sign * worstOf[i]!
      if (filled && worst > stop && best < p.next) widen(p, best, worst)
      else {
        p.at = at
        meet(p, candles, i, finer)
      }
      const last = close[i]!
      if (p.status === null && (last < voidBelow || last > voidAbove)) voidAt(p, at, sign * last)
      if (p.status !== null) return i
    }
    if (p.filledAt === null && at + intervalMs >= plan.validUntil) {
      p.status = 'NOT_FILLED'
      return i
    }
    p.previous = sign * close[i]!
  }
  return null
}

function voidAt(p: Position, at: number, close: number): void {
  if (p.filledAt !== null) return leave(p, 'INVALIDATED', 'INVALIDATION', at, close)
  p.events.push({ at, event: 'INVALIDATION', price: p.sign * close })
  p.status = 'INVALIDATED'
}

/** The bars of the horizon, or the bars there are, have ended without a decision. */
function endUndecided(p: Position, candles: Candles, { from, to, end }: Span, costs: Costs): Ending {
  const { plan } = p
  if (end === 'OPEN' || end === 'UNRESOLVED') {
    p.status = end
    return endingOf(p, costs, end === 'OPEN' ? null : plan.expiresAt, null)
  }
  if (to === from) {
    p.status = end
    return endingOf(p, costs, candles.openAt[to]!, to)
  }
  const last = to - 1
  const closedAt = candles.openAt[last]! + candles.intervalMs
  if (end === 'EXPIRED') {
    if (p.filledAt === null) p.status = 'NOT_FILLED'
    else leave(p, 'EXPIRED', 'EXPIRY', closedAt, p.sign * candles.close[last]!)
    return endingOf(p, costs, p.filledAt === null ? plan.validUntil : closedAt, last)
  }
  const at = candles.openAt[last]!
  if (p.filledAt === null) p.status = 'DELISTED'
  else {
    const price = p.sign * lastTradable(candles, last, plan.type)
    widen(p, price, price)
    leave(p, 'DELISTED', 'EXPIRY', at, price)
  }
  return endingOf(p, costs, at, last)
}

function endingOf(p: Position, costs: Costs, at: number | null, decidedBy: number | null): Ending {
  const status = p.status!
  const filled = p.filledAt !== null
  const settled = filled && status !== 'OPEN' && status !== 'UNRESOLVED'
  const fill = Math.abs(p.fill)
  const exit = Math.abs(p.exits)
  const gross = settled ? (p.exits - p.fill) / fill : null
  const net = gross === null ? null : gross - costRatioPerSide(costs) * (1 + exit / fill)
  return {
    status,
    at,
    filledAt: p.filledAt,
    fillPrice: filled ? fill : null,
    events: p.events,
    first: filled && status !== 'OPEN' ? firstOf(p, status) : null,
    exitPrice: p.left < 1 ? exit / (1 - p.left) : null,
    rMultiple: net === null ? null : (net * fill) / p.risk,
    returnGrossRatio: gross,
    returnNetRatio: net,
    mfeR: filled ? (p.best - p.fill) / p.risk : null,
    maeR: filled ? (p.fill - p.worst) / p.risk : null,
    // A target that may have been reached before the entry does not matter any more once it was reached behind it.
    ambiguous: p.undecidable || p.doubt > p.closed,
    held: null,
    decidedBy,
  }
}

/** Neither an invalidation, a halt nor a delisting is one of the three. */
function firstOf({ closed }: Position, status: OutcomeStatus): Ending['first'] {
  if (closed > 0) return 'target'
  return status === 'STOPPED' ? 'stop' : status === 'EXPIRED' ? 'expiry' : null
}

/**
 * HOLD: right when no trade of the horizon was outside its band, edges included. The first trade outside ends it as STOPPED with `held`
 * false, in its bar; a band that held ends EXPIRED. It has no position, so no return and no R.
 */
function judgeBand(plan: Extract<Plan, { type: 'HOLD' }>, candles: Candles, span: Span): Ending {
  const { bandLow, bandHigh } = plan
  for (let i = span.from; i < span.to; i++) {
    const above = candles.high[i]! > bandHigh
    if ((!above && candles.low[i]! >= bandLow) || isIdle(candles, i)) continue
    const open = candles.open[i]!
    const price = open > bandHigh || open < bandLow ? open : above ? bandHigh : bandLow
    const at = candles.openAt[i]!
    return { ...openEnding, status: 'STOPPED', at, events: [{ at, event: 'STOP', price }], held: false, decidedBy: i }
  }
  return endWithout(plan, candles, span, span.end === 'EXPIRED' ? { held: true } : {})
}

/** AVOID: the market's return from the first trade of the horizon to its end, before costs, since nobody bought. */
function judgeMarket(plan: Extract<Plan, { type: 'AVOID' }>, candles: Candles, span: Span): Ending {
  let first = span.from
  while (first < span.to - 1 && isIdle(candles, first)) first++
  const over = span.to > span.from && (span.end === 'EXPIRED' || span.end === 'DELISTED')
  if (!over) return endWithout(plan, candles, span, {})
  const last = span.to - 1
  const price = span.end === 'EXPIRED' ? candles.close[last]! : lastTradable(candles, last, 'AVOID')
  return endWithout(plan, candles, span, { returnGrossRatio: price / candles.open[first]! - 1 })
}

/** The end of a plan without a position. */
function endWithout(plan: Plan, candles: Candles, { from, to, end }: Span, found: Partial<Ending>): Ending {
  if (end === 'OPEN') return openEnding
  if (end === 'UNRESOLVED') return { ...openEnding, status: end, at: plan.expiresAt }
  if (to === from) return { ...openEnding, status: end, at: candles.openAt[to]!, decidedBy: to }
  const last = to - 1
  const at = candles.openAt[last]! + (end === 'EXPIRED' ? candles.intervalMs : 0)
  const price = end === 'EXPIRED' ? candles.close[last]! : lastTradable(candles, last, plan.type)
  return { ...openEnding, status: end, at, events: [{ at, event: 'EXPIRY', price }], decidedBy: last, ...found }
}
