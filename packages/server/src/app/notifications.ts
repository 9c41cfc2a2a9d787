import { channels } from '../notifications/index.ts'
import { createNotifications } from '../notifications/notifications.ts'
import { createSoon } from '../notifications/notify-soon.ts'
import { missingFor, targetVault } from '../notifications/reach.ts'
import type { Recommendations } from '../recommendations/store.ts'
import type { Measured } from '../system/source-reports.ts'
import type { OpenedAccounts } from './accounts.ts'
import type { Outside } from './given.ts'

type Given = Pick<Outside, 'db' | 'clock' | 'guard' | 'ids' | 'log' | 'reach' | 'queue'>

type Needs = {
  recommendations: Pick<Recommendations, 'byId'>
  accounts: Pick<OpenedAccounts['accounts'], 'userIds'>
  measured(): readonly Measured[]
  /** Has what was told sent before its time comes. */
  placeNotify(): Promise<void>
  simulated: boolean
}

/** Users are told of what happens: written where it happens, sent by jobs. */
export function openNotifications(given: Given, needs: Needs) {
  const { db, clock, guard, ids, log, reach, queue } = given
  const soon = createSoon({ place: needs.placeNotify, clock: guard, log })
  return createNotifications({
    db,
    ids,
    clock,
    log,
    kinds: channels,
    vault: targetVault(reach),
    outlet: reach.outlet,
    setting: { publicUrl: reach.publicUrl, simulated: needs.simulated },
    missing: missingFor(reach),
    recommendationOf: needs.recommendations.byId,
    users: needs.accounts.userIds,
    sources: needs.measured,
    // A queue of its own is that of a command or a test, which says itself when.
    ...(queue.kind !== 'in-process' && { soon }),
  })
}
