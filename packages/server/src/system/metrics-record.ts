import type { HouseProgress, PerformanceCalibration, PerformanceSummary, StoreHealth, TrackerHealth } from '@pumpiq/api'
import type { Clock } from '../platform/clock.ts'
import type { Figure, Metrics } from '../platform/metrics.ts'

/** The public record of the house's timeframe, as the pages tell it. */
export type RecordFigures = { readonly summary: PerformanceSummary; readonly calibration: PerformanceCalibration }

/** The end of the ledger; `at` (epoch ms) is null while it is empty. */
export type Sealing = { readonly seq: number; readonly at: number | null }

/** How often a model and the lexicon made different things of one document. */
export type Disagreements = { readonly read: number; readonly side: number; readonly event: number }

type Read<T> = () => T | null

const one = <T>(read: Read<T>, of: (found: T) => number | null): (() => Figure[]) => {
  return () => {
    const found = read()
    const value = found === null ? null : of(found)
    return value === null ? [] : [[{}, value]]
  }
}

/** Whether calls are followed live, and whether the record grows. */
export function tellFollowing(metrics: Metrics, read: Read<TrackerHealth>, house: Read<HouseProgress>): void {
  const gauge = (name: `pumpiq_${string}`, help: string, figures: () => Figure[]) =>
    metrics.told('gauge', { name, help }, figures)
  gauge(
    'pumpiq_tracker_lag_seconds',
    'Seconds up to now of which the open call that is known the least is not judged yet; 0 when none is open.',
    one(read, ({ lagMs }) => lagMs && lagMs / 1_000),
  )
  gauge(
    'pumpiq_tracker_open_calls',
    'Calls that are followed now, house and personal.',
    one(read, ({ open }) => open),
  )
  const state = {
    name: 'pumpiq_tracker_state',
    help: 'How the following is, 1 for the state it is in: live, catching_up, stale (a venue tells nothing, or nobody asks).',
    labels: ['state'],
  } as const
  metrics.told('gauge', state, () => {
    const found = read()
    return found ? trackerStates.map((name) => [{ state: name }, Number(found.state === name)] as const) : []
  })
  gauge(
    'pumpiq_house_tracked_tokens',
    'Tokens for which house calls are made.',
    one(house, ({ tracked }) => tracked),
  )
  gauge(
    'pumpiq_house_called_tokens',
    'Tokens that have a current house call.',
    one(house, ({ called }) => called),
  )
}

const trackerStates = ['live', 'catching_up', 'stale'] as const

export function tellLedger(metrics: Metrics, read: Read<Sealing>, clock: Pick<Clock, 'now'>): void {
  metrics.told(
    'gauge',
    { name: 'pumpiq_ledger_records', help: 'Records in the ledger.' },
    one(read, ({ seq }) => seq),
  )
  metrics.told(
    'gauge',
    {
      name: 'pumpiq_ledger_last_seal_age_seconds',
      help: 'Seconds since a call or an outcome was last sealed; absent while there is none.',
    },
    one(read, ({ at }) => (at === null ? null : Math.max(0, clock.now() - at) / 1_000)),
  )
}

/** The numbers of the record, each only where there are enough independent calls for one to be told. */
export function tellRecord(metrics: Metrics, read: Read<RecordFigures>): void {
  const gauge = <L extends string>(
    name: `pumpiq_record_${string}`,
    help: string,
    labels: readonly L[],
    of: (found: RecordFigures) => (readonly [Readonly<Record<L, string>>, number | null])[],
  ) =>
    metrics.told('gauge', { name, help: `${help} ${ofWhat}`, labels: ['timeframe', ...labels] }, () => {
      const found = read()
      if (!found) return []
      const { timeframe } = found.summary
      return of(found).flatMap(([own, value]) => (value === null ? [] : [[{ timeframe, ...own }, value] as never]))
    })
  gauge('pumpiq_record_calls', 'House calls by how they ended, OPEN those open now.', ['status'], ({ summary }) =>
    Object.entries(summary.byStatus).map(([status, count]) => [{ status }, count]),
  )
  gauge('pumpiq_record_decided_calls', 'BUY and SELL calls that were filled and decided.', [], ({ summary }) => [
    [{}, summary.directional.decided],
  ])
  gauge(
    'pumpiq_record_effective_calls',
    'How many independent ones those are worth.',
    [],
    ({ summary: { directional } }) => [[{}, directional.hit.effectiveN]],
  )
  gauge('pumpiq_record_hit_ratio', 'Share of them in which target 1 came before the stop.', [], ({ summary }) => [
    [{}, summary.directional.hit.value],
  ])
  gauge('pumpiq_record_mean_r', 'Their mean result in R, net of costs.', [], ({ summary }) => [
    [{}, summary.directional.r.value],
  ])
  gauge(
    'pumpiq_record_brier',
    'Brier score (0 is best) of their confidence by the method that found it, measured (the fit) or shown.',
    ['method', 'confidence'],
    ({ calibration }) =>
      calibration.methods.flatMap(({ method, measured, shown }) => [
        [{ method, confidence: 'measured' }, measured.brier] as const,
        [{ method, confidence: 'shown' }, shown.brier] as const,
      ]),
  )
  gauge(
    'pumpiq_record_brier_effective_calls',
    'How many independent calls that score is of.',
    ['method'],
    ({ calibration }) => calibration.methods.map(({ method, measured }) => [{ method }, measured.effectiveN]),
  )
}

const ofWhat = 'House calls that ended in the last 30 days; absent where fewer than 30 independent ones would say it.'

export function tellReaders(metrics: Metrics, read: Read<Disagreements>): void {
  const family = {
    name: 'pumpiq_reader_disagreements',
    help: 'Kept documents of which the language model and the lexicon made different things: another side, another event.',
    labels: ['about'],
  } as const
  metrics.told('gauge', family, () => {
    const found = read()
    return found ? [[{ about: 'side' }, found.side] as const, [{ about: 'event' }, found.event] as const] : []
  })
  metrics.told(
    'gauge',
    { name: 'pumpiq_reader_documents', help: 'Kept documents that both have read.' },
    one(read, ({ read: both }) => both),
  )
}

export function tellStore(metrics: Metrics, read: Read<StoreHealth>): void {
  const family = {
    name: 'pumpiq_database_info',
    help: 'What everything is kept in (embedded, postgresql), its extension for series, and whether a replica is read; always 1.',
    labels: ['engine', 'timeseries', 'replica'],
  } as const
  metrics.told('gauge', family, () => {
    const found = read()
    return found
      ? [
          [
            { engine: found.engine, timeseries: found.timeseries, replica: found.replica.replaceAll(' ', '_') },
            1,
          ] as const,
        ]
      : []
  })
}
