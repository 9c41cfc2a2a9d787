import { Failure, toIso } from '@pumpiq/domain'
import type { Db, Tx } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import { createSecret, type Secret } from '../platform/secret.ts'
import { randomBytes } from 'node:crypto'
import { credentialHash } from './credential-hash.ts'

type Needs = { readonly db: Db; readonly clock: Pick<Clock, 'now'> }

export type Setup = ReturnType<typeof createSetup>

/** Administrators who can sign in: with a password, and not banned. */
const admins = (db: Db | Tx) =>
  db
    .selectFrom('authUser as u')
    .innerJoin('authAccount as a', 'a.userId', 'u.id')
    .where('u.role', '=', 'admin')
    .where('u.banned', '=', false)
    .where('a.password', 'is not', null)

/** The ids of those who would be left, were one of them none any more. */
export async function otherAdmins(tx: Tx, userId: string): Promise<string[]> {
  const rows = await admins(tx).select('u.id').where('u.id', '!=', userId).forUpdate().execute()
  return rows.map(({ id }) => id)
}

/** Who is the first administrator: whoever holds the token that the server printed when it started, once. */
export function createSetup({ db, clock }: Needs) {
  const isNeeded = async (on: Db | Tx = db): Promise<boolean> =>
    (await admins(on).select('u.id').limit(1).executeTakeFirst()) === undefined

  return {
    isNeeded: () => isNeeded(),

    /** A new token in place of one of an earlier start; null where there is an administrator. */
    async open(): Promise<Secret | null> {
      if (!(await isNeeded())) return null
      const token = randomBytes(24).toString('base64url')
      const row = { tokenHash: credentialHash(token), madeAt: toIso(clock.now()) }
      await db
        .insertInto('authSetup')
        .values({ one: true, ...row })
        .onConflict((same) => same.column('one').doUpdateSet(row))
        .execute()
      return createSecret(token)
    },

    /** Uses the token up, in the transaction that makes the administrator. */
    async use(tx: Tx, token: string): Promise<void> {
      const used = await tx
        .deleteFrom('authSetup')
        .where('tokenHash', '=', credentialHash(token))
        .returning('one')
        .executeTakeFirst()
      if (used && (await isNeeded(tx))) return
      const sentence = 'setupToken is not good: it is the one that the server printed at its last start, and works once'
      throw new Failure('forbidden', sentence)
    },
  }
}
