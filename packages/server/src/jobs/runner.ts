import { Failure, seconds } from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { roles as allRoles, type Role } from '../platform/roles.ts'
import { HandBack, type Backend, type RoleCounts, type Schedule, type Taken } from './backend.ts'
import type { Job } from './job.ts'
import { checkedPayload, createRuns } from './run.ts'
import { createTally, type JobTally } from './tally.ts'
import { within } from './within.ts'

type Needs = { backend: Backend; jobs: readonly Job[]; roles: readonly Role[]; clock: Clock; log: Log }

/** When a job runs and how long it may. `everyMs`: null where it is placed when there is something to do. */
type Plan = {
  readonly name: string
  readonly role: Role
  readonly everyMs: number | null
  readonly timeoutMs: number
  readonly retriesAtMost: number
}

export type JobsHealth = {
  readonly backend: { readonly kind: Backend['kind']; readonly answers: boolean }
  /** Per role that has jobs: its queue, null while that cannot be asked, and whether this process works it. */
  readonly roles: readonly { readonly role: Role; readonly isWorkedHere: boolean; readonly queue: RoleCounts | null }[]
  /** What ran in this process. */
  readonly jobs: readonly (Plan & JobTally)[]
}

/** A running job at `stop`: so long it may go on, and so long it may clean up after its abort. */
const graceMs = seconds(10)
const cleaningMs = seconds(2)

const concurrencyOf = (role: Role): number => (role === 'engine' ? 4 : 2)

/**
 * The background work of one process: it may place any job, and takes those of its roles. Every job runs at least once; a run that a
 * crash, a timeout or `stop` cut short runs again, here or elsewhere, so far as its retries go.
 */
export function createJobs({ backend, jobs, roles, clock, log }: Needs) {
  const byName = checked(jobs)
  const halt = new AbortController()
  const stopping = new AbortController()
  const parts = new Map(
    jobs.map((job) => {
      const tally = createTally()
      return [
        job.name,
        { job, tally, runs: createRuns({ job, tally, clock, log, halt: halt.signal, stopping: stopping.signal }) },
      ]
    }),
  )
  const busyRoles = allRoles.filter((role) => jobs.some((job) => job.role === role))
  const ownRoles = busyRoles.filter((role) => roles.includes(role))
  let working: { stop(): Promise<void> }[] = []
  let keeper: { stop(): void } | null = null
  let stopped: Promise<void> | null = null
  let count = 0

  const takeOf =
    (role: Role) =>
    async (taken: Taken): Promise<void> => {
      const part = parts.get(taken.name)
      if (part) return part.runs.take(taken)
      const sentence = `a job of the name ${taken.name} came out of the queue, and this version has none`
      log.warn(sentence)
      // Whoever has it puts it back; what nobody has any more is gone.
      if (taken.slot !== null) await backend.unschedule(role, taken.name)
      throw new Failure('broken', sentence)
    }

  /** Puts the schedules of our roles where they belong; while the queue is away the next look does it. */
  async function look(): Promise<void> {
    for (const role of ownRoles) {
      const schedules = schedulesOf(jobs, role)
      if (schedules.length === 0) continue
      try {
        await backend.schedule(role, schedules)
      } catch (error) {
        log.debug('the timed jobs could not be looked at', { role, error })
        return
      }
    }
  }

  async function stopAll(): Promise<void> {
    keeper?.stop()
    stopping.abort(new HandBack('stopped'))
    const stops = Promise.all(working.map((worker) => worker.stop()))
    stops.catch((error: unknown) => log.debug('a worker could not be stopped', { error }))
    const handlers = Promise.all([...parts.values()].map(({ runs }) => runs.settled()))
    if (!(await within(clock, graceMs, handlers))) log.warn('jobs are interrupted, and run again later')
    halt.abort()
    await within(clock, cleaningMs, Promise.all([stops, handlers]))
    await backend.close()
  }

  return {
    /** Puts a job into its queue. With an `id`: unless one of that id waits or runs there. Fails fast (unavailable) when the queue is away. */
    async place(name: string, payload?: unknown, { id }: { id?: string } = {}): Promise<void> {
      const job = known(byName, name)
      if (job.payload) checkedPayload(job, payload)
      else if (payload !== undefined) throw new Failure('invalid', `the job ${name} takes no payload`)
      await backend.place(job.role, { name, payload: payload ?? null, id: id ?? null, retries: job.retries ?? 0 })
    },

    /** Puts a timed job into its queue beside its times: once, until that one has run. notFound where none is called so. */
    async placeTimed(name: string): Promise<{ role: Role }> {
      const job = byName.get(name)
      if (job?.everyMs === undefined) throw new Failure('notFound', `there is no timed job of the name ${name}`)
      await backend.place(job.role, { name, payload: null, id: 'by-hand', retries: job.retries ?? 0 })
      return { role: job.role }
    },

    /** Runs a job here and now, past the queue, and answers what it answers. */
    async runNow(name: string, payload?: unknown): Promise<unknown> {
      known(byName, name)
      return parts.get(name)!.runs.now(payload, `${name}!${++count}`)
    },

    /** Begins to take jobs and to keep time. It comes back at once, also while the queue is away. */
    start(): void {
      if (keeper || stopped) throw new Failure('broken', 'the jobs of a process are started once')
      working = ownRoles.map((role) => backend.work(role, concurrencyOf(role), takeOf(role)))
      keeper = backend.lookEveryMs === null ? { stop() {} } : clock.every(backend.lookEveryMs, look)
      void look()
    },

    /** Whether there is any job of a role. */
    hasWorkFor: (role: Role): boolean => busyRoles.includes(role),

    /** Takes no more, waits up to 10 s for what runs, interrupts the rest, closes the queue. */
    stop: (): Promise<void> => (stopped ??= stopAll()),

    async health(): Promise<JobsHealth> {
      const [answers, ...queues] = await Promise.all([
        backend.answers(),
        ...busyRoles.map((role) => backend.counts(role).catch(() => null)),
      ])
      return {
        backend: { kind: backend.kind, answers },
        roles: busyRoles.map((role, i) => ({ role, isWorkedHere: ownRoles.includes(role), queue: queues[i] ?? null })),
        jobs: [...parts.values()].map(({ job, tally }) => ({ ...planOf(job), ...tally.read() })),
      }
    },
  }
}

function checked(jobs: readonly Job[]): ReadonlyMap<string, Job> {
  const byName = new Map<string, Job>()
  for (const job of jobs) {
    if (byName.has(job.name)) throw new Failure('broken', `there are two jobs of the name ${job.name}`)
    if (!allRoles.includes(job.role))
      throw new Failure('broken', `the job ${job.name} is of the role ${job.role}, which is none`)
    if (!/^[a-z][a-z0-9-]*$/.test(job.name)) throw new Failure('broken', `a job is named like roll-up, not ${job.name}`)
    byName.set(job.name, job)
  }
  return byName
}

function known(byName: ReadonlyMap<string, Job>, name: string): Job {
  const job = byName.get(name)
  if (!job) throw new Failure('broken', `there is no job of the name ${name}`)
  return job
}

const planOf = ({ name, role, everyMs, timeoutMs, retries = 0 }: Job): Plan => ({
  name,
  role,
  everyMs: everyMs ?? null,
  timeoutMs,
  retriesAtMost: retries,
})

const schedulesOf = (jobs: readonly Job[], role: Role): Schedule[] =>
  jobs.flatMap((job) =>
    job.role === role && job.everyMs !== undefined
      ? [{ name: job.name, everyMs: job.everyMs, retries: job.retries ?? 0 }]
      : [],
  )
