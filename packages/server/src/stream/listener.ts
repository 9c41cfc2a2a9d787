import { streamCloses, type StreamEvent } from '@pumpiq/api'
import type { Clock } from '../platform/clock.ts'
import { emptyBatch, isEmpty, listOf, merge, type Batch } from './batch.ts'
import { frameOf, type Frame } from './frame.ts'
import type { Wanted } from './wanted.ts'

/** A connection of either form. */
export type Line = {
  write(frame: Frame): void
  /** Bytes that the other end has not taken yet. */
  waiting(): number
  /** Asks whether anybody is there still; false: nobody answered the last time. */
  beat(): boolean
  /** Says goodbye; what waits may still be read. */
  end(code: number, why: string): void
  destroy(): void
}

export type Bounds = {
  /** Bytes waiting on a line from which on only the newest is kept for it, and down to which it goes on as before. */
  readonly behindBytes: number
  readonly againBytes: number
  /** Sealed events kept for a listener that is behind. */
  readonly mostSealed: number
  /** How long a listener may be behind. */
  readonly patienceMs: number
}

export const usualBounds: Bounds = {
  behindBytes: 64 * 1024,
  againBytes: 16 * 1024,
  mostSealed: 500,
  patienceMs: 30_000,
}

/** How long whoever was sent away may read the farewell. */
const farewellMs = 5_000

type Needs = {
  line: Line
  wanted: Wanted
  userId: string | null
  bounds: Bounds
  clock: Pick<Clock, 'monotonic' | 'sleep'>
}

export type Listener = ReturnType<typeof createListener>

/** One who listens: what he wants, how far he has been told, and what is kept for him while he reads too slowly. */
export function createListener({ line, wanted: first, userId, bounds, clock }: Needs) {
  let wanted = first
  /** All that is sealed up to here and wanted has been written. */
  let reached = 0
  let kept: Batch | null = null
  let behindSince = 0
  let hasEnded = false

  const say = (event: StreamEvent, position: number | null = null) =>
    line.write(frameOf([JSON.stringify(event)], position))

  function fallBehind(batch: Batch): void {
    kept = emptyBatch()
    behindSince = clock.monotonic()
    say({ event: 'lagging', seq: reached, waitingBytes: line.waiting() })
    merge(kept, batch)
  }

  function end(code: number, why: string): void {
    if (hasEnded) return
    hasEnded = true
    kept = null
    line.end(code, why)
    clock.sleep(farewellMs).then(line.destroy, line.destroy)
  }

  /** Tells what comes next and how it could be had after all. */
  function drop(code: number, why: string): void {
    if (hasEnded) return
    say({ event: 'dropped', seq: reached, why })
    end(code, why)
  }

  return {
    /** Who listens; null: nobody has signed in. */
    userId,
    wanted: (): Wanted => wanted,
    reached: (): number => reached,
    hasEnded: (): boolean => hasEnded,
    isBehind: (): boolean => kept !== null,
    waiting: line.waiting,
    beat: line.beat,
    want(next: Wanted, position: number): void {
      wanted = next
      reached = Math.max(reached, position)
    },
    say,
    /** Whatever the state of the line: its reader is waited for. */
    tell(events: readonly string[], position: number): void {
      if (events.length > 0) line.write(frameOf(events, position))
      reached = position
    },
    /** What his group is told; `frame` is the batch for all. */
    hear(batch: Batch, frame: Frame, position: number): void {
      if (hasEnded) return
      if (kept) {
        merge(kept, batch)
        if (kept.sealed.length > bounds.mostSealed)
          drop(
            streamCloses.tooSlow,
            `more than ${bounds.mostSealed} sealed events wait: come again with since=${reached}`,
          )
      } else if (line.waiting() > bounds.behindBytes) fallBehind(batch)
      else {
        line.write(frame)
        reached = position
      }
    },
    /** Once a tick while behind: goes on as before when the line has emptied, gives up when it never does. */
    catchUp(position: number): void {
      if (!kept) return
      if (line.waiting() <= bounds.againBytes) {
        if (!isEmpty(kept)) line.write(frameOf(listOf(kept), position))
        kept = null
        reached = position
      } else if (clock.monotonic() - behindSince > bounds.patienceMs) {
        drop(streamCloses.tooSlow, `nothing was read for too long: come again with since=${reached}`)
      }
    },
    drop,
    end,
    destroy: line.destroy,
    /** The connection is gone. */
    forget(): void {
      hasEnded = true
      kept = null
    },
  }
}
