import { Failure, isFailure } from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { HandBack, type Taken } from './backend.ts'
import type { Job } from './job.ts'
import type { Tally } from './tally.ts'
import { after } from './within.ts'

type Needs = { job: Job; tally: Tally; clock: Clock; log: Log; halt: AbortSignal; stopping: AbortSignal }

/**
 * The runs of one job in this process. `halt` interrupts them all, and hands their jobs back. A handler that goes on after its `abort`
 * is remembered until it ends: what it works at is not begun a second time beside it.
 */
export function createRuns({ job, tally, clock, log, halt, stopping }: Needs) {
  const going = new Map<string, { isLate: boolean; work: Promise<unknown> }>()

  /** A handler under its two ends, time and halt. It rejects at once when one comes, whether or not the handler listens. */
  async function bounded(key: string, payload: unknown, slot: number | null): Promise<unknown> {
    const abort = new AbortController()
    const over = new AbortController()
    const ended = Promise.withResolvers<never>()
    const end = (reason: Error) => {
      abort.abort(reason)
      ended.reject(reason)
    }
    const onHalt = () => end(new HandBack('stopped'))
    const leave = () => void going.delete(key)
    const work = Promise.resolve().then(() => job.run(payload, { abort: abort.signal, stopping, slot }))
    const entry = { isLate: false, work: work.finally(leave) }
    entry.work.catch(() => {}) // told by the race, or too late to be told
    halt.addEventListener('abort', onHalt, { once: true })
    void after(clock, job.timeoutMs, over.signal, () => {
      entry.isLate = true
      end(new Failure('unavailable', `${job.name} took more than ${job.timeoutMs} ms`))
    })
    going.set(key, entry)
    try {
      return await Promise.race([entry.work, ended.promise])
    } finally {
      halt.removeEventListener('abort', onHalt)
      over.abort(new Error('ended'))
    }
  }

  /** Whether a run has to be left alone because the one before is still at it. */
  function isLeftOut(key: string, slot: number | null): boolean {
    const before = going.get(key)
    if (before === undefined) return false
    if (before.isLate || slot === null)
      throw new Failure('unavailable', `${job.name}: the run before has not ended yet`)
    tally.leftOut()
    return true
  }

  async function counted(key: string, given: unknown, slot: number | null, attempt: number): Promise<unknown> {
    const startedAt = clock.monotonic()
    const ended = (how: 'done' | 'failed' | 'handed_back') =>
      tally.ended(Math.round(clock.monotonic() - startedAt), how)
    tally.began(clock.now(), attempt > 0)
    try {
      const answer = await bounded(key, checkedPayload(job, given), slot)
      ended('done')
      return answer
    } catch (thrown) {
      ended(thrown instanceof HandBack ? 'handed_back' : 'failed')
      throw thrown
    }
  }

  return {
    /** For the queue: what was thrown is told, then thrown on, so that it is tried again. */
    async take({ key: given, payload, slot, attempt }: Taken): Promise<void> {
      if (halt.aborted) throw new HandBack('stopped')
      const key = slot === null ? given : job.name
      try {
        if (!isLeftOut(key, slot)) await counted(key, payload, slot, attempt)
      } catch (thrown) {
        if (!(thrown instanceof HandBack)) {
          tally.failed(clock.now(), thrown)
          tell(log, job, thrown, { attempt, ...(slot !== null && { slot }) })
        }
        throw thrown
      }
    },
    /** At once, here, for whoever waits for it. */
    async now(payload: unknown, key: string): Promise<unknown> {
      try {
        return await counted(key, payload, null, 0)
      } catch (thrown) {
        tally.failed(clock.now(), thrown)
        throw thrown
      }
    },
    /** When no handler is at work any more, those past their time included. */
    settled: (): Promise<unknown> => Promise.allSettled([...going.values()].map(({ work }) => work)),
  }
}

/** What a job takes, or a Failure (invalid) that names the field. */
export function checkedPayload(job: Job, given: unknown): unknown {
  if (!job.payload) return undefined
  const { success, data, error } = job.payload.safeParse(given)
  if (success) return data
  const [issue] = error.issues
  const field = issue?.path.join('.')
  throw new Failure('invalid', `the job ${job.name} does not take this${field ? ` ${field}` : ''}: ${issue?.message}`)
}

function tell(log: Log, job: Job, thrown: unknown, fields: Record<string, unknown>): void {
  if (isFailure(thrown) && thrown.code !== 'broken') log.warn(`${job.name} failed: ${thrown.message}`, fields)
  else log.error(`${job.name} broke`, { error: thrown, ...fields })
}
