import {
  Queue,
  Worker,
  WaitingError,
  type BackendFactory,
  type ConnectionOptions,
  type Job,
  type QueueOptions,
} from 'bullmq'
import { Failure } from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import type { Role } from '../platform/roles.ts'
import { HandBack, type Backend, type Placing, type RoleCounts, type Schedule, type Taken } from './backend.ts'
import { isAway, type ConnectionWatch } from './connection-watch.ts'
import { isDone, within } from './within.ts'

/** What differs between the stores. */
type Store = {
  kind: Backend['kind']
  /** For the log: `Redis`. */
  what: string
  /** Null for Redis, which BullMQ takes when it is told nothing. */
  factory: BackendFactory | null
  /** Fails fast: for what is waited for. */
  placing: unknown
  /** Tries for ever: for workers. Made anew for each. */
  working(): unknown
  prefix?: string
  lookEveryMs: number
  /** How long an idle worker waits before it looks without having been told, in seconds. */
  drainDelay: number
  watch: ConnectionWatch
  ping(): Promise<unknown>
  /** Cuts the connections. */
  cut(): Promise<void>
}

type Needs = { store: Store; clock: Clock; lockMs: number }

const patienceMs = 2_000
const closingMs = 1_000
/** Pauses before a retry: 1, 2, 4, ... seconds, each shortened by up to a half so that many do not come back at once. */
const backoff = { type: 'exponential', delay: 1_000, jitter: 0.5 } as const
/** A completed job leaves nothing, so that its id is free; of failed ones the last hundred are there to be looked at. */
const kept = { removeOnComplete: true, removeOnFail: 100 } as const

/** The four wishes of a queue's user, upon BullMQ. */
export function createBullBackend({ store, clock, lockMs }: Needs): Backend {
  const { watch } = store
  const queues = new Map<Role, Queue>()
  const workers = new Set<Worker>()
  const factory = store.factory ? [store.factory] : []
  let closed = false

  const options = (connection: unknown): QueueOptions => ({
    connection: connection as ConnectionOptions,
    ...(store.prefix !== undefined && { prefix: store.prefix }),
  })
  const queueOf = (role: Role): Queue => {
    const known = queues.get(role)
    if (known) return known
    const made = new Queue(
      queueName(role),
      { ...options(store.placing), streams: { events: { maxLen: 100 } } },
      ...(factory as []),
    )
    made.on('error', watch.tell)
    queues.set(role, made)
    return made
  }

  /** Whatever is asked of the queue answers or fails while somebody still waits for it. */
  async function ask<T>(work: () => Promise<T>): Promise<T> {
    const done = new AbortController()
    const late = clock.sleep(patienceMs, done.signal).then(() => {
      throw new Failure('unavailable', `${store.what} does not answer`)
    })
    late.catch(() => {})
    try {
      return await Promise.race([again(work), late])
    } catch (thrown) {
      if (closed || !isAway(thrown)) throw thrown
      watch.tell(thrown)
      throw new Failure('unavailable', `${store.what} does not answer: the queue of jobs is away`, { cause: thrown })
    } finally {
      done.abort(new Error('answered'))
    }
  }

  return {
    kind: store.kind,
    lookEveryMs: store.lookEveryMs,
    place: (role, placing) => ask(() => place(queueOf(role), placing)),
    schedule: (role, schedules) => ask(() => schedule(queueOf(role), schedules, clock)),
    unschedule: (role, name) => ask(async () => void (await queueOf(role).removeJobScheduler(name))),
    counts: (role) => ask(() => counts(queueOf(role), clock)),
    answers: () => isDone(ask(store.ping)),
    work(role, concurrency, run) {
      const worker = new Worker(
        queueName(role),
        (job: Job, token?: string) => runTaken(job, token, run),
        {
          ...options(store.working()),
          concurrency,
          lockDuration: lockMs,
          stalledInterval: lockMs / 2,
          // A job that many processes died of is still not lost: somebody sees it stall.
          maxStalledCount: 1_000,
          runRetryDelay: 1_000,
          drainDelay: store.drainDelay,
        },
        ...(factory as []),
      )
      worker.on('error', watch.tell)
      workers.add(worker)
      return { stop: () => worker.close() }
    },
    async close() {
      closed = true
      watch.close()
      const all = [
        ...[...workers].map((worker) => worker.close(true)),
        ...[...queues.values()].map((queue) => queue.close()),
      ]
      await within(clock, closingMs, Promise.allSettled(all))
      await within(clock, closingMs, store.cut())
    },
  }
}

/** The separator of a role would be one of Redis' keys. */
const queueName = (role: Role): string => role.replace(':', '-')

const serializationFailure = '40001'

/** Two who place the same at the same instant: one of them is told to look again. */
async function again<T>(work: () => Promise<T>, tries = 5): Promise<T> {
  try {
    return await work()
  } catch (thrown) {
    if (tries > 1 && (thrown as { code?: unknown }).code === serializationFailure) return again(work, tries - 1)
    throw thrown
  }
}

async function place(queue: Queue, { name, payload, id, retries }: Placing): Promise<void> {
  await queue.add(name, payload ?? {}, {
    ...kept,
    attempts: retries + 1,
    backoff,
    ...(id !== null && { deduplication: { id: keyOf(name, id) } }),
  })
}

const keyOf = (name: string, id: string): string => `${name}/${id}`

async function runTaken(job: Job, token: string | undefined, run: (taken: Taken) => Promise<void>): Promise<void> {
  try {
    await run({
      name: job.name,
      payload: job.data,
      key: job.deduplicationId ?? `${job.name}#${job.id}`,
      slot: slotOf(job),
      attempt: job.attemptsMade,
    })
  } catch (thrown) {
    if (!(thrown instanceof HandBack)) throw thrown
    // Where this fails too, the lock runs out and somebody finds the job.
    await job.moveToWait(token).catch(() => {})
    throw new WaitingError()
  }
}

/** A slot's job is named by the instant it stands for. */
function slotOf(job: Job): number | null {
  const [, at] = /^repeat:.*:(\d+)$/.exec(job.id ?? '') ?? []
  return job.repeatJobKey !== undefined && at !== undefined ? Number(at) : null
}

/** A slot so much later than its instant that nobody is about to run it: its chain broke, and is begun again. */
const brokenAfterMs = 60_000

async function schedule(queue: Queue, schedules: readonly Schedule[], clock: Clock): Promise<void> {
  const there = new Map((await queue.getJobSchedulers()).map((known) => [known.key, known]))
  for (const { name, everyMs, retries } of schedules) {
    const known = there.get(name)
    const isBroken = (known?.next ?? 0) < clock.now() - everyMs - brokenAfterMs
    if (known && !isBroken && known.every === everyMs && known.template?.opts?.attempts === retries + 1) continue
    // All processes name the same first slot; what is there already is left alone.
    const startDate = (Math.floor(clock.now() / everyMs) + 1) * everyMs
    await queue
      .upsertJobScheduler(
        name,
        { every: everyMs, startDate },
        { name, opts: { ...kept, attempts: retries + 1, backoff } },
      )
      .catch(ignoreBusySlots)
  }
}

/** Another process put the same slots there an instant before. */
function ignoreBusySlots(thrown: unknown): void {
  if (!(thrown instanceof Error && /slot/i.test(thrown.message))) throw thrown
}

async function counts(queue: Queue, clock: Clock): Promise<RoleCounts> {
  const [{ wait = 0, prioritized = 0, active = 0, delayed = 0, failed = 0 }, [oldest]] = await Promise.all([
    queue.getJobCounts('wait', 'prioritized', 'active', 'delayed', 'failed'),
    queue.getJobs(['wait'], 0, 0, true),
  ])
  const dueAt = oldest && (slotOf(oldest) ?? oldest.timestamp)
  return {
    waiting: wait + prioritized,
    active,
    delayed,
    failed,
    oldestWaitingMs: dueAt === undefined ? null : Math.max(0, clock.now() - dueAt),
  }
}
