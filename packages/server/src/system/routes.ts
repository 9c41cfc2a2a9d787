import { Failure, seconds, toIso, type Kind } from '@pumpiq/domain'
import type {
  HandlersOf,
  Health,
  HouseProgress,
  JobsHealth,
  LedgerHead,
  SourceHealth,
  StoreHealth,
  TrackerHealth,
} from '@pumpiq/api'
import type { JobsHealth as Worked } from '../jobs/runner.ts'
import type { ModelHealth } from '../llm/model.ts'
import type { Clock } from '../platform/clock.ts'
import { servicesOf } from './services.ts'
import type { LineState, Measured } from './source-reports.ts'

/** What a page says of a source: where its manual is and what it is asked for. */
export type SourceCard = {
  readonly id: string
  readonly docs: string
  /** What it is asked for, by name. */
  readonly feeds: readonly string[]
  readonly kinds: readonly Kind[]
  /** Why it is not asked at all, or null. */
  readonly off: string | null
}

/** One thing without which no request can be served; throws a `Failure` with the reason. */
export type ReadyCheck = { readonly name: string; check(): Promise<void> | void }

type Needs = {
  readonly clock: Pick<Clock, 'now' | 'sleep'>
  /** Epoch ms. */
  readonly startedAt: number
  readonly version: string
  readonly simulated: boolean
  readonly sources: readonly SourceCard[]
  /** What `ask` measured of each source it was used for. */
  readonly measured: () => readonly Measured[]
  readonly house: () => Promise<HouseProgress> | HouseProgress
  readonly tracker: () => Promise<TrackerHealth> | TrackerHealth
  readonly jobs: () => Promise<Worked>
  readonly store: () => Promise<StoreHealth> | StoreHealth
  readonly head: () => Promise<LedgerHead> | LedgerHead
  /** Of the model that weighs; absent where the rules alone decide. */
  readonly model?: (() => Promise<ModelHealth>) | null
  /** Throws where it does not answer; absent where there is none. */
  readonly redis?: (() => Promise<unknown>) | null
  readonly checks: readonly ReadyCheck[]
  /** What a person should know now, a sentence each. */
  readonly notices: () => readonly string[]
}

/** How the installation is, for people, screens and whoever restarts processes. */
export function createSystemRoutes(needs: Needs): HandlersOf<'system'> {
  const { clock, startedAt, version, simulated, sources, measured, house, tracker, jobs, head, checks, notices } = needs
  const states = () => sourceStates(sources, measured())

  async function redis(): Promise<string | null | undefined> {
    if (!needs.redis) return undefined
    const ask = needs.redis
    return (await verdictOf({ name: 'redis', check: async () => void (await ask()) }, clock)).fault
  }

  return {
    async health() {
      const progress = await house()
      const all = states()
      const [followed, work, kept] = [await tracker(), await jobs(), await needs.store()]
      const parts = { store: kept, work, tracker: followed, states: all }
      return {
        status: statusOf(progress, all),
        data: simulated ? 'simulated' : 'live',
        version,
        at: toIso(clock.now()),
        startedAt: toIso(startedAt),
        notices: [...notices()],
        house: progress,
        services: servicesOf({ ...parts, redis: await redis(), model: needs.model ? await needs.model() : null }),
        tracker: followed,
        sources: summaryOf(all),
        queue: queueOf(work),
        store: kept,
        ledger: await head(),
      }
    },
    async ready() {
      const found = await Promise.all(checks.map((check) => verdictOf(check, clock)))
      const bad = found.flatMap(({ name, fault }) => (fault === null ? [] : [`${name}: ${fault}`]))
      if (bad.length > 0) throw new Failure('unavailable', `not ready: ${bad.join('; ')}`, { retryAfterMs: 2_000 })
      return { ready: true, checks: found.map(({ name }) => ({ name, ok: true })) }
    },
    sources: () => ({ items: states() }),
    jobs: async () => toldJobs(await jobs()),
  }
}

/** How each source is, as those who ask it found it. */
export const sourceStates = (cards: readonly SourceCard[], measured: readonly Measured[]): SourceHealth[] =>
  cards.map((card) =>
    stateOf(
      card,
      measured.find(({ source }) => source === card.id),
    ),
  )

/** Who asks whether we are ready asks again in seconds: a check that hangs has failed. */
const verdictWithinMs = seconds(2)

async function verdictOf(
  { name, check }: ReadyCheck,
  clock: Pick<Clock, 'sleep'>,
): Promise<{ name: string; fault: string | null }> {
  const over = new AbortController()
  const late = clock.sleep(verdictWithinMs, over.signal).then(() => {
    throw new Failure('unavailable', `no answer within ${verdictWithinMs / 1000} s`)
  })
  late.catch(() => {})
  try {
    await Promise.race([check(), late])
    return { name, fault: null }
  } catch (thrown) {
    // Only what we say ourselves is told; a driver's message may hold an address or a name.
    return { name, fault: thrown instanceof Failure ? thrown.message : 'failed' }
  } finally {
    over.abort()
  }
}

function statusOf({ called }: HouseProgress, states: readonly SourceHealth[]): Health['status'] {
  const asked = states.filter(({ state }) => state !== 'unknown')
  const down = asked.filter(({ state }) => state === 'down')
  if (down.length > 0) return down.length === asked.length ? 'offline' : 'degraded'
  return called === 0 ? 'starting' : 'ok'
}

function summaryOf(states: readonly SourceHealth[]): Health['sources'] {
  const count = (wanted: SourceHealth['state']) => states.filter(({ state }) => state === wanted).length
  const down = states.filter(({ state }) => state === 'down')
  return {
    up: count('up'),
    unknown: count('unknown'),
    down: down.map(({ id, lastFailure, lastSuccessAt }) => ({
      id,
      why: lastFailure ?? 'its breaker is open',
      lastSuccessAt,
    })),
  }
}

function stateOf({ id, docs, feeds, kinds, off }: SourceCard, found: Measured | undefined): SourceHealth {
  const { p50 = null, p95 = null } = found?.latencyMs ?? {}
  return {
    id,
    docs,
    feeds: [...feeds],
    kinds: [...kinds],
    off,
    state: found ? upOrDown(found) : 'unknown',
    calls: found?.calls ?? 0,
    failures: Object.fromEntries(Object.entries(found?.failures ?? {})),
    lastSuccessAt: isoOrNull(found?.lastSuccessAt),
    lastFailureAt: isoOrNull(found?.lastFailureAt),
    lastFailure: found?.lastFailure ?? null,
    breaker: found?.breaker ?? 'closed',
    drift: found?.drift ?? 0,
    latencyMs: p50 === null || p95 === null ? null : { p50, p95 },
    heldUntil: isoOrNull(found?.heldUntil),
    quota: found?.quota ?? null,
    line: lineOf(found?.line ?? null),
  }
}

function lineOf(line: LineState | null): SourceHealth['line'] {
  if (line === null) return null
  const { connected, since, watched, lastMessageAt, reconnects, skewMs, problem } = line
  const at = isoOrNull(lastMessageAt)
  return { connected, since: toIso(since), watched, lastMessageAt: at, reconnects, skewMs, problem }
}

/** Down: its breaker is not closed, or nothing came since it last failed. */
function upOrDown({ calls, breaker, lastSuccessAt, lastFailureAt }: Measured): SourceHealth['state'] {
  if (calls === 0) return 'unknown'
  if (breaker !== 'closed') return 'down'
  if (lastFailureAt !== null && lastFailureAt > (lastSuccessAt ?? -1)) return 'down'
  return lastSuccessAt === null ? 'unknown' : 'up'
}

const isoOrNull = (at: number | null | undefined): string | null => (at === null || at === undefined ? null : toIso(at))

function queueOf({ backend, roles }: Worked): Health['queue'] {
  const queues = roles.flatMap(({ queue }) => (queue ? [queue] : []))
  const ages = queues.flatMap(({ oldestWaitingMs }) => (oldestWaitingMs === null ? [] : [oldestWaitingMs]))
  const sum = (count: 'waiting' | 'active' | 'failed') => queues.reduce((total, queue) => total + queue[count], 0)
  return {
    ...backend,
    waiting: sum('waiting'),
    active: sum('active'),
    failed: sum('failed'),
    oldestWaitingMs: ages.length === 0 ? null : Math.max(...ages),
  }
}

/** How each job went. How it is planned is told where the reply has room for it. */
export const toldJobs = ({ backend, roles, jobs }: Worked): JobsHealth => ({
  ...backend,
  roles: roles.map(({ role, isWorkedHere, queue }) => ({ role, isWorkedHere, queue })),
  jobs: jobs.map(({ lastRunAt, lastProblem, ...job }) => ({
    ...job,
    lastRunAt: isoOrNull(lastRunAt),
    lastProblem: lastProblem && { at: toIso(lastProblem.at), sentence: lastProblem.sentence },
  })),
})
