import type { z } from 'zod'
import type { Role } from '../platform/roles.ts'

/**
 * How a job is run. `slot` is the instant (epoch ms) a timed job stands for, null for one that was placed. `stopping` fires when the process
 * has been asked to end, seconds before `abort`: long work throws its reason at the next good point, and goes on elsewhere or later.
 */
export type JobContext = {
  readonly abort: AbortSignal
  readonly stopping: AbortSignal
  readonly slot: number | null
}

/**
 * Background work. A handler may run twice, in two processes, and may be killed anywhere: its effect is keyed in the database. A job's
 * payload carries ids only; what must happen is a row, and whoever keeps such rows has a timed job that places again what has no job.
 */
export type Job<Payload = unknown> = {
  /** Unique in the product: `notify`, `roll-up`. */
  readonly name: string
  /** The queue it waits in, and the role that runs it. */
  readonly role: Role
  /** Checked when it is placed and when it is run; a job without one takes none. */
  readonly payload?: z.ZodType<Payload>
  /** A timed job: one slot of so many ms is one job, however many processes tick. */
  readonly everyMs?: number
  /** Then `abort` fires, and the run counts as failed. */
  readonly timeoutMs: number
  /** How often a failed run is tried again, with growing pauses; 0 unless said, for a timed job the next slot is the retry. */
  readonly retries?: number
  run(payload: Payload, context: JobContext): Promise<unknown>
}
