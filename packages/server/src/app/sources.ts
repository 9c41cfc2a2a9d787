import { createQuotas } from '../evidence/quotas.ts'
import { createAsk, type Ask } from '../network/ask.ts'
import { createSourceReports } from '../system/source-reports.ts'
import type { Outside } from './given.ts'
import type { Lines } from './lines.ts'

type Given = Pick<Outside, 'db' | 'fetch' | 'clock' | 'random' | 'log' | 'sourceKeys' | 'trace' | 'sharedBudgets'>

/** The way to the vendors, within their budgets: shared by a cluster, else kept in the database. */
export function openSources({ db, fetch, clock, random, log, sourceKeys, trace, sharedBudgets }: Given): Ask {
  const kept = sharedBudgets ? null : createQuotas({ db })
  return createAsk({ fetch, clock, random, log, keys: sourceKeys, trace, shared: sharedBudgets, kept })
}

type Needs = {
  ask: Pick<Ask, 'health' | 'quarantine'>
  lines: Pick<Lines, 'states' | 'stream'>
  embedded: boolean
}

export type SourceReports = ReturnType<typeof openReports>

/** How each source does, in this process and in the others. */
export const openReports = (
  { db, clock, log, ids }: Pick<Outside, 'db' | 'clock' | 'log' | 'ids'>,
  { ask, lines, embedded }: Needs,
) =>
  createSourceReports({
    db,
    clock,
    log,
    process: ids.next(),
    health: ask.health,
    lines: lines.states,
    quarantine: (source) => [...ask.quarantine(source), ...(lines.stream?.quarantine(source) ?? [])],
    isShared: !embedded,
  })
