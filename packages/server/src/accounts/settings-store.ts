import { Failure, SettingsChoice, toIso } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'

/** What somebody has chosen, and the how manieth choice it is; 0 where nothing ever was. */
export type Kept = { readonly version: number; readonly choice: SettingsChoice }
/** One change of what the installation says. `at` is epoch ms. */
export type SystemChange = Kept & { readonly by: string; readonly at: number }

/** Choices of users, and those of the installation with everyone who made them. A user's are found by his id alone. */
export function createSettingsStore({ db }: { db: Db }) {
  return {
    async of(userId: string): Promise<Kept> {
      return (await this.ofAll([userId])).get(userId)!
    },

    async ofAll(userIds: readonly string[]): Promise<ReadonlyMap<string, Kept>> {
      if (userIds.length === 0) return new Map()
      const rows = await db
        .selectFrom('userSettings')
        .select(['userId', 'version', 'document'])
        .where('userId', 'in', [...userIds])
        .execute()
      const kept = new Map(
        rows.map(({ userId, version, document }) => [userId, { version, choice: SettingsChoice.parse(document) }]),
      )
      return new Map(userIds.map((userId) => [userId, kept.get(userId) ?? nothing]))
    },

    /** False: somebody else was first, and nothing was written. */
    async put(userId: string, { version, choice }: Kept, now: number): Promise<boolean> {
      const told = { version: version + 1, document: JSON.stringify(choice), updatedAt: toIso(now) }
      const rows =
        version === 0
          ? await db
              .insertInto('userSettings')
              .values({ userId, ...told })
              .onConflict((on) => on.column('userId').doNothing())
              .returning('version')
              .execute()
          : await db
              .updateTable('userSettings')
              .set(told)
              .where('userId', '=', userId)
              .where('version', '=', version)
              .returning('version')
              .execute()
      return rows.length === 1
    },

    async system(): Promise<Kept> {
      return (await this.systemChanges(1))[0] ?? nothing
    },

    /** Newest first. */
    async systemChanges(limit: number): Promise<SystemChange[]> {
      const rows = await db.selectFrom('systemSettings').selectAll().orderBy('version', 'desc').limit(limit).execute()
      return rows.map(({ version, document, changedBy, changedAt }) => ({
        version,
        choice: SettingsChoice.parse(document),
        by: changedBy,
        at: changedAt.getTime(),
      }))
    },

    /** A row for each change: what stood before stays to be seen. False: somebody else was first. */
    async putSystem({ version, choice }: Kept, by: string, now: number): Promise<boolean> {
      const rows = await db
        .insertInto('systemSettings')
        .values({ version: version + 1, document: JSON.stringify(choice), changedBy: by, changedAt: toIso(now) })
        .onConflict((on) => on.column('version').doNothing())
        .returning('version')
        .execute()
      return rows.length === 1
    },
  }
}

const nothing: Kept = { version: 0, choice: {} }

/** Makes a change over what stands, again when somebody else was first; with `ifVersion` only over that one. */
export async function changeKept(
  read: () => Promise<Kept>,
  write: (kept: Kept) => Promise<boolean>,
  { change, ifVersion }: { change: (choice: SettingsChoice) => SettingsChoice; ifVersion: number | undefined },
): Promise<Kept> {
  for (let left = 5; left > 0; left--) {
    const { version, choice } = await read()
    if (ifVersion !== undefined && ifVersion !== version)
      throw new Failure('conflict', `version ${ifVersion} is not what stands: it is ${version} now; read it again`)
    const next = change(choice)
    if (await write({ version, choice: next })) return { version: version + 1, choice: next }
  }
  throw new Failure('conflict', 'the settings are being changed by others; try again', { retryAfterMs: 500 })
}
