import type { Recommendation } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { Ids } from '../platform/ids.ts'
import type { Log } from '../platform/log.ts'
import type { Channel, Outlet } from './channel.ts'
import { createDeliveries } from './deliveries.ts'
import { createDeliveryLog } from './deliveries-log.ts'
import { createInApp } from './in-app.ts'
import { notificationJobs } from './jobs.ts'
import { createNotify } from './notify.ts'
import type { Setting } from './notify-words.ts'
import { createOutbox } from './outbox.ts'
import { createWatchSources, type SourceAnswers } from './outbox-sources.ts'
import { createPreferenceStore } from './preferences.ts'
import { createNotificationRoutes } from './routes.ts'
import { createChannelStore, type TargetVault } from './store.ts'

type Needs = {
  readonly db: Db
  readonly ids: Ids
  readonly clock: Clock
  readonly log: Log
  readonly kinds: readonly Channel[]
  readonly vault: TargetVault
  readonly outlet: Outlet
  readonly setting: Setting
  /** Why a kind of channel cannot be used in this installation; null when it can. */
  readonly missing: (kind: string) => string | null
  readonly recommendationOf: (userId: string, id: string) => Promise<Recommendation | null>
  readonly users: () => Promise<readonly string[]>
  readonly sources: () => readonly SourceAnswers[]
  /** Has `notify` placed when something was told; without it that waits for its slot. */
  readonly soon?: () => void
  /** How long a process may hold what it sends, ms; for tests. */
  readonly claimMs?: number
}

/** The whole room: what is told goes into `outbox`, the jobs take it out, the routes show it. */
export function createNotifications(needs: Needs) {
  const { db, ids, clock, log, kinds, vault, sources, claimMs, soon } = needs
  const outbox = createOutbox({ ids, ...(soon && { soon }) })
  const inApp = createInApp({ db })
  const preferences = createPreferenceStore({ db })
  const channels = createChannelStore({ db, kinds, vault, ids })
  const repeatable = kinds.filter(({ knowsRepetition }) => knowsRepetition).map(({ id }) => id)
  const deliveries = createDeliveries({ db, ids, repeatable, ...(claimMs !== undefined && { claimMs }) })
  const deliveryLog = createDeliveryLog({ db })
  const { outlet, setting, recommendationOf, users, missing } = needs
  const notify = createNotify({
    db,
    ids,
    clock,
    log,
    outbox,
    inApp,
    preferences,
    channels,
    deliveries,
    deliveryLog,
    outlet,
    setting,
    recommendationOf,
    users,
  })
  const watchSources = createWatchSources({ db, outbox, answers: sources, clock })
  return {
    outbox,
    notify,
    jobs: notificationJobs({ notify, watchSources }),
    routes: createNotificationRoutes({
      channels,
      preferences,
      inApp,
      deliveryLog,
      notify,
      kinds,
      missing,
      pushKey: outlet.vapid?.publicKey ?? null,
      clock,
    }),
  }
}
