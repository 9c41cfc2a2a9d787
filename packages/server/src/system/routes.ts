import { Failure, toIso } from '@pumpiq/domain'
import type { HandlersOf, Health, HouseProgress, LedgerHead, SourceHealth, TrackerHealth } from '@pumpiq/api'
import type { SourceHealth as Measured } from '../network/health.ts'
import type { Clock } from '../platform/clock.ts'

/** What a page says of a source: where its manual is and what it is asked for. */
export type SourceCard = {
  readonly id: string
  readonly docs: string
  readonly feeds: Readonly<Record<string, unknown>>
}

/** One thing without which no request can be served; throws a `Failure` with the reason. */
export type ReadyCheck = { readonly name: string; check(): Promise<void> | void }

type Needs = {
  readonly clock: Pick<Clock, 'now'>
  /** Epoch ms. */
  readonly startedAt: number
  readonly version: string
  readonly simulated: boolean
  readonly sources: readonly SourceCard[]
  /** What `ask` measured of each source it was used for. */
  readonly measured: () => readonly Measured[]
  readonly house: () => Promise<HouseProgress> | HouseProgress
  readonly tracker: () => Promise<TrackerHealth> | TrackerHealth
  readonly head: () => Promise<LedgerHead> | LedgerHead
  readonly checks: readonly ReadyCheck[]
  /** What a person should know now, a sentence each. */
  readonly notices: () => readonly string[]
}

/** How the installation is, for people, screens and whoever restarts processes. */
export function createSystemRoutes(needs: Needs): HandlersOf<'system'> {
  const { clock, startedAt, version, simulated, sources, measured, house, tracker, head, checks, notices } = needs
  const states = (): SourceHealth[] =>
    sources.map((card) =>
      stateOf(
        card,
        measured().find(({ source }) => source === card.id),
      ),
    )
  return {
    async health() {
      const progress = await house()
      const all = states()
      return {
        status: statusOf(progress, all),
        data: simulated ? 'simulated' : 'live',
        version,
        at: toIso(clock.now()),
        startedAt: toIso(startedAt),
        notices: [...notices()],
        house: progress,
        tracker: await tracker(),
        sources: summaryOf(all),
        ledger: await head(),
      }
    },
    async ready() {
      const found = await Promise.all(checks.map(verdictOf))
      const bad = found.flatMap(({ name, fault }) => (fault === null ? [] : [`${name}: ${fault}`]))
      if (bad.length > 0) throw new Failure('unavailable', `not ready: ${bad.join('; ')}`, { retryAfterMs: 2_000 })
      return { ready: true, checks: found.map(({ name }) => ({ name, ok: true })) }
    },
    sources: () => ({ items: states() }),
  }
}

async function verdictOf({ name, check }: ReadyCheck): Promise<{ name: string; fault: string | null }> {
  try {
    await check()
    return { name, fault: null }
  } catch (thrown) {
    // Only what we say ourselves is told; a driver's message may hold an address or a name.
    return { name, fault: thrown instanceof Failure ? thrown.message : 'failed' }
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

function stateOf({ id, docs, feeds }: SourceCard, found: Measured | undefined): SourceHealth {
  const { p50 = null, p95 = null } = found?.latencyMs ?? {}
  return {
    id,
    docs,
    feeds: Object.keys(feeds),
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
  }
}

/** Down: its breaker is not closed, or nothing came since it last failed. */
function upOrDown({ calls, breaker, lastSuccessAt, lastFailureAt }: Measured): SourceHealth['state'] {
  if (calls === 0) return 'unknown'
  if (breaker !== 'closed') return 'down'
  if (lastFailureAt !== null && lastFailureAt > (lastSuccessAt ?? -1)) return 'down'
  return lastSuccessAt === null ? 'unknown' : 'up'
}

const isoOrNull = (at: number | null | undefined): string | null => (at === null || at === undefined ? null : toIso(at))
