import type { Role } from '../platform/roles.ts'

/** A job as it is put into a queue. While one of the same name and `id` waits or runs, it is not put there again. */
export type Placing = {
  readonly name: string
  readonly payload: unknown
  readonly id: string | null
  readonly retries: number
}

/** Timed work: its slots are the multiples of `everyMs` since the epoch. */
export type Schedule = { readonly name: string; readonly everyMs: number; readonly retries: number }

/** A job as it comes out of a queue. `attempt` counts from 0; `slot` is an instant in epoch ms. */
export type Taken = {
  readonly name: string
  readonly payload: unknown
  /** What it was deduplicated by, else the queue's own name for it. */
  readonly key: string
  readonly slot: number | null
  readonly attempt: number
}

/** How many jobs of a queue are where. `delayed` are retries and the coming slots of timed work. */
export type RoleCounts = {
  readonly waiting: number
  readonly active: number
  readonly delayed: number
  readonly failed: number
  /** Age in ms of the job that waits longest since it was due, null when none waits. */
  readonly oldestWaitingMs: number | null
}

/** Thrown by a run that was interrupted through no fault of its own: the job waits again, and the attempt does not count. */
export class HandBack extends Error {
  override readonly name = 'HandBack'
}

/** The queues under the runner, one a role. Nothing here hangs: what cannot be reached fails (unavailable) within some seconds. */
export type Backend = {
  readonly kind: 'redis' | 'postgres' | 'pglite' | 'in-process'
  /** How often somebody has to look whether the schedules are still there; null where they cannot be lost. */
  readonly lookEveryMs: number | null
  place(role: Role, placing: Placing): Promise<void>
  /** Takes jobs until `stop`, which settles when the runs it began have ended. A run that rejects has failed. */
  work(role: Role, concurrency: number, run: (taken: Taken) => Promise<void>): { stop(): Promise<void> }
  /** Puts back the schedules that are not there or differ. Any process may, at any time, as often as it likes. */
  schedule(role: Role, schedules: readonly Schedule[]): Promise<void>
  /** Takes away what an older version left. */
  unschedule(role: Role, name: string): Promise<void>
  counts(role: Role): Promise<RoleCounts>
  answers(): Promise<boolean>
  /** Cuts all connections and waits for no run: what still runs is taken over by others as if the process had died. */
  close(): Promise<void>
}
