import type { Candles } from '../words/candles.ts'
import { firstAtOrAfter } from '../words/candles.ts'
import type { Plan } from '../decide/plan.ts'
import type { OutcomeEvent, OutcomeStatus } from './outcome.ts'

export type Directional = Extract<Plan, { type: 'BUY' | 'SELL' }>

type MarkedEvent = { readonly at: number; readonly event: OutcomeEvent; readonly price: number }

/**
 * A BUY or SELL while it is followed. Prices in it are signed, times 1 for BUY and -1 for SELL: up is always toward the targets, so one
 * set of comparisons serves both. One object for a whole judgement, changed in place: the scan allocates nothing else but its events.
 */
export type Position = {
  readonly plan: Directional
  readonly sign: 1 | -1
  readonly stop: number
  /** The edges of the entry zone toward the stop and toward the targets. */
  readonly floor: number
  readonly ceiling: number
  readonly events: MarkedEvent[]
  /** Open of the judged bar that is being met; events of finer bars inside it bear it too. */
  at: number
  /** The close before the bar, NaN when there is none. */
  previous: number
  filledAt: number | null
  fill: number
  /** R: |fill - stop as issued|. */
  risk: number
  /** Targets closed, the level of the next one, the share still held, and the share-weighted sum of exits. */
  closed: number
  next: number
  left: number
  exits: number
  /** How many targets may have been reached in a fill bar whose inner order nothing tells. */
  doubt: number
  best: number
  worst: number
  status: OutcomeStatus | null
  /** The result hangs on an order inside a bar that nothing tells. */
  undecidable: boolean
}

export function openPosition(plan: Directional): Position {
  const sign = plan.type === 'BUY' ? 1 : -1
  return {
    plan,
    sign,
    stop: sign * plan.stop,
    floor: sign > 0 ? plan.entryLow : -plan.entryHigh,
    ceiling: sign > 0 ? plan.entryHigh : -plan.entryLow,
    events: [],
    at: 0,
    previous: Number.NaN,
    filledAt: null,
    fill: Number.NaN,
    risk: Number.NaN,
    closed: 0,
    next: sign * plan.targets[0]!.price,
    left: 1,
    exits: 0,
    doubt: 0,
    best: Number.NaN,
    worst: Number.NaN,
    status: null,
    undecidable: false,
  }
}

/**
 * A bar in which nobody traded: no volume and no range. Vendors fill such bars with the previous close, so it neither fills nor hits.
 * No volume but a range means that the volume was not told, not that nobody traded.
 */
export const isIdle = ({ volume, high, low }: Candles, i: number): boolean => volume[i] === 0 && high[i] === low[i]

/** How a bar stands to the position: held before it, entered at its open, or entered inside it from one side of the zone. */
type Entry = 'held' | 'open' | 'fromTargets' | 'fromStop' | 'none'

function entryOf(p: Position, open: number, best: number, worst: number): Entry {
  if (p.filledAt !== null) return 'held'
  if (open > p.ceiling) return worst <= p.ceiling ? 'fromTargets' : 'none'
  if (open >= p.floor) return 'open'
  // Under the zone. It gapped through unless the close before was under it too; without a bar before, the price at issue was not under it.
  const climbs = p.previous < p.floor
  if (!climbs) return 'open'
  return best >= p.floor ? 'fromStop' : 'none'
}

/**
 * One closed bar with trades meets the plan. What is sure: the open comes first, the close last, and inside the bar price passes every
 * level between its extremes. Entered from the side of the targets, the bar's worst is after the entry, its best may not be: a target
 * counts if the close is beyond it. Entered from the side of the stop it is the other way round. Where the order matters and is not sure,
 * finer candles decide; without them the stop comes first and a target that may have been before the entry does not count.
 */
export function meet(p: Position, candles: Candles, i: number, finer: readonly Candles[]): void {
  const { sign } = p
  const open = sign * candles.open[i]!
  const close = sign * candles.close[i]!
  let best = sign > 0 ? candles.high[i]! : -candles.low[i]!
  let worst = sign > 0 ? candles.low[i]! : -candles.high[i]!
  const entry = entryOf(p, open, best, worst)
  if (entry === 'none') return
  // An extreme that is the open was there before the entry: nothing says that price came back to it.
  if (entry === 'fromTargets' && best === open) best = close
  if (entry === 'fromStop' && worst === open) worst = close
  const whole = entry === 'held' || entry === 'open'
  const gapped = whole && open <= p.stop
  const stopped = gapped || worst <= p.stop
  const atOpen = entry === 'held' && !gapped ? reached(p, open) : p.closed
  const maybe = gapped ? p.closed : reached(p, best)
  const sure = entry === 'fromTargets' ? reached(p, close) : maybe
  const stopSure = entry !== 'fromStop' || close <= p.stop
  const unclear = stopped ? maybe > atOpen || !stopSure : maybe > sure
  if (unclear && refine(p, candles, i, finer)) return

  if (entry !== 'held') enter(p, entry === 'open' ? open : entry === 'fromTargets' ? p.ceiling : p.floor)
  if (whole) widen(p, open, open)
  closeTargets(p, atOpen, open)
  if (p.status !== null) return
  if (stopped) {
    const exit = gapped ? open : p.stop
    widen(p, exit, exit)
    p.undecidable ||= unclear
    return leave(p, 'STOPPED', 'STOP', p.at, exit)
  }
  closeTargets(p, sure, null)
  p.doubt = Math.max(p.doubt, maybe)
  // Behind the last exit nothing counts, and before it only what surely was.
  if (p.status !== null) widen(p, sign * p.events.at(-1)!.price, p.fill)
  else widen(p, entry === 'fromTargets' ? close : best, entry === 'fromStop' ? close : worst)
}

/** How many targets a price is at or beyond, those closed included. */
function reached({ plan: { targets }, sign, closed }: Position, price: number): number {
  let count = closed
  while (count < targets.length && sign * targets[count]!.price <= price) count++
  return count
}

export function widen(p: Position, best: number, worst: number): void {
  if (best > p.best) p.best = best
  if (worst < p.worst) p.worst = worst
}

function enter(p: Position, price: number): void {
  p.fill = price
  p.filledAt = p.at
  // At or beyond the stop no risk is left to measure: there R is at least what the zone's edge would have risked, so R stays finite.
  p.risk = price > p.stop ? price - p.stop : Math.max(p.stop - price, p.floor - p.stop)
  p.best = price
  p.worst = price
  p.events.push({ at: p.at, event: 'FILLED', price: p.sign * price })
}

const targetEvents = ['TARGET_1', 'TARGET_2', 'TARGET_3'] as const

/** Closes the targets up to a count, at their levels or all at one price. */
function closeTargets(p: Position, upTo: number, price: number | null): void {
  const { targets } = p.plan
  while (p.closed < upTo) {
    const target = targets[p.closed]!
    const level = p.sign * target.price
    const exit = price ?? level
    // Had it been reached in the fill bar, it would have been at its level.
    if (p.closed < p.doubt && exit !== level) p.undecidable = true
    const last = p.closed === targets.length - 1
    const share = last ? p.left : Math.min(target.share, p.left)
    p.events.push({ at: p.at, event: targetEvents[p.closed]!, price: p.sign * exit })
    p.exits += share * exit
    p.left -= share
    p.closed++
    p.next = last ? Number.POSITIVE_INFINITY : p.sign * targets[p.closed]!.price
    if (last) p.status = 'TARGET_3'
  }
}

/** Closes all that is left at one price. */
export function leave(p: Position, status: OutcomeStatus, event: OutcomeEvent, at: number, price: number): void {
  p.events.push({ at, event, price: p.sign > 0 || price === 0 ? Math.abs(price) : -price })
  p.exits += p.left * price
  p.left = 0
  p.status = status
}

/** Meets the bars of the smallest interval that covers bar i without a hole; each of them may be refined again. False when there is none. */
function refine(p: Position, candles: Candles, i: number, finer: readonly Candles[]): boolean {
  let inner: Candles | null = null
  let from = 0
  for (const choice of finer) {
    if (choice.intervalMs >= (inner ?? candles).intervalMs) continue
    const start = coveringFrom(choice, candles.openAt[i]!, candles.intervalMs)
    if (start < 0) continue
    inner = choice
    from = start
  }
  if (inner === null) return false
  const to = from + candles.intervalMs / inner.intervalMs
  for (let j = from; j < to && p.status === null; j++) {
    if (!isIdle(inner, j)) meet(p, inner, j, finer)
    p.previous = p.sign * inner.close[j]!
  }
  return true
}

/** Index of the first of the bars that tile `[openAt, openAt + lengthMs)` exactly, or -1. */
function coveringFrom(candles: Candles, openAt: number, lengthMs: number): number {
  const { intervalMs } = candles
  const count = lengthMs / intervalMs
  const from = firstAtOrAfter(candles, openAt)
  if (!Number.isInteger(count) || from + count > candles.length) return -1
  for (let k = 0; k < count; k++) if (candles.openAt[from + k] !== openAt + k * intervalMs) return -1
  return from
}
