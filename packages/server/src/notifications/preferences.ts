import type { NotificationPreferences as Preferences } from '@pumpiq/api'
import { NotificationPreferences, ChosenKind } from '@pumpiq/api'
import { toIso } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'

export type PreferenceStore = ReturnType<typeof createPreferenceStore>

/** What counts until a user says otherwise: everything, at once. */
export const usualPreferences: Preferences = {
  kinds: [...ChosenKind.options],
  minConfidence: 0,
  actionableOnly: false,
  own: true,
  house: 'all',
  watched: [],
  digest: 'realtime',
  dailyHour: 8,
  quietHours: null,
  timeZone: 'UTC',
  urgentAtOnce: false,
}

/** What users want to hear of, and when. */
export function createPreferenceStore({ db }: { db: Db }) {
  return {
    async of(userId: string): Promise<Preferences> {
      return (await this.ofAll([userId])).get(userId)!
    },

    /** Of each of these users: what was said, or the usual. */
    async ofAll(userIds: readonly string[]): Promise<ReadonlyMap<string, Preferences>> {
      if (userIds.length === 0) return new Map()
      const rows = await db
        .selectFrom('notificationPreference')
        .selectAll()
        .where('userId', 'in', [...userIds])
        .execute()
      const said = new Map(rows.map(({ userId, document }) => [userId, withUsual(document)]))
      return new Map(userIds.map((userId) => [userId, said.get(userId) ?? usualPreferences]))
    },

    async put(userId: string, preferences: Preferences, now: number): Promise<void> {
      const told = { document: JSON.stringify(preferences), updatedAt: toIso(now) }
      await db
        .insertInto('notificationPreference')
        .values({ userId, ...told })
        .onConflict((on) => on.column('userId').doUpdateSet(told))
        .execute()
    },
  }
}

/** A document of an older version lacks what was added since: there the usual counts. */
const withUsual = (document: object): Preferences => NotificationPreferences.parse({ ...usualPreferences, ...document })

/** What a user hears of, for whoever shows it among other settings. */
export function createHearing({ db, clock }: { db: Db; clock: Pick<Clock, 'now'> }) {
  const store = createPreferenceStore({ db })
  return {
    /** With the kinds of channels that are switched on. */
    async of(userId: string) {
      const channels = await db
        .selectFrom('notificationChannel')
        .select('kind')
        .distinct()
        .where('userId', '=', userId)
        .where('enabled', '=', true)
        .execute()
      const { digest, minConfidence } = await store.of(userId)
      return { digest, minConfidence, channels: channels.map(({ kind }) => kind) }
    },
    change: async (userId: string, to: Partial<Pick<Preferences, 'digest' | 'minConfidence'>>): Promise<void> =>
      store.put(userId, { ...(await store.of(userId)), ...to }, clock.now()),
  }
}
