import { Failure } from '@pumpiq/domain'
import { createTiers } from '../accounts/tiers.ts'
import { createStoreHealth } from '../db/store-health.ts'
import { createIdempotencyStore } from '../http/idempotency-store.ts'
import { createIdempotency } from '../http/idempotency.ts'
import type { Backend } from '../jobs/backend.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { toldHead } from '../ledger/routes.ts'
import { forgetModelJournal } from '../llm/journal.ts'
import { createSpending } from '../llm/spending.ts'
import type { createTrackerState } from '../performance/state.ts'
import { readerUser } from '../reader/model-reader.ts'
import type { House } from '../recommendations/house.ts'
import { houseUser } from '../recommendations/users.ts'
import { createAdminRoutes } from '../system/admin-routes.ts'
import { createAuditLog } from '../system/audit.ts'
import { createDumps } from '../system/backup/dumps.ts'
import { systemJobs } from '../system/jobs.ts'
import { createSystemRoutes, type ReadyCheck } from '../system/routes.ts'
import type { TokenStore } from '../tokens/store.ts'
import type { Tokens } from '../tokens/tokens.ts'
import type { Base } from './base.ts'
import type { Outside } from './given.ts'
import type { Jobs } from './running.ts'
import type { SourceReports } from './sources.ts'

type Given = Pick<Outside, 'db' | 'reads' | 'clock' | 'ids' | 'log' | 'reach' | 'homeDir' | 'label' | 'version'>

export type OpenedSystem = ReturnType<typeof openSystem>

/** What is written of requests, how the storage does, and the keeping of the house. */
export function openSystem(given: Given, { embedded }: Pick<Base, 'embedded'>) {
  const { db, reads, clock, ids, log, reach, homeDir, label, version } = given
  const auditLog = createAuditLog({ db, clock })
  const store = createIdempotencyStore({ db })
  const idempotency = createIdempotency({ store, vault: reach.vault, ids, clock, log })
  return {
    auditLog,
    idempotency,
    store: createStoreHealth({ db, embedded, replica: reads.state }),
    jobs: systemJobs({
      forgetModelJournal: () => forgetModelJournal(db, clock.now()),
      forgetRequests: async () => {
        await idempotency.forget()
        await auditLog.forget()
      },
      dumps: createDumps({ db, homeDir, label, version, clock, log }),
    }),
  }
}

type Administered = Pick<OpenedSystem, 'auditLog'> &
  Pick<Base, 'cards' | 'models'> & { reports: SourceReports; jobs: Jobs }

/** What administrators see and change. */
export const adminRoutes = (
  { db, clock }: Pick<Outside, 'db' | 'clock'>,
  { auditLog, cards, models, reports, jobs }: Administered,
) =>
  createAdminRoutes({
    clock,
    auditLog,
    tiers: createTiers({ db }),
    sources: { cards, measured: reports.measured, refused: reports.refused },
    jobs,
    spending: createSpending({ db, clock }),
    model: models && models.analyst,
    own: { house: houseUser, reader: readerUser },
  })

type Needs = Pick<OpenedSystem, 'store'> &
  Pick<Base, 'cards' | 'models' | 'simulated' | 'startedAt'> & {
    reports: Pick<SourceReports, 'measured'>
    jobs: Pick<Jobs, 'health'>
    house: Pick<House, 'progress'>
    trackerState: Pick<ReturnType<typeof createTrackerState>, 'health'>
    ledger: Ledger
    recording: { readonly ready: ReadyCheck }
    tokens: Pick<Tokens, 'problem'>
    tokenStore: Pick<TokenStore, 'count'>
  }

/** How this process and the installation do. */
export function systemRoutes(
  {
    clock,
    version,
    queue,
    reads,
    sharedBudgets,
  }: Pick<Outside, 'clock' | 'version' | 'queue' | 'reads' | 'sharedBudgets'>,
  needs: Needs,
) {
  const { store, cards, models, simulated, startedAt, reports, jobs, ledger, tokens, tokenStore } = needs
  return createSystemRoutes({
    clock,
    startedAt,
    version,
    simulated,
    sources: cards,
    measured: reports.measured,
    house: needs.house.progress,
    tracker: needs.trackerState.health,
    store,
    head: () => toldHead(ledger),
    jobs: jobs.health,
    model: models && models.analyst.health,
    redis: sharedBudgets && (() => sharedBudgets.ping()),
    checks: [
      { name: 'database', check: async () => void (await tokenStore.count()) },
      { name: 'queue', check: () => answering(queue) },
      needs.recording.ready,
    ],
    notices: () => noticesOf({ simulated, model: models && models.analyst.id() }, [tokens.problem(), reads.problem()]),
  })
}

async function answering(queue: Backend): Promise<void> {
  if (!(await queue.answers())) throw new Failure('unavailable', 'it cannot be reached')
}

type Told = { simulated: boolean; model: string | null }

function noticesOf({ simulated, model }: Told, problems: readonly (string | null)[]): string[] {
  return [
    ...(simulated ? ['Every price, call and record here comes from the built-in simulated market.'] : []),
    ...problems.filter((problem) => problem !== null),
    model === null
      ? 'No language model is asked: texts are read by rules, and reasons are written from the factors.'
      : `The language model ${model} reads texts and weighs calls; the rules’ arithmetic holds what it may change.`,
  ]
}
