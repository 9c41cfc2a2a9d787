import { type Candles, firstAtOrAfter, isAfterHalt } from '../words/candles.ts'
import type { Plan } from '../decide/plan.ts'
import type { Ending } from './outcome.ts'

/** How far beyond its neighbours a minute of a large and of any other coin may reach and still be believed by itself. */
const large = { rank: 100, share: 0.05 }
const other = { share: 0.2 }

/** A price at issue so many times away from the plan's own levels is of another scale or coin. */
const OTHER_SCALE = 2

/** How much a minute may stick out, by the coin's rank by market cap; a coin without one is small. */
export const spikeShare = (rank: number | null): number =>
  rank !== null && rank <= large.rank ? large.share : other.share

export type Range = { readonly high: number; readonly low: number }

/** A candle by which a call would change but which nothing confirms yet: the one after it is to be waited for, or another venue asked. */
export type Dispute = {
  readonly openAt: number
  /** The price that is in question. */
  readonly price: number
  readonly need: 'next' | 'second'
}

/** Which way a range reaches more than a share beyond another one. */
function beyond({ high, low }: Range, base: Range, share: number): 'up' | 'down' | null {
  if (high > base.high * (1 + share)) return 'up'
  return low < base.low * (1 - share) ? 'down' : null
}

const rangeAt = ({ high, low }: Candles, i: number): Range => ({ high: high[i]!, low: low[i]! })

/** Where price was when the plan was made, as far as its levels tell. */
function rangeOf(plan: Plan): Range | null {
  if (plan.type === 'AVOID') return null
  return plan.type === 'HOLD'
    ? { high: plan.bandHigh, low: plan.bandLow }
    : { high: plan.entryHigh, low: plan.entryLow }
}

/** What bar i is measured by: the bar before, or the plan where there is none or where even that one is of another scale. */
export function baseOf(plan: Plan, candles: Candles, i: number): Range | null {
  const before = i > 0 ? rangeAt(candles, i - 1) : null
  const own = rangeOf(plan)
  const isFirst = i === 0 || candles.openAt[i - 1]! < plan.issuedAt
  if (!isFirst || own === null) return before
  const strange = before !== null && (before.low > own.high * OTHER_SCALE || before.high < own.low / OTHER_SCALE)
  return before === null || strange ? own : before
}

type Doubts = {
  /** `spikeShare` of the coin. */
  readonly share: number
  /** The opens of candles of which it is known. */
  readonly known: ReadonlySet<number>
  /** The opens of bars that stand for many minutes: their ranges are wide by nature. */
  readonly wide: ReadonlySet<number>
}

/**
 * The first candle that a judgement rests on and that cannot be believed by itself; null when there is none. A candle is doubted when it
 * reaches too far beyond the one before and (once it is known) the one after, or when price is somewhere else altogether from one minute
 * to the next without having traded in between. A crash that goes on from where price was is neither.
 */
export function disputeOf(
  plan: Plan,
  candles: Candles,
  ending: Ending,
  { share, known, wide }: Doubts,
): Dispute | null {
  const marks = marksOf(candles, ending)
  const last = marks.at(-1)
  if (last === undefined) return null
  const marked = new Set(marks)
  for (let i = firstAtOrAfter(candles, plan.issuedAt); i <= last; i++) {
    const openAt = candles.openAt[i]!
    if (known.has(openAt) || wide.has(openAt) || (i > 0 && isAfterHalt(candles, i))) continue
    const base = baseOf(plan, candles, i)
    if (base === null) continue
    const found = disputeAt(candles, i, { base, share, isMarked: marked.has(i) })
    if (found) return { openAt, ...found }
  }
  return null
}

function disputeAt(
  candles: Candles,
  i: number,
  { base, share, isMarked }: { base: Range; share: number; isMarked: boolean },
): Omit<Dispute, 'openAt'> | null {
  const own = rangeAt(candles, i)
  const side = beyond(own, base, share)
  if (side === null) return null
  const open = candles.open[i]!
  // It did not trade its way there: the whole of it is elsewhere.
  const leapt = beyond({ high: open, low: open }, base, share) !== null
  if (!isMarked && !leapt) return null
  const price = leapt ? open : side === 'up' ? own.high : own.low
  if (i + 1 >= candles.length) return { price, need: 'next' }
  const alone = beyond(own, rangeAt(candles, i + 1), share) === side
  return alone || leapt ? { price, need: 'second' } : null
}

/** The bars that a judgement rests on, oldest first. */
function marksOf(candles: Candles, { events, decidedBy }: Ending): number[] {
  const marks = events
    .filter(({ event }) => event !== 'EXPIRY')
    .map(({ at }) => firstAtOrAfter(candles, at))
    .filter((i) => i < candles.length)
  if (decidedBy !== null) marks.push(decidedBy)
  return marks
}
