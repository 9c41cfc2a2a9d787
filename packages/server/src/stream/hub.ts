import { seconds } from '@pumpiq/domain'
import { streamCloses, type StreamEvent } from '@pumpiq/api'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { batchFor, isEmpty, listOf, ownersIn, type SharedBatch } from './batch.ts'
import { frameOf } from './frame.ts'
import { createGroups, type Group } from './groups.ts'
import { createListener, usualBounds, type Bounds, type Line, type Listener } from './listener.ts'
import type { SealedEvents } from './sealed.ts'
import { createTail } from './tail.ts'
import { hearsSealed, isWanted, type Wanted } from './wanted.ts'

type Needs = {
  sealed: SealedEvents
  clock: Pick<Clock, 'every' | 'sleep' | 'monotonic'>
  log: Log
  bounds?: Partial<Bounds>
}

type Seat = { readonly wanted: Wanted; readonly since: number | null; readonly userId: string | null }

export type Hub = ReturnType<typeof createHub>

/** What happens within so long goes in one frame. */
export const tickMs = 80
const headEveryMs = seconds(5)
/** A line on which nobody answered for so long is dead. */
const beatEveryMs = seconds(30)
const recordsAtOnce = 200

/**
 * Tells listeners what happens. Who comes back with a number is told from the ledger what he missed, then goes over to what happens between
 * two ticks, when all that was published has been told: so nothing is told twice, and nothing is left out.
 */
export function createHub({ sealed, clock, log, bounds }: Needs) {
  const limits = { ...usualBounds, ...bounds }
  const groups = createGroups()
  const all = new Set<Listener>()
  /** Wishes that changed since the last tick. */
  const changing = new Map<Listener, Wanted>()
  const tail = createTail({ sealed, clock, log, publish: groups.put })
  let timers: { stop(): void }[] = []
  /** All that was published up to here has been told to everybody in a group. */
  let told: number | null = null
  /** The length of the ledger that listeners were last told without there being an event at it, and when. */
  let head = { seq: 0, at: 0 }

  function tick(): void {
    const now = clock.monotonic()
    const position = tail.published()
    if (position === null) return
    if (position > head.seq && now - head.at >= headEveryMs) {
      head = { seq: position, at: now }
      groups.putHead(position)
    }
    told = position
    for (const { group, batch } of groups.take()) {
      tellGroup(group, batch, position)
    }
    for (const listener of groups.listeners()) if (listener.isBehind()) listener.catchUp(position)
    for (const [listener, wanted] of changing) {
      // What waits for him is told first.
      if (listener.isBehind()) continue
      changing.delete(listener)
      change(listener, wanted, position)
    }
  }

  /** One frame for all, and one more for each of whom there is something of his own. */
  function tellGroup({ members }: Group, batch: SharedBatch, position: number): void {
    const owners = ownersIn(batch)
    const ofAll = batchFor(batch, null)
    const frame = frameOf(listOf(ofAll), position)
    for (const listener of members) {
      if (listener.userId !== null && owners.has(listener.userId)) {
        const own = batchFor(batch, listener.userId)
        listener.hear(own, frameOf(listOf(own), position), position)
      } else if (!isEmpty(ofAll)) listener.hear(ofAll, frame, position)
    }
  }

  function change(listener: Listener, wanted: Wanted, position: number): void {
    if (listener.hasEnded()) return
    const isLive = groups.has(listener)
    if (isLive) groups.leave(listener)
    listener.want(wanted, isLive ? position : listener.reached())
    if (isLive) groups.join(listener)
    const channels = [...wanted.channels]
    const tokens = wanted.tokens && [...wanted.tokens]
    listener.say({ event: 'subscribed', seq: listener.reached(), channels, tokens })
  }

  /** Tells what was sealed behind `since`, as fast as it is read, then goes live. */
  async function bringUp(listener: Listener, since: number | null): Promise<void> {
    await tail.start()
    if (since !== null) listener.tell([], since)
    while (!listener.hasEnded()) {
      // Nothing has been put with a group before the first tick of a following.
      told ??= tail.published()
      if (told === null) return
      if (since === null || !hearsSealed(listener.wanted()) || listener.reached() >= told) return goLive(listener, told)
      const { events, upTo } = await sealed.between(listener.reached(), told, recordsAtOnce)
      if (listener.hasEnded()) return
      const wanted = events.filter(
        ({ event, owner }) => isWanted(listener.wanted(), event) && (owner === null || owner === listener.userId),
      )
      listener.tell(
        wanted.map(({ event }) => JSON.stringify(event)),
        upTo,
      )
      await room(listener)
    }
  }

  function goLive(listener: Listener, seq: number): void {
    groups.join(listener)
    listener.tell([JSON.stringify({ event: 'head', seq } satisfies StreamEvent)], seq)
  }

  async function room(listener: Listener): Promise<void> {
    const from = clock.monotonic()
    while (!listener.hasEnded() && listener.waiting() > limits.behindBytes) {
      if (clock.monotonic() - from > limits.patienceMs)
        listener.drop(
          streamCloses.tooSlow,
          `nothing was read for too long: come again with since=${listener.reached()}`,
        )
      else await clock.sleep(tickMs)
    }
  }

  function begin(): void {
    if (timers.length > 0) return
    told = null
    timers = [clock.every(tickMs, tick), clock.every(beatEveryMs, beat)]
  }

  function beat(): void {
    for (const listener of all) if (!listener.beat()) listener.forget()
  }

  function leave(listener: Listener): void {
    listener.forget()
    groups.leave(listener)
    changing.delete(listener)
    all.delete(listener)
    if (all.size > 0) return
    for (const timer of timers) timer.stop()
    timers = []
    tail.stop()
  }

  return {
    /**
     * From now on the line is told what is wanted, first what was sealed behind `since`; null: only what happens from now on. Of what is
     * somebody's own only he hears, who is `userId`; null: nobody has signed in.
     */
    enter(line: Line, { wanted, since, userId }: Seat) {
      const listener = createListener({ line, wanted, userId, bounds: limits, clock })
      all.add(listener)
      begin()
      bringUp(listener, since).catch((error: unknown) => {
        log.warn('a listener could not be told what it missed', { error })
        listener.drop(streamCloses.later, 'the record cannot be read now: come again')
      })
      return {
        wanted: (): Wanted => changing.get(listener) ?? listener.wanted(),
        /** Holds from the next tick on, whose number is told. */
        want: (next: Wanted): void => void changing.set(listener, next),
        say: listener.say,
        end: listener.end,
        drop: listener.drop,
        leave: (): void => leave(listener),
      }
    },
    /** Something happened that is not sealed, or has just been published. */
    publish: groups.put,
    nudge: tail.nudge,
    hears: groups.hears,
    listeners: (): number => all.size,
    /** Of these, who read too slowly for what happens. */
    behind: (): number => [...all].filter((listener) => listener.isBehind()).length,
    /** Sends everybody away. */
    close(): void {
      for (const listener of all) listener.end(streamCloses.goingAway, 'the server is closing')
    },
    destroy(): void {
      for (const listener of all) {
        leave(listener)
        listener.destroy()
      }
    },
  }
}
