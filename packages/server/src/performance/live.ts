import { barAt, minutes, seconds, type Bar } from '@pumpiq/domain'
import type { CandleCursor } from '../evidence/candles.ts'
import { shownBy } from '../evidence/candles-fill.ts'
import { putTold, type ToldMinutes } from '../evidence/candles-told.ts'
import type { CandleStream } from '../evidence/stream.ts'
import type { Clock } from '../platform/clock.ts'
import { continued, createToldCandles } from './told.ts'
import type { Lanes } from './lanes.ts'
import type { Looked } from './look.ts'
import { keyOf, type Group } from './open-calls.ts'
import type { createSeries } from './series.ts'
import type { createTerms, Term } from './term.ts'

/** While a series is told live, its venue is asked for corrections so often. */
const correctionsEveryMs = minutes(15)

/** A series of which nothing is told for so long is asked for though its line stands: nobody may trade, or the line may not tell of it. */
const silentMs = minutes(3)

/** A series whose stream breaks again and again is not asked for more often than this. */
const askAtMostEveryMs = seconds(30)

type Needs = {
  stream: CandleStream
  series: ReturnType<typeof createSeries>
  /** A series that is followed. */
  groupOf(key: string): Group | null
  terms: ReturnType<typeof createTerms>
  lanes: Lanes
  clock: Clock
  told(thrown: unknown, what: string): void
  isOver(): boolean
}

type Piece = ToldMinutes & { readonly group: Group; readonly cursor: CandleCursor }

/**
 * Takes in the closed candles that venues tell by themselves: what continues a series is kept, moves its cursor on and is judged by at once,
 * many series in one transaction. For whatever else comes, the venue is asked.
 */
export function createLive({ stream, series, groupOf, terms, lanes, clock, told, isOver }: Needs) {
  const waiting = createToldCandles()
  const scheduled = new Set<string>()
  const newest = new Map<string, Bar>()
  /** Series of which something was told that could not be taken in. */
  const broken = new Set<string>()

  const end = stream.onCandle((candle) => {
    if (!waiting.push(candle)) broken.add(keyOf(candle))
    if (scheduled.has(candle.source) || isOver()) return
    scheduled.add(candle.source)
    void lanes.run(candle.source, () => workOff(candle.source))
  })

  /** What of the told candles continues their series; the others are noted to be asked for. */
  function pieces(source: string): Piece[] {
    const found: Piece[] = []
    for (const [key, candles] of waiting.take(source)) {
      const group = groupOf(key)
      const cursor = series.cursor(key)
      if (!group || !cursor) {
        broken.add(key)
        continue
      }
      const bars = candles.map(({ bar }) => bar)
      const known = { liveSince: stream.liveSince(group), last: newest.get(key) ?? null }
      const { candles: next, isBroken } = continued(cursor, bars, known)
      if (isBroken) broken.add(key)
      if (!next) continue
      const knownUntil = next.openAt[next.length - 1]! + next.intervalMs
      found.push({ series: group, group, cursor: { ...cursor, knownUntil }, candles: next, knownUntil })
    }
    return found
  }

  async function keep(own: readonly Piece[], term: Term): Promise<void> {
    const looked = new Map<Piece, Looked>()
    const work = () =>
      term.write(async (tx) => {
        await putTold(tx, own, clock.now())
        for (const piece of own) {
          const before = series.cursor(piece.group.key)!
          looked.set(piece, await series.see(tx, piece.group, piece.cursor, shownBy(piece.candles, before.knownUntil)))
        }
      })
    await series.guarded(
      own.map(({ group }) => group),
      work,
    )
    for (const { group, cursor, candles } of own) {
      series.keep(group.key, cursor)
      newest.set(group.key, barAt(candles, candles.length - 1))
    }
    for (const piece of own) {
      const { group, cursor } = piece
      try {
        await series.guarded([group], () => series.act(group, cursor, looked.get(piece)!, term))
      } catch (thrown) {
        if (isOver()) return
        told(thrown, `${group.token} could not be followed on ${group.source}`)
      }
    }
  }

  async function askForBroken(source: string): Promise<void> {
    for (const key of broken) {
      const group = groupOf(key)
      if (group?.source !== source) continue
      const askedAt = series.cursor(key)?.askedAt ?? -Infinity
      if (clock.now() - askedAt < askAtMostEveryMs) continue
      const term = await terms.take()
      if (!term) return
      broken.delete(key)
      await series.follow(group, term)
    }
  }

  /** Works off what was told of a source; called in its lane. */
  async function workOff(source: string): Promise<void> {
    scheduled.delete(source)
    try {
      const term = await terms.take()
      if (!term || isOver()) return void waiting.take(source)
      const own = pieces(source)
      if (own.length > 0) await keep(own, term)
      await askForBroken(source)
    } catch (thrown) {
      if (!isOver()) told(thrown, `what ${source} told live could not be taken in`)
    }
  }

  return {
    workOff,
    stop: end,
    /** It was asked for: whatever was missed is known now. */
    mended: (key: string) => void broken.delete(key),
    clear(): void {
      broken.clear()
      newest.clear()
    },
    /** The cursor of a series that is told live without a break, and need not be asked for yet; else null. Silence is asked about. */
    fresh(group: Group): CandleCursor | null {
      const cursor = series.cursor(group.key)
      const since = stream.liveSince(group)
      if (!cursor || since === null || since > cursor.knownUntil || broken.has(group.key)) return null
      const sinceAsked = clock.now() - cursor.askedAt
      const isSilent = clock.now() - cursor.knownUntil >= silentMs && sinceAsked >= silentMs
      const isDue = isSilent || sinceAsked >= correctionsEveryMs || cursor.problem !== null
      const reaches = cursor.fromAt <= group.since && cursor.revisedFrom === null
      return isDue || !reaches ? null : cursor
    },
  }
}
