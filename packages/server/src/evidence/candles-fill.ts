import {
  type Candles,
  Failure,
  firstAtOrAfter,
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
import type { Source } from '../sources/source.ts'
import type { CandleCursor, CandleStore, Series } from './candles.ts'

type Needs = { sources: readonly Source[]; ask: Ask; candles: CandleStore; clock: Pick<Clock, 'now'> }

/** `since`: from when on candles are needed, epoch ms. `write` runs a transaction by right of whoever may write. */
export type FillAsk = Series & {
  readonly symbol: string
  readonly since: number
  write(work: (tx: Tx) => Promise<void>): Promise<void>
  readonly abort?: AbortSignal | undefined
}

export type Filled = {
  readonly cursor: CandleCursor
  /** Something is known now that was not before. */
  readonly moved: boolean
  /** Hours were kept where the venue's minutes do not reach. */
  readonly coarse: boolean
}

export type FillCandles = ReturnType<typeof createFillCandles>

/** A venue is asked anew for so much that is kept already: that shows its corrections, and that nothing lies between. */
export const overlapMs = hours(1)
/** What a source gives at most. */
const mostRows = 5_000

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
    const fresh = await fetched(wanted, '1m', Math.min(mostRows, missing), now)
    const first = fresh.length > 0 ? fresh.openAt[0]! : now
    const hole = fresh.length > 0 && first > known ? await hoursOf(wanted, { from: known, to: first }, now) : null
    return { fresh, hole }
  }

  /** The hours that a hole touches. */
  async function hoursOf(wanted: FillAsk, { from, to }: { from: number; to: number }, now: number): Promise<Candles> {
    const first = Math.floor(from / hours(1)) * hours(1)
    const limit = Math.min(mostRows, Math.ceil((now - first) / hours(1)) + 1)
    const wide = await fetched(wanted, '1h', limit, now)
    return slice(wide, firstAtOrAfter(wide, first), firstAtOrAfter(wide, to))
  }

  return async function fill(wanted: FillAsk): Promise<Filled> {
    const { token, source, write } = wanted
    const now = clock.now()
    const kept = await candles.cursor({ token, source })
    const start = startOf(kept, wanted.since)
    try {
      const { fresh, hole } = await news(wanted, start.knownUntil, now)
      const known = Math.max(start.knownUntil, endOf(fresh))
      let cursor: CandleCursor = { ...start, knownUntil: known, askedAt: now, answeredAt: now, problem: null }
      await write(async (tx) => {
        const changed = await candles.put(tx, wanted, fresh, { interval: '1m', fetchedAt: now })
        if (hole) await candles.put(tx, wanted, hole, { interval: '1h', fetchedAt: now })
        const revised = kept === null ? [] : changed.filter((at) => at >= kept.fromAt && at < kept.knownUntil)
        const revisedFrom = Math.min(start.revisedFrom ?? Infinity, ...revised)
        cursor = { ...cursor, revisedFrom: revisedFrom === Infinity ? null : revisedFrom }
        await candles.putCursor(tx, wanted, cursor)
      })
      return { cursor, moved: start !== kept || known > start.knownUntil, coarse: hole !== null && hole.length > 0 }
    } catch (thrown) {
      if (!isFailure(thrown) || thrown.code === 'conflict' || wanted.abort?.aborted) throw thrown
      // "Not listed" is an answer, and what is not there any more has no newer candle.
      const answeredAt = thrown.code === 'notFound' ? now : start.answeredAt
      const cursor = { ...start, askedAt: now, answeredAt, problem: thrown.message }
      await write((tx) => candles.putCursor(tx, wanted, cursor))
      return { cursor, moved: false, coarse: false }
    }
  }
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
