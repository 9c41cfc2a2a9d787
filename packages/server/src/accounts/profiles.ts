import { Failure, toIso } from '@pumpiq/domain'
import type { Profile } from '@pumpiq/api'
import type { Selectable } from 'kysely'
import type { Db } from '../db/db.ts'
import type { AuthUserTable } from '../db/schema.ts'

export type UserRow = Selectable<AuthUserTable>

/** Addresses below this name nobody: they stand where there is no person. */
export const noAddress = 'this-machine.invalid'

export const profileOf = ({
  id,
  name,
  email,
  emailVerified,
  role,
  tier,
  twoFactorEnabled,
  createdAt,
}: UserRow): Profile => ({
  id,
  name,
  email: email.endsWith(`@${noAddress}`) ? null : email,
  emailVerified,
  role,
  tier,
  twoFactor: twoFactorEnabled,
  createdAt: toIso(createdAt.getTime()),
})

export type Profiles = ReturnType<typeof createProfiles>

export function createProfiles({ db, now }: { db: Db; now: () => number }) {
  async function of(userId: string): Promise<Profile> {
    const row = await db.selectFrom('authUser').selectAll().where('id', '=', userId).executeTakeFirst()
    if (!row) throw new Failure('notFound', 'this account is gone')
    return profileOf(row)
  }
  return {
    of,
    async rename(userId: string, name: string): Promise<Profile> {
      await db
        .updateTable('authUser')
        .set({ name, updatedAt: toIso(now()) })
        .where('id', '=', userId)
        .execute()
      return of(userId)
    },
    /** Everybody who may be told something. */
    async ids(): Promise<string[]> {
      const rows = await db.selectFrom('authUser').select('id').where('banned', '=', false).orderBy('id').execute()
      return rows.map(({ id }) => id)
    },
  }
}
