import {
  barAt,
  type Candles,
  candlesOf,
  Failure,
  firstAtOrAfter,
  haltMs,
  hours,
  intervals,
  isFailure,
  type Interval,
  minutes,
  slice,
} from '@pumpiq/domain'
import type { Tx } from '../db/db.ts'
import type { Ask } from '../network/ask.ts'
import type { Clock } from '../platform/clock.ts'
import { mostCandles, type Source } from '../sources/source.ts'
import type { CandleCursor, CandleStore, Series } from './candles.ts'

type Needs = { sources: readonly Source[]; ask: Ask; candles: CandleStore; clock: Pick<Clock, 'now'> }

/** `since`: from when on candles are needed, epoch ms. `write` runs a transaction by right of whoever may write. */
export type FillAsk = Series & {
  readonly symbol: string
  readonly since: number
  write(work: (tx: Tx) => Promise<void>): Promise<void>
  /** What is written together with the candles and their cursor. */
  also(tx: Tx, cursor: CandleCursor, news: News): Promise<void>
  readonly abort?: AbortSignal | undefined
}

/** What is known now and was not before: between which prices it traded, or `all` where more than newer candles has changed. */
export type News = { readonly high: number; readonly low: number } | 'all'

export type FillCandles = ReturnType<typeof createFillCandles>

/** A venue is asked anew for so much that is kept already: that shows its corrections, and that nothing lies between. */
export const overlapMs = hours(1)
/**
 * Brings the closed 1-minute candles of a token at one venue up to now, from `since` on. What lies further back than the venue's minutes reach
 * is filled with hours, before anything newer is kept: the cursor never passes a hole that could have been filled. A venue that does
 * not answer leaves everything as it is but the cursor's `problem`.
 */
export function createFillCandles({ sources, ask, candles, clock }: Needs) {
  async function fetched({ symbol, source: id, abort }: FillAsk, interval: Interval, limit: number, now: number) {
    const source = sources.find((one) => one.id === id)
    if (!source?.feeds.candles) throw new Failure('unavailable', `${id} is not among the sources any more`)
    const get = ask.from(source, { ...(abort && { abort }) })
    return source.feeds.candles({ symbol, interval, limit, now, get, ...(abort && { abort }) })
  }

  async function news(wanted: FillAsk, known: number, now: number) {
    const missing = Math.ceil((now - known + overlapMs) / minutes(1))
    const fresh = await fetched(wanted, '1m', Math.min(mostCandles, missing), now)
    const first = fresh.length > 0 ? fresh.openAt[0]! : now
    const hole = fresh.length > 0 && first > known ? await hoursOf(wanted, { from: known, to: first }, now) : null
    return { fresh, hole }
  }

  /** The hours that a hole touches. */
  async function hoursOf(wanted: FillAsk, { from, to }: { from: number; to: number }, now: number): Promise<Candles> {
    const first = Math.floor(from / hours(1)) * hours(1)
    const limit = Math.min(mostCandles, Math.ceil((now - first) / hours(1)) + 1)
    const wide = await fetched(wanted, '1h', limit, now)
    return slice(wide, firstAtOrAfter(wide, first), firstAtOrAfter(wide, to))
  }

  async function asked(wanted: FillAsk, start: CandleCursor, now: number) {
    try {
      return await news(wanted, start.knownUntil, now)
    } catch (thrown) {
      if (!isFailure(thrown) || thrown.code === 'conflict' || wanted.abort?.aborted) throw thrown
      return thrown
    }
  }

  return async function fill(wanted: FillAsk): Promise<CandleCursor> {
    const { token, source, write, also } = wanted
    const now = clock.now()
    const kept = await candles.cursor({ token, source })
    const start = startOf(kept, wanted.since)
    const told = await asked(wanted, start, now)
    let cursor: CandleCursor = { ...start, askedAt: now, answeredAt: now, problem: null }
    if (isFailure(told)) {
      // "Not listed" is an answer, and what is not there any more has no newer candle.
      const answeredAt = told.code === 'notFound' ? now : start.answeredAt
      cursor = { ...start, askedAt: now, answeredAt, problem: told.message }
      await write(async (tx) => {
        await candles.putCursor(tx, wanted, cursor)
        await also(tx, cursor, start === kept && start.revisedFrom === null ? nothing : 'all')
      })
      return cursor
    }
    const { fresh } = told
    const hole = told.hole && besideMinutes(told.hole, kept)
    await write(async (tx) => {
      const changed = await candles.put(tx, wanted, fresh, { interval: '1m', fetchedAt: now })
      if (hole) await candles.put(tx, wanted, hole, { interval: '1h', fetchedAt: now })
      const revised = kept === null ? [] : changed.filter((at) => at >= kept.fromAt && at < kept.knownUntil)
      const revisedFrom = Math.min(start.revisedFrom ?? Infinity, ...revised)
      const knownUntil = Math.max(start.knownUntil, endOf(fresh))
      cursor = { ...cursor, knownUntil, revisedFrom: revisedFrom === Infinity ? null : revisedFrom }
      await candles.putCursor(tx, wanted, cursor)
      const isWhole = start !== kept || cursor.revisedFrom !== null || (hole !== null && hole.length > 0)
      await also(tx, cursor, isWhole ? 'all' : shownBy(fresh, start.knownUntil))
    })
    return cursor
  }
}

/** What candles that open at or behind an instant show together; all that is open is concerned by what follows a halt. */
export function shownBy(candles: Candles, from: number): News {
  let [high, low, before] = [nothing.high, nothing.low, from]
  for (let i = firstAtOrAfter(candles, from); i < candles.length; i++) {
    if (candles.openAt[i]! - before >= haltMs) return 'all'
    before = candles.openAt[i]! + candles.intervalMs
    high = Math.max(high, candles.high[i]!)
    low = Math.min(low, candles.low[i]!)
  }
  return { high, low }
}

const nothing = { high: Number.NEGATIVE_INFINITY, low: Number.POSITIVE_INFINITY }

/** Of hours those of which the minutes are not all kept: what is known to the minute is not judged by hours. */
function besideMinutes(wide: Candles, kept: CandleCursor | null): Candles {
  const bars = Array.from({ length: wide.length }, (_, i) => barAt(wide, i))
  const isKept = (from: number) => kept !== null && from >= kept.fromAt && from + hours(1) <= kept.knownUntil
  return candlesOf(
    wide.id,
    wide.intervalMs,
    bars.filter(({ openAt }) => !isKept(openAt)),
  )
}

/** Where to go on: at the cursor, when it covers what is needed without a break; else anew from there. */
function startOf(kept: CandleCursor | null, since: number): CandleCursor {
  const from = Math.floor(since / intervals['1m']) * intervals['1m']
  if (kept && kept.fromAt <= from && kept.knownUntil >= from) return kept
  return {
    fromAt: from,
    knownUntil: from,
    askedAt: 0,
    answeredAt: kept?.answeredAt ?? null,
    problem: null,
    revisedFrom: kept?.revisedFrom ?? null,
  }
}

const endOf = ({ openAt, intervalMs, length }: Candles): number => (length === 0 ? 0 : openAt[length - 1]! + intervalMs)
