import type { Tier } from '@pumpiq/domain'
import type { HandlersOf } from '@pumpiq/api'
import type { RunningModel } from '../llm/create-model.ts'
import type { Spending } from '../llm/spending.ts'
import type { Clock } from '../platform/clock.ts'
import { createBudgetRoute } from './admin-budgets.ts'
import { createJobsRoutes } from './admin-jobs.ts'
import { createSourceRoute } from './admin-sources.ts'
import { createTierRoute } from './admin-tiers.ts'
import type { AuditLog } from './audit.ts'
import { createAuditRoute } from './audit-routes.ts'

type Needs = {
  readonly clock: Pick<Clock, 'now'>
  readonly auditLog: Pick<AuditLog, 'list'>
  /** Who has which tier. */
  readonly tiers: {
    having: Parameters<typeof createTierRoute>[0]['having']
    of: Parameters<typeof createBudgetRoute>[0]['tiersOf']
  }
  readonly sources: Parameters<typeof createSourceRoute>[0]
  readonly jobs: Parameters<typeof createJobsRoutes>[0]['jobs']
  readonly spending: Spending
  /** Null where the rules alone decide. */
  readonly model: Pick<RunningModel, 'health' | 'usdPerDayOf'> | null
  readonly own: { readonly house: string; readonly reader: string }
}

/** What an administrator sees and does, and an analyst sees. */
export function createAdminRoutes(needs: Needs): HandlersOf<'admin'> {
  const { clock, auditLog, tiers, sources, jobs, spending, model, own } = needs
  /** Whoever has spent nothing yet: only the tier counts. */
  const usdPerDayOf = model && ((tier: Tier) => model.usdPerDayOf({ userId: '', tier }))
  return {
    tiers: createTierRoute({ having: tiers.having, usdPerDayOf }),
    sources: createSourceRoute(sources),
    ...createJobsRoutes({ clock, jobs }),
    budgets: createBudgetRoute({ spending, model, tiersOf: tiers.of, own }),
    audit: createAuditRoute({ auditLog }),
  }
}
