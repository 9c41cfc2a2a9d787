import { minutes, seconds } from '@pumpiq/domain'
import type { HouseProgress, StoreHealth, TrackerHealth } from '@pumpiq/api'
import type { JobsHealth } from '../jobs/runner.ts'
import { within } from '../jobs/within.ts'
import type { SourceHealth } from '../network/health.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Metrics } from '../platform/metrics.ts'
import type { Role } from '../platform/roles.ts'
import { tellQueues } from './metrics-jobs.ts'
import { createKept, type Kept } from './metrics-kept.ts'
import { tellModel, type ModelsHealth } from './metrics-model.ts'
import {
  tellFollowing,
  tellLedger,
  tellReaders,
  tellRecord,
  tellStore,
  type Disagreements,
  type RecordFigures,
  type Sealing,
} from './metrics-record.ts'
import { tellSources } from './metrics-sources.ts'
import type { LineState } from './source-reports.ts'

type Needs = {
  readonly metrics: Metrics
  readonly roles: readonly Role[]
  readonly version: string
  readonly simulated: boolean
  readonly clock: Pick<Clock, 'now'>
  /** Real time. */
  readonly guard: Clock
  readonly log: Log
  readonly asked: () => readonly SourceHealth[]
  readonly lines: () => readonly LineState[]
  readonly jobs: () => Promise<JobsHealth>
  readonly tracker: () => Promise<TrackerHealth>
  readonly house: () => Promise<HouseProgress>
  readonly store: () => Promise<StoreHealth>
  readonly sealing: () => Promise<Sealing>
  readonly record: () => Promise<RecordFigures>
  /** Null where no language model is asked. */
  readonly models: (() => Promise<ModelsHealth>) | null
  readonly disagreements: () => Promise<Disagreements>
}

const quickMs = seconds(10)
const slowMs = minutes(1)
/** So long a scrape waits that else would have less to tell: the first, and those while a database is silent. */
const unknownMs = seconds(2)

/**
 * What is told besides what is counted as it happens: read from memory at a scrape, or, where a database is asked, at most every ten
 * seconds (every minute what takes longer). What is of the whole installation only an orchestrator tells, so that one process asks for it.
 */
export function createFigures(needs: Needs): { gather(): Promise<void> } {
  const { metrics, guard, log, roles, clock } = needs
  const isTeller = roles.includes('orchestrator')
  const all: Kept<unknown>[] = []
  function kept<T>(name: string, everyMs: number, make: (() => Promise<T>) | null): () => T | null {
    if (!make) return () => null
    const one = createKept({ name, make, everyMs, clock: guard, log })
    all.push(one)
    return one.read
  }
  const ofAll = <T>(make: () => Promise<T>) => (isTeller ? make : null)

  tellSources(needs)
  tellQueues(metrics, kept('queues', quickMs, needs.jobs))
  tellModel(metrics, kept('model', quickMs, needs.models))
  tellStore(metrics, kept('database', slowMs, needs.store))
  const tracker = kept('tracker', quickMs, ofAll(needs.tracker))
  tellFollowing(metrics, tracker, kept('house', quickMs, ofAll(needs.house)))
  tellLedger(metrics, kept('ledger', quickMs, ofAll(needs.sealing)), clock)
  tellRecord(metrics, kept('record', slowMs, ofAll(needs.record)))
  tellReaders(metrics, kept('readers', slowMs, needs.models && ofAll(needs.disagreements)))
  tellProcess(needs)
  tellAges(metrics, all)

  return {
    /** Renews what is due behind the answer, and never rejects: only where something is not known at all it is waited for. */
    async gather() {
      const isUnknown = all.some((one) => one.read() === null)
      const renewed = guard.sleep(0).then(() => Promise.all(all.map((one) => one.refresh())))
      if (isUnknown) await within(guard, unknownMs, renewed)
    },
  }
}

/** What this process is. */
function tellProcess({ metrics, roles, version, simulated }: Needs): void {
  metrics.told(
    'gauge',
    {
      name: 'pumpiq_build_info',
      help: 'The version that runs, and whether its data are live or simulated; always 1.',
      labels: ['version', 'data'],
    },
    () => [[{ version, data: simulated ? 'simulated' : 'live' }, 1]],
  )
  metrics.told(
    'gauge',
    { name: 'pumpiq_role', help: 'A role that this process works at; always 1.', labels: ['role'] },
    () => roles.map((role) => [{ role }, 1]),
  )
}

/** How far what is kept may be believed. */
function tellAges(metrics: Metrics, all: readonly Kept<unknown>[]): void {
  metrics.told(
    'gauge',
    {
      name: 'pumpiq_figures_age_seconds',
      help: 'Seconds since figures that a database is asked for were made; they are not told any more once it has failed for five minutes.',
      labels: ['figures'],
    },
    () =>
      all.flatMap((one) => {
        const ageMs = one.ageMs()
        return ageMs === null ? [] : [[{ figures: one.name }, ageMs / 1_000] as const]
      }),
  )
  metrics.told(
    'counter',
    {
      name: 'pumpiq_figures_failures_total',
      help: 'How often such figures could not be made.',
      labels: ['figures'],
    },
    () => all.map((one) => [{ figures: one.name }, one.failures()]),
  )
}
