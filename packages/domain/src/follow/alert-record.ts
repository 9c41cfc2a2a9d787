import { createAtr } from '../indicators/atr.ts'
import type { Candles } from '../words/candles.ts'
import { LEAST_N, wilson, type Bounds } from './statistics.ts'

/** What somebody else's alert said, and when we knew it (epoch ms); what it says of its own time counts for nothing. */
export type Alert = { readonly side: 'long' | 'short'; readonly at: number }

/** `hit`: one average range in its direction was touched first; `miss`: one against it; `undecided`: neither in time. */
export type AlertResult = 'hit' | 'miss' | 'undecided'

/** `waiting`: its time is not over. `unknown`: it cannot be said, and why. `at` is the open of the bar that decided. */
export type AlertVerdict =
  | { readonly result: AlertResult; readonly entry: number; readonly range: number; readonly at: number }
  | { readonly result: 'waiting' }
  | { readonly result: 'unknown'; readonly why: string }

/** Bars behind the alert that its range is measured over, and bars after it in which it must come true. */
export const alertRangeBars = 14
export const alertHorizonBars = 24

/** So many bars after an alert a bar must begin: an entry later than that is not the alert's. */
const entryWithinBars = 2

/**
 * What came first after an alert: entered at the open of the first bar that begins after it, one average true range (Wilder, 14 bars, known
 * at the alert) in its direction or against it, within 24 bars. A bar that touches both is a miss, and so is one that opens beyond the
 * wrong side. `asOf` is the epoch ms up to which the candles are known.
 */
export function judgeAlert({ side, at }: Alert, candles: Candles, asOf: number): AlertVerdict {
  const { intervalMs, openAt, open, length } = candles
  const entryAt = firstFrom(candles, at)
  if (entryAt === length || openAt[entryAt]! > at + entryWithinBars * intervalMs)
    return asOf < at + (entryWithinBars + 1) * intervalMs
      ? { result: 'waiting' }
      : { result: 'unknown', why: 'nobody traded after it' }
  const range = rangeBefore(candles, at)
  if (!(range > 0))
    return { result: 'unknown', why: `fewer than ${alertRangeBars + 1} moving bars are known before it` }
  const entry = open[entryAt]!
  const endAt = openAt[entryAt]! + alertHorizonBars * intervalMs
  const decided = firstTouch(candles, { entryAt, endAt, entry, reach: side === 'long' ? range : -range })
  if (decided !== null) return { result: decided.hit ? 'hit' : 'miss', entry, range, at: openAt[decided.at]! }
  return asOf < endAt ? { result: 'waiting' } : { result: 'undecided', entry, range, at: endAt }
}

function firstFrom({ openAt, length }: Candles, at: number): number {
  let i = 0
  while (i < length && openAt[i]! < at) i++
  return i
}

/** The average true range of the bars that had closed; NaN of too few. */
function rangeBefore({ intervalMs, openAt, high, low, close, length }: Candles, at: number): number {
  const average = createAtr(alertRangeBars)
  let range = Number.NaN
  for (let i = 0; i < length && openAt[i]! + intervalMs <= at; i++) range = average.push(high[i]!, low[i]!, close[i]!)
  return range
}

type Race = { entryAt: number; endAt: number; entry: number; reach: number }

/** `reach` is signed: towards the alert's side. */
function firstTouch({ openAt, open, high, low, length }: Candles, { entryAt, endAt, entry, reach }: Race) {
  const [best, worst] = reach > 0 ? [high, low] : [low, high]
  const sign = Math.sign(reach)
  const [target, stop] = [sign * (entry + reach), sign * (entry - reach)]
  for (let i = entryAt; i < length && openAt[i]! < endAt; i++) {
    if (sign * open[i]! >= target) return { hit: true, at: i }
    if (sign * worst[i]! <= stop) return { hit: false, at: i }
    if (sign * best[i]! >= target) return { hit: true, at: i }
  }
  return null
}

/** A judged alert of a source of alerts; `windowMs` is how long it ran at most. */
export type JudgedAlert = {
  readonly token: string
  readonly at: number
  readonly windowMs: number
  readonly result: AlertResult
}

/**
 * `judged` counts all, the rest only those that stand apart: an alert within the window of a counted one of its token says nothing new,
 * and an alert said ten times over is one. `hitRatio` is of those decided, with its 95 % interval (Wilson); null under 30. Pure chance
 * gives about one half.
 */
export type AlertRecord = {
  readonly judged: number
  readonly apart: number
  readonly hits: number
  readonly misses: number
  readonly undecided: number
  readonly hitRatio: number | null
  readonly interval: Bounds | null
}

export function alertRecord(judged: readonly JudgedAlert[]): AlertRecord {
  const ends = new Map<string, number>()
  const counts: Record<AlertResult, number> = { hit: 0, miss: 0, undecided: 0 }
  for (const { token, at, windowMs, result } of judged.toSorted((a, b) => a.at - b.at)) {
    if (at < (ends.get(token) ?? Number.NEGATIVE_INFINITY)) continue
    ends.set(token, at + windowMs)
    counts[result]++
  }
  const { hit: hits, miss: misses, undecided } = counts
  const decided = hits + misses
  const hitRatio = decided >= LEAST_N ? hits / decided : null
  return {
    judged: judged.length,
    apart: decided + undecided,
    hits,
    misses,
    undecided,
    hitRatio,
    interval: hitRatio === null ? null : wilson(hitRatio, decided),
  }
}
