import { Failure } from '@pumpiq/domain'
import type { Client } from './client.ts'
import { platformEdge, type Edge } from './edge.ts'
import type { Job } from './endpoints/jobs.ts'

export type WaitOptions = {
  readonly abort?: AbortSignal | undefined
  /** How long between two questions: 1 s unless said. */
  readonly everyMs?: number | undefined
  /** How long at most: ten minutes unless said. */
  readonly patienceMs?: number | undefined
  readonly onProgress?: ((job: Job) => void) | undefined
  readonly edge?: Partial<Edge> | undefined
}

/** Asks how far a job is until it has ended, well or not: its `state` says. Failure unavailable when patience is over; the job goes on. */
export async function waitForJob(client: Pick<Client, 'jobs'>, id: string, options: WaitOptions = {}): Promise<Job> {
  const { abort, everyMs = 1_000, patienceMs = 600_000, onProgress } = options
  const { now, sleep } = { ...platformEdge, ...options.edge }
  const until = now() + patienceMs
  for (;;) {
    const job = await client.jobs.one({ params: { id } }, { abort })
    onProgress?.(job)
    if (job.endedAt !== null) return job
    if (now() + everyMs > until)
      throw new Failure('unavailable', `job ${id} has not ended within ${patienceMs / 1_000} s; it goes on`)
    await sleep(everyMs, abort)
    abort?.throwIfAborted()
  }
}
