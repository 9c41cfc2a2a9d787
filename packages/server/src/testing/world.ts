import { fileURLToPath } from 'node:url'
import { createClient, type Client } from '@pumpiq/api'
import { houseProfile, weightsOf, type Mode } from '@pumpiq/domain'
import type { AccountSetting } from '../accounts/accounts.ts'
import { buildApp, type App } from '../app.ts'
import type { Outside } from '../app/given.ts'
import { readsOf } from '../db/replica.ts'
import { createSavedDb } from '../db/saved-db.ts'
import type { Db } from '../db/db.ts'
import { injectFetch } from '../http/inject-fetch.ts'
import type { Backend } from '../jobs/backend.ts'
import { createInProcessBackend } from '../jobs/in-process.ts'
import type { RunningModel } from '../llm/create-model.ts'
import { systemClock } from '../platform/clock.ts'
import { createIds } from '../platform/ids.ts'
import { createCollectedLog } from '../platform/log.ts'
import { createManualClock, type ManualClock } from '../platform/manual-clock.ts'
import { createMetrics } from '../platform/metrics.ts'
import { seededRandom, type Random } from '../platform/random.ts'
import { roles } from '../platform/roles.ts'
import { createSecret } from '../platform/secret.ts'
import { untraced } from '../platform/trace.ts'
import { createVault } from '../platform/vault.ts'
import { createFaults, isSimulated, type Faults } from '../simulate/faults.ts'
import { createMarket } from '../simulate/market.ts'
import { createSimulatedFetch } from '../simulate/network.ts'
import { sources } from '../sources/index.ts'

/** An ordinary weekday of the simulated market, a few minutes into an hour. */
export const worldStartAt = Date.UTC(2026, 4, 12, 9, 4, 30)

/** Budgets are kept in real time, which does not pass while the world's clock leaps: here they are wide. */
const unhurried = sources.filter(isSimulated).map((source) => ({ ...source, budget: { calls: 1_000, perMs: 1_000 } }))

/** The database is real: what takes less than this is work under way, not a wait for the clock. */
const quietMs = 40

export type World = {
  readonly time: ManualClock
  readonly faults: Faults
  readonly app: App
  readonly db: Db
  /** The real client, over the real server. */
  readonly client: Client
  readonly log: ReturnType<typeof createCollectedLog>
  /** Moves time on to what waits for it, but only while nothing else is going on, until the promise has settled. */
  until<T>(promise: Promise<T>): Promise<T>
  close(): Promise<void>
}

/** A queue that does what is placed, at once, and keeps no time: rounds are begun by the test. */
const placedOnly = (backend: Backend): Backend => ({ ...backend, schedule: async () => {} })

/** `houseMode`: a hybrid seldom takes a side in a market without a story; what follows calls is tried with one kind alone. */
type Wish = {
  seed?: number
  startAt?: number
  db?: Db
  houseMode?: Mode
  withModel?: (needs: ModelNeeds) => RunningModel
  /** How users are known, where it is not as on one’s own machine. */
  accounts?: Partial<AccountSetting>
  /** What of the outside is not as usual, where the world does not make it: keys, mail, ways out. */
  outside?: Partial<Omit<Outside, 'clock' | 'db' | 'accounts'>>
}
type ModelNeeds = { clock: ManualClock; db: Db; random: Random; log: ReturnType<typeof createCollectedLog> }

/** The whole server in memory on the simulated market: real connectors, real routes, a clock that is moved by hand. */
export async function createWorld({
  seed = 7,
  startAt = worldStartAt,
  db: given,
  houseMode = 'hybrid',
  withModel,
  accounts = {},
  outside = {},
}: Wish = {}): Promise<World> {
  const time = createManualClock(startAt)
  const random = seededRandom(seed)
  const faults = createFaults()
  const log = createCollectedLog()
  const db = given ?? (await createSavedDb())
  const model = withModel ? withModel({ clock: time, db, random, log }) : null
  const app = await buildApp({
    clock: time,
    guard: systemClock,
    ids: createIds({ clock: time, random }),
    random,
    log,
    metrics: createMetrics(),
    trace: untraced,
    metricsToken: null,
    fetch: createSimulatedFetch({ market: createMarket({ seed }), clock: time, faults }),
    db,
    reads: readsOf(db),
    homeDir: null,
    socket: null,
    label: 'simulated',
    sources: unhurried,
    models: model && { analyst: model, reader: model },
    houseProfile: { ...houseProfile, mode: houseMode, weights: weightsOf(houseMode) },
    sourceKeys: {},
    sourceChoice: {},
    version: 'test',
    webRoot: fileURLToPath(new URL('../../../web/dist', import.meta.url)),
    trustProxy: false,
    roles,
    queue: placedOnly(createInProcessBackend({ clock: time })),
    sharedBudgets: null,
    unlimited: true,
    accounts: {
      secret: createSecret('the secret of the world, which is no secret'),
      localMode: true,
      registration: 'closed',
      ...accounts,
    },
    reach: {
      publicUrl: null,
      vault: createVault({ secret: createSecret('the secret of the world, which is no secret') }),
      outlet: { post: () => Promise.reject(new Error('the world posts nothing')), mail: null, now: time.now },
    },
    ...outside,
  })
  app.jobs.start()
  return {
    time,
    faults,
    app,
    db,
    log,
    client: createClient({ baseUrl: 'http://world', fetch: injectFetch(app.http), retries: 0 }),
    async until(promise) {
      let settled = false
      const done = promise.finally(() => (settled = true))
      done.catch(() => {})
      while (!settled) {
        await systemClock.sleep(quietMs)
        const dueIn = time.dueIn()
        if (!settled && dueIn !== null) await time.advance(dueIn)
      }
      return done
    },
    async close() {
      await app.close()
      if (!given) await db.destroy()
    },
  }
}
