import { toIso } from '@pumpiq/domain'
import type { Caller, UserSession } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { Remembered } from './remembered.ts'

type Needs = { readonly db: Db; readonly clock: Pick<Clock, 'now'>; readonly remembered: Remembered }

export type Sessions = ReturnType<typeof createSessions>

/** Where somebody is signed in. */
export function createSessions({ db, clock, remembered }: Needs) {
  async function end(userId: string, which: { id: string } | { but: string | null }): Promise<number> {
    const own = db.deleteFrom('authSession').where('userId', '=', userId)
    const chosen =
      'id' in which ? own.where('id', '=', which.id) : which.but === null ? own : own.where('id', '!=', which.but)
    const { numDeletedRows } = await chosen.executeTakeFirst()
    remembered.forget()
    return Number(numDeletedRows)
  }

  return {
    async list({ userId, credentialId }: Pick<Caller, 'userId' | 'credentialId'>): Promise<UserSession[]> {
      const rows = await db
        .selectFrom('authSession')
        .selectAll()
        .where('userId', '=', userId)
        .where('expiresAt', '>', new Date(clock.now()))
        .orderBy('createdAt', 'desc')
        .execute()
      return rows.map(({ id, ipAddress, userAgent, createdAt, expiresAt }) => ({
        id,
        current: id === credentialId,
        address: ipAddress || null,
        userAgent: userAgent || null,
        createdAt: toIso(createdAt.getTime()),
        expiresAt: toIso(expiresAt.getTime()),
      }))
    },
    end: async (userId: string, id: string): Promise<boolean> => (await end(userId, { id })) > 0,
    endOthers: ({ userId, via, credentialId }: Caller): Promise<number> =>
      end(userId, { but: via === 'session' || via === 'token' ? credentialId : null }),
  }
}
