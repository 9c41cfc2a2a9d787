import type { SealedEvent, StreamEvent } from '@pumpiq/api'
import { createManualClock } from '../platform/manual-clock.ts'
import { silentLog } from '../platform/log.ts'
import type { Frame } from './frame.ts'
import { createHub } from './hub.ts'
import type { Bounds, Line } from './listener.ts'
import type { OwnedEvent, SealedEvents } from './sealed.ts'

/** A line of which the test says how much waits on it; what is written is read at once. */
export function createTestLine() {
  const frames: Frame[] = []
  const line = {
    frames,
    waitingBytes: 0,
    ended: null as { code: number; why: string } | null,
    isDestroyed: false,
    isThere: true,
    write: (frame: Frame) => void frames.push(frame),
    waiting: () => line.waitingBytes,
    beat: () => line.isThere,
    end: (code: number, why: string) => void (line.ended = { code, why }),
    destroy: () => void (line.isDestroyed = true),
    /** All events so far, read from the server-sent form. */
    events: (): StreamEvent[] => frames.flatMap((frame) => eventsIn(frame.events().toString())),
    told: <K extends StreamEvent['event']>(kind: K) =>
      line.events().filter((event): event is Extract<StreamEvent, { event: K }> => event.event === kind),
  }
  return line satisfies Line
}

const eventsIn = (text: string): StreamEvent[] =>
  text
    .split('\n')
    .filter((row) => row.startsWith('data: '))
    .flatMap((row) => JSON.parse(row.slice('data: '.length)) as StreamEvent[])

/** As much of an outcome as a listener's wishes look at. */
const outcome = (seq: number, token: string): SealedEvent =>
  ({ event: 'outcome', seq, outcome: { token, version: seq } }) as unknown as SealedEvent

/** A hub over a ledger in memory: `seal` a token's ending, or null for a record that nobody is told. */
export function createTestHub(bounds: Partial<Bounds> = {}) {
  const records: (OwnedEvent | null)[] = []
  const clock = createManualClock(0)
  let reads = 0
  const sealed: SealedEvents = {
    head: async () => records.length,
    async between(after, upTo, limit) {
      reads++
      const all = records.slice(after, upTo).flatMap((record) => record ?? [])
      const events = all.slice(0, limit)
      return { events, upTo: events.length < limit ? upTo : events.at(-1)!.event.seq }
    },
  }
  const hub = createHub({ sealed, clock, log: silentLog, bounds })
  return {
    hub,
    clock,
    reads: () => reads,
    seal: (token: string | null, owner: string | null = null): void =>
      void records.push(token === null ? null : { event: outcome(records.length + 1, token), owner }),
    sealed: () => records.flatMap((record) => record?.event ?? []),
    /** Lets what was begun go as far as it can without time. */
    settle: () => clock.advance(0),
  }
}
