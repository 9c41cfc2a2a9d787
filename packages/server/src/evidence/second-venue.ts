import { type Candles, Failure, isFailure, minutes } from '@pumpiq/domain'
import type { Ask } from '../network/ask.ts'
import type { Clock } from '../platform/clock.ts'
import { mostCandles, type Source } from '../sources/source.ts'

type Needs = { sources: readonly Source[]; ask: Ask; clock: Pick<Clock, 'now'> }

/** `source` is the venue that is not asked; `at` the instant, epoch ms, around which minutes are wanted. */
type Wanted = {
  readonly symbol: string
  readonly source: string
  readonly at: number
  readonly abort?: AbortSignal
}

/** Beyond the instant itself, for what a venue is late with. */
const spareMinutes = 5

/** So many minutes in a row are no lull's end: what lies before them was not given. */
const leastClipped = 60

/**
 * The minutes of a token at the first other venue that lists it, from around an instant on; null when no other does. One whose minutes do
 * not reach back that far cannot say. Whether one lists it that could not be asked is not known: then it fails.
 */
export function createSecondVenue({ sources, ask, clock }: Needs) {
  return async function second({
    symbol,
    source: own,
    at,
    abort,
  }: Wanted): Promise<{ source: string; candles: Candles } | null> {
    const now = clock.now()
    const limit = Math.min(mostCandles, Math.ceil((now - at) / minutes(1)) + spareMinutes)
    let failed: Failure | null = null
    for (const source of sources) {
      if (source.id === own || !source.feeds.candles) continue
      try {
        const get = ask.from(source, { ...(abort && { abort }) })
        const candles = await source.feeds.candles({ symbol, interval: '1m', limit, now, get, ...(abort && { abort }) })
        if (!isClipped(candles, at)) return { source: source.id, candles }
        failed = new Failure('unavailable', `${source.id} does not tell minutes that far back`)
      } catch (thrown) {
        if (!isFailure(thrown) || abort?.aborted) throw thrown
        if (thrown.code !== 'notFound') failed = thrown
      }
    }
    if (failed) throw new Failure('unavailable', `no other venue could be asked: ${failed.message}`, { cause: failed })
    return null
  }
}

/** Whether the minutes begin behind the instant because the venue gives no more of them, not because nobody traded. */
function isClipped({ openAt, length }: Candles, at: number): boolean {
  if (length < leastClipped || openAt[0]! <= at + minutes(1)) return false
  return minutes(length - 1) === openAt[length - 1]! - openAt[0]!
}
