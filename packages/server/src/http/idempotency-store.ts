import { days, toIso } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'

/** An answer as it was given: its body sealed. */
export type KeptAnswer = { readonly status: number; readonly location: string | null; readonly sealed: string }

/** What a key is found to be: this request's own now, in use by another one, used for something else, or answered already. */
export type Found = 'begun' | 'running' | 'other' | KeptAnswer

export type Asked = {
  readonly userId: string
  readonly key: string
  readonly fingerprint: string
  readonly holder: string
}

export type IdempotencyStore = ReturnType<typeof createIdempotencyStore>

/** So long an answer is kept. */
export const keptForMs = days(1)

export function createIdempotencyStore({ db }: { db: Db }) {
  const mine = ({ userId, key, holder }: Pick<Asked, 'userId' | 'key' | 'holder'>) => ({ userId, key, holder }) as const

  return {
    /** Takes the key for this request until `until`, unless somebody has it. */
    async begin({ userId, key, fingerprint, holder }: Asked, now: number, until: number): Promise<Found> {
      const row = { fingerprint, holder, until: toIso(until), createdAt: toIso(now) }
      const begun = await db
        .insertInto('idempotencyKey')
        .values({ userId, key, ...row })
        .onConflict((conflict) =>
          conflict
            .columns(['userId', 'key'])
            .doUpdateSet({ ...row, status: null, location: null, sealed: null })
            .where((where) =>
              where.or([
                where('idempotencyKey.createdAt', '<', toIso(now - keptForMs) as never),
                where.and([
                  where('idempotencyKey.status', 'is', null),
                  where('idempotencyKey.until', '<', new Date(now)),
                ]),
              ]),
            ),
        )
        .returning('holder')
        .executeTakeFirst()
      if (begun) return 'begun'
      const found = await db
        .selectFrom('idempotencyKey')
        .select(['fingerprint', 'status', 'location', 'sealed'])
        .where('userId', '=', userId)
        .where('key', '=', key)
        .executeTakeFirst()
      if (!found) return 'running'
      if (found.fingerprint !== fingerprint) return 'other'
      const { status, location, sealed } = found
      return status === null || sealed === null ? 'running' : { status, location, sealed }
    },

    async keep(asked: Asked, answer: KeptAnswer): Promise<void> {
      const { userId, key, holder } = mine(asked)
      await db
        .updateTable('idempotencyKey')
        .set(answer)
        .where('userId', '=', userId)
        .where('key', '=', key)
        .where('holder', '=', holder)
        .execute()
    },

    /** Nothing came of it: the same may be asked again. */
    async release(asked: Asked): Promise<void> {
      const { userId, key, holder } = mine(asked)
      await db
        .deleteFrom('idempotencyKey')
        .where('userId', '=', userId)
        .where('key', '=', key)
        .where('holder', '=', holder)
        .where('status', 'is', null)
        .execute()
    },

    async forget(now: number): Promise<void> {
      await db
        .deleteFrom('idempotencyKey')
        .where('createdAt', '<', toIso(now - keptForMs) as never)
        .execute()
    },
  }
}
