import { type Bar, barFault, candlesOf, haltMs, minutes, type Candles } from '@pumpiq/domain'
import type { CandleCursor } from '../evidence/candles.ts'
import type { StreamedCandle } from '../evidence/stream.ts'
import { keyOf } from './open-calls.ts'

/** Candles waiting to be worked off, of one source; beyond this its series are asked for instead. */
const mostWaiting = 50_000

/** Closed candles that venues told by themselves and that nobody has worked off yet. */
export function createToldCandles() {
  const waiting = new Map<string, StreamedCandle[]>()

  return {
    /** False: it had no room. */
    push(candle: StreamedCandle): boolean {
      const own = waiting.get(candle.source) ?? []
      waiting.set(candle.source, own)
      return own.length < mostWaiting && own.push(candle) > 0
    },
    /** All of a source, by series, oldest first. */
    take(source: string): ReadonlyMap<string, readonly StreamedCandle[]> {
      const own = waiting.get(source) ?? []
      waiting.delete(source)
      return Map.groupBy(
        own.toSorted((a, b) => a.bar.openAt - b.bar.openAt),
        (candle) => keyOf(candle),
      )
    },
  }
}

/** What continues a series without a break, and whether something else was told too, which only the venue itself can explain. */
export type Continued = { readonly candles: Candles | null; readonly isBroken: boolean }

const barOf = ({ openAt, open, high, low, close, volume }: Bar): Bar => ({ openAt, open, high, low, close, volume })

const isSameBar = (a: Bar, b: Bar): boolean => JSON.stringify(barOf(a)) === JSON.stringify(barOf(b))

/**
 * Told candles against the cursor: the next minute continues it; a later one does where every traded minute since the cursor was told
 * (`liveSince`, epoch ms; null: unknown). One that was told twice alike is nothing new. All else is late, corrected or behind a gap.
 */
export function continued(
  { knownUntil }: Pick<CandleCursor, 'knownUntil'>,
  told: readonly Bar[],
  { liveSince, last }: { liveSince: number | null; last: Bar | null },
): Continued {
  const bars: Bar[] = []
  let known = knownUntil
  let newest = last
  let isBroken = false
  const isUnbroken = liveSince !== null && liveSince <= knownUntil
  for (const bar of told) {
    if (newest !== null && bar.openAt === newest.openAt && isSameBar(bar, newest)) continue
    const follows = bar.openAt === known || (bar.openAt > known && bar.openAt - known < haltMs && isUnbroken)
    if (!follows || barFault(bar) !== null) {
      isBroken = true
      if (bar.openAt > known) break
      continue
    }
    bars.push(barOf(bar))
    newest = bar
    known = bar.openAt + minutes(1)
  }
  return { candles: bars.length > 0 ? candlesOf('told', minutes(1), bars) : null, isBroken }
}
