import { sql } from 'kysely'
import { minutes, seconds, toIso } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { Quarantined } from '../network/ask.ts'
import type { SourceHealth } from '../network/health.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { newestOf, refusedOf, type Refused } from './refused.ts'

/** The line on which a source tells by itself; `since` in epoch ms is when `connected` became what it is. */
export type LineState = {
  readonly source: string
  readonly connected: boolean
  readonly since: number
  readonly watched: number
  readonly lastMessageAt: number | null
  readonly reconnects: number
  readonly skewMs: number | null
  readonly problem: string | null
}

/** How one process finds a source; null for what it does not do. */
type Report = {
  readonly health: SourceHealth | null
  readonly line: LineState | null
  /** The newest answers it refused; processes of an older version do not say. */
  readonly refused?: readonly Refused[]
}

/** All processes together. */
export type Measured = SourceHealth & { readonly line: LineState | null }

const everyMs = seconds(10)
/** Who has not reported for so long is gone. */
const goneMs = minutes(1)

type Needs = {
  db: Db
  clock: Clock
  log: Log
  /** This one among the processes of the installation. */
  process: string
  health(): readonly SourceHealth[]
  lines(): readonly LineState[]
  /** Answers of a source that this process refused for what they are. */
  quarantine(source: string): readonly Quarantined[]
  /** False where there are no others: nothing is written then. */
  isShared: boolean
}

/** Sources are asked by some processes and shown by others: each reports how it finds them, and all read what all report. */
export function createSourceReports({ db, clock, log, process, health, lines, quarantine, isShared }: Needs) {
  let others: readonly Report[] = []
  let timer: { stop(): void } | null = null

  function own(): Map<string, Report> {
    const bySource = new Map<string, Report>()
    for (const one of health())
      bySource.set(one.source, { health: one, line: null, refused: refusedOf(quarantine(one.source)) })
    // A line on which nothing is wanted says nothing of its vendor.
    for (const line of lines().filter(({ watched }) => watched > 0))
      bySource.set(line.source, {
        health: null,
        refused: refusedOf(quarantine(line.source)),
        ...bySource.get(line.source),
        line,
      })
    return bySource
  }

  async function exchange(): Promise<void> {
    const reports = [...own()]
    const now = toIso(clock.now())
    await sql`insert into source_report (process, source, reported_at, document)
      select ${process}, given.source, ${now}::timestamptz, given.document::jsonb
      from unnest(${reports.map(([source]) => source)}::text[],
        ${reports.map(([, report]) => JSON.stringify(report))}::text[]) as given (source, document)
      on conflict (process, source) do update set reported_at = excluded.reported_at, document = excluded.document`.execute(
      db,
    )
    const goneAt = toIso(clock.now() - goneMs)
    await sql`delete from source_report where reported_at < ${goneAt}::timestamptz`.execute(db)
    const rows = await db.selectFrom('sourceReport').select('document').where('process', '!=', process).execute()
    others = rows.map(({ document }) => document as Report)
  }

  return {
    /** Tells the others once and hears of them. */
    exchange,
    start(): void {
      if (!isShared) return
      timer = clock.every(everyMs, () =>
        exchange().catch((error: unknown) => log.debug('the sources could not be reported', { error })),
      )
    },
    stop: (): void => timer?.stop(),
    /** The newest answers of a source that any process refused. */
    refused: (source: string): readonly Refused[] =>
      newestOf(
        [...own().values(), ...others].flatMap(({ health: asked, line, refused = [] }) =>
          (asked ?? line)?.source === source ? refused : [],
        ),
      ),
    measured(): readonly Measured[] {
      const all = [...own().values(), ...others]
      const sources = new Set(all.flatMap(({ health: asked, line }) => [asked?.source, line?.source]))
      return [...sources].flatMap((source) => {
        const asked = all.flatMap(({ health: one }) => (one !== null && one.source === source ? [one] : []))
        const heard = all.flatMap(({ line }) => (line !== null && line.source === source ? [line] : []))
        return asked.length === 0
          ? []
          : [{ ...merged(asked), line: heard.find(({ connected }) => connected) ?? heard[0] ?? null }]
      })
    },
  }
}

/** Counts are added up, instants are the newest; the breaker is as closed as that of the process it serves best. */
function merged(asked: readonly SourceHealth[]): SourceHealth {
  const sum = (count: (one: SourceHealth) => number) => asked.reduce((total, one) => total + count(one), 0)
  const newest = (at: (one: SourceHealth) => number | null) => {
    const found = asked.flatMap((one) => at(one) ?? [])
    return found.length === 0 ? null : Math.max(...found)
  }
  const lastFailureAt = newest((one) => one.lastFailureAt)
  const busiest = asked.reduce((one, other) => (other.answered > one.answered ? other : one))
  const breaker = (['closed', 'half-open', 'open'] as const).find((state) =>
    asked.some((one) => one.breaker === state),
  )!
  const failures: SourceHealth['failures'] = {}
  for (const one of asked)
    for (const [mishap, n] of Object.entries(one.failures) as [keyof typeof failures, number][])
      failures[mishap] = (failures[mishap] ?? 0) + n
  return {
    ...busiest,
    calls: sum((one) => one.calls),
    answered: sum((one) => one.answered),
    drift: sum((one) => one.drift),
    failures,
    breaker,
    lastSuccessAt: newest((one) => one.lastSuccessAt),
    lastFailureAt,
    lastFailure: asked.find((one) => one.lastFailureAt === lastFailureAt)?.lastFailure ?? null,
    heldUntil: newest((one) => one.heldUntil),
    quota: { ...busiest.quota, left: Math.min(...asked.map(({ quota }) => quota.left)) },
  }
}
