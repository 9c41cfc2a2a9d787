import type { SourceHealth } from '../network/health.ts'
import type { Clock } from '../platform/clock.ts'
import type { Family, Figure, Metrics } from '../platform/metrics.ts'
import type { LineState } from './source-reports.ts'

type Needs = {
  metrics: Metrics
  /** Those that this process asks, and the lines it listens on. */
  asked: () => readonly SourceHealth[]
  lines: () => readonly LineState[]
  clock: Pick<Clock, 'now'>
}

/** How the sources do that this process asks: names of ours alone, never an address, a key or a word of a vendor. */
export function tellSources({ metrics, asked, lines, clock }: Needs): void {
  const since = (at: number | null) => (at === null ? null : Math.max(0, clock.now() - at) / 1_000)
  const each = (name: `pumpiq_source_${string}`, help: string, of: (one: SourceHealth) => number | null) =>
    metrics.told('gauge', perSource(name, help), () =>
      asked().flatMap((one) => figure({ source: one.source }, of(one))),
    )
  tellCounts(metrics, asked)
  each('pumpiq_source_success_ratio', ratioHelp, ({ answered, failures }) => ratio(answered, failed(failures)))
  each(
    'pumpiq_source_last_success_age_seconds',
    'Seconds since a source last answered; absent before its first answer.',
    ({ lastSuccessAt }) => since(lastSuccessAt),
  )
  each(
    'pumpiq_source_held_seconds',
    'Seconds for which a source has asked us to wait; 0 when it has not.',
    ({ heldUntil }) => (heldUntil === null ? 0 : Math.max(0, heldUntil - clock.now()) / 1_000),
  )
  each(
    'pumpiq_source_breaker_open',
    'Whether the breaker keeps us from asking a source: 1 open, 0.5 half open, 0 closed.',
    ({ breaker }) => (breaker === 'open' ? 1 : breaker === 'half-open' ? 0.5 : 0),
  )
  each('pumpiq_source_budget_left_calls', 'Calls that are left now of what a source allows.', ({ quota }) => quota.left)
  each(
    'pumpiq_source_budget_calls',
    'Calls that our budget with a source allows in its window.',
    ({ quota }) => quota.calls,
  )
  each('pumpiq_source_budget_window_seconds', 'The window of that budget.', ({ quota }) => quota.perMs / 1_000)
  metrics.told('gauge', latency, () =>
    asked().flatMap(({ source, latencyMs: { p50, p95 } }) => [
      ...figure({ source, percentile: '50' }, p50 && p50 / 1_000),
      ...figure({ source, percentile: '95' }, p95 && p95 / 1_000),
    ]),
  )
  tellLines(metrics, lines, since)
}

const perSource = <N extends Family['name']>(name: N, help: string) => ({ name, help, labels: ['source'] as const })

const figure = <L extends string>(labels: Readonly<Record<L, string>>, value: number | null): Figure<L>[] =>
  value === null ? [] : [[labels, value]]

const failed = (failures: SourceHealth['failures']): number =>
  Object.values(failures).reduce((sum, count) => sum + count, 0)

const ratio = (good: number, bad: number): number | null => (good + bad === 0 ? null : good / (good + bad))
const ratioHelp =
  'Share of the asks of a source that were answered since the process began; absent before the first. Over a window: the rates of pumpiq_source_asks_total.'

const latency = {
  name: 'pumpiq_source_latency_seconds',
  help: 'Seconds that the newest 256 answers of a source took, their median and 95th percentile.',
  labels: ['source', 'percentile'],
} as const

function tellCounts(metrics: Metrics, asked: Needs['asked']): void {
  metrics.told(
    'counter',
    perSource(
      'pumpiq_source_asks_begun_total',
      'Asks of a source, those included that our own budget held back or that nobody waited for.',
    ),
    () => asked().map(({ source, calls }) => [{ source }, calls]),
  )
  const ended = {
    name: 'pumpiq_source_asks_total',
    help: 'Asks of a source by how they ended: answered (also with "there is none"), or the name of what went wrong; drift is an answer in another shape.',
    labels: ['source', 'ending'],
  } as const
  metrics.told('counter', ended, () =>
    asked().flatMap(({ source, answered, failures }) => [
      [{ source, ending: 'answered' }, answered] as const,
      ...Object.entries(failures).map(([ending, count]) => [{ source, ending }, count] as const),
    ]),
  )
}

function tellLines(metrics: Metrics, lines: Needs['lines'], since: (at: number | null) => number | null): void {
  const each = (name: `pumpiq_line_${string}`, help: string, of: (one: LineState) => number | null) =>
    metrics.told('gauge', perSource(name, help), () =>
      lines().flatMap((one) => figure({ source: one.source }, of(one))),
    )
  each('pumpiq_line_connected', 'Whether the line on which a source tells by itself is up: 1 or 0.', ({ connected }) =>
    Number(connected),
  )
  each('pumpiq_line_watched', 'Symbols that are listened to on a line.', ({ watched }) => watched)
  each('pumpiq_line_last_message_age_seconds', 'Seconds since a line last told something.', ({ lastMessageAt }) =>
    since(lastMessageAt),
  )
  each(
    'pumpiq_line_clock_skew_seconds',
    'A source’s clock less ours, as its line tells.',
    ({ skewMs }) => skewMs && skewMs / 1_000,
  )
  metrics.told('counter', perSource('pumpiq_line_reconnects_total', 'How often a line was lost and made anew.'), () =>
    lines().map(({ source, reconnects }) => [{ source }, reconnects]),
  )
}
