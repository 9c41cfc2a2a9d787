import { HandBack } from '../jobs/backend.ts'
import type { Job, JobContext } from '../jobs/job.ts'
import type { JobsHealth } from '../jobs/runner.ts'
import type { Clock } from '../platform/clock.ts'
import type { Metrics } from '../platform/metrics.ts'
import { untraced, type Trace } from '../platform/trace.ts'

type Needs = { metrics: Metrics; clock: Pick<Clock, 'monotonic'>; trace?: Trace }

type Ending = 'done' | 'failed' | 'late' | 'handed_back'

/** Jobs that count how long they ran and how they ended, and are otherwise what they were. */
export function createCountedJob({ metrics, clock, trace = untraced }: Needs) {
  const took = metrics.histogram({
    name: 'pumpiq_job_duration_seconds',
    help: 'Seconds that runs of a job took in this process, by job and ending: done, failed, late (cut off at its time limit), handed_back (left to another run at shutdown).',
    labels: ['job', 'ending'],
    bounds: [0.01, 0.05, 0.25, 1, 2.5, 5, 10, 30, 60, 300, 900],
  })
  /** A run begins a trace of its own; what answers somebody goes on with his. */
  const traced = (job: Job, work: () => Promise<unknown>) =>
    job.everyMs === undefined ? work() : trace.continued(null, `job ${job.name}`, { role: job.role }, work)

  return function countedJob(job: Job): Job {
    async function run(payload: unknown, context: JobContext): Promise<unknown> {
      const startedAt = clock.monotonic()
      let told = false
      const tell = (ending: Ending) => {
        if (!told) took({ job: job.name, ending }, (clock.monotonic() - startedAt) / 1_000)
        told = true
      }
      const { abort } = context
      // For the queue a run is over as soon as it is cut off, whether or not the handler listens.
      const cutOff = () => tell(abort.reason instanceof HandBack ? 'handed_back' : 'late')
      abort.addEventListener('abort', cutOff, { once: true })
      try {
        const answer = await traced(job, () => job.run(payload, context))
        tell('done')
        return answer
      } catch (thrown) {
        tell('failed')
        throw thrown
      } finally {
        abort.removeEventListener('abort', cutOff)
      }
    }
    return { ...job, run }
  }
}

const states = ['waiting', 'active', 'delayed', 'failed'] as const

/** The queues, which are everybody's, and what ran here, as the runner last said it; null: it is not known. */
export function tellQueues(metrics: Metrics, read: () => JobsHealth | null): void {
  const queues = () => (read()?.roles ?? []).flatMap(({ role, queue }) => (queue ? [{ role, queue }] : []))
  metrics.told(
    'gauge',
    { name: 'pumpiq_queue_up', help: 'Whether the queue answers this process: 1 or 0.', labels: ['kind'] },
    () => {
      const found = read()
      return found ? [[{ kind: found.backend.kind }, Number(found.backend.answers)] as const] : []
    },
  )
  const depth = {
    name: 'pumpiq_queue_jobs',
    help: 'Jobs in the queue of a role by where they are: waiting, active, delayed (retries, coming slots), failed. Every process tells the same: take the maximum.',
    labels: ['role', 'state'],
  } as const
  metrics.told('gauge', depth, () =>
    queues().flatMap(({ role, queue }) => states.map((state) => [{ role, state }, queue[state]] as const)),
  )
  const oldest = {
    name: 'pumpiq_queue_oldest_age_seconds',
    help: 'Seconds that the job has been due which waits longest in the queue of a role; 0 when none waits. Every process tells the same.',
    labels: ['role'],
  } as const
  metrics.told('gauge', oldest, () =>
    queues().map(({ role, queue }) => [{ role }, (queue.oldestWaitingMs ?? 0) / 1_000]),
  )
  const leftOut = {
    name: 'pumpiq_job_slots_left_out_total',
    help: 'Slots of timed jobs that came to this process while the one before still ran.',
    labels: ['job'],
  } as const
  metrics.told('counter', leftOut, () => (read()?.jobs ?? []).map((job) => [{ job: job.name }, job.leftOut]))
}
