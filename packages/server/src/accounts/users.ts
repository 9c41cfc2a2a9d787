import { Failure, toIso, type Tier } from '@pumpiq/domain'
import { CursorText, decodeCursor, encodeCursor, type AdminUser, type Role } from '@pumpiq/api'
import { z } from 'zod'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { Ids } from '../platform/ids.ts'
import { noAddress, profileOf, type UserRow } from './profiles.ts'
import type { Remembered } from './remembered.ts'
import { otherAdmins } from './setup.ts'

type Needs = {
  readonly db: Db
  readonly clock: Pick<Clock, 'now'>
  readonly ids: Ids
  readonly remembered: Remembered
}

export type Users = ReturnType<typeof createUsers>
type Change = { role?: Role | undefined; tier?: Tier | undefined; banned?: boolean | undefined }

const Position = z.object({ id: CursorText })
/** What LIKE would take for more than itself. */
const literal = (text: string) => text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)

/** All accounts, as administrators see and change them. */
export function createUsers({ db, clock, ids, remembered }: Needs) {
  const all = () =>
    db
      .selectFrom('authUser as u')
      .selectAll('u')
      .select((is) => [
        is
          .selectFrom('authSession as s')
          .select((of) => of.fn.max('s.createdAt').as('at'))
          .whereRef('s.userId', '=', 'u.id')
          .as('lastSeenAt'),
        is
          .selectFrom('authApiKey as k')
          .select((of) => of.fn.countAll<number>().as('n'))
          .whereRef('k.referenceId', '=', 'u.id')
          .as('apiKeys'),
      ])

  async function byId(id: string): Promise<AdminUser | null> {
    const row = await all().where('u.id', '=', id).executeTakeFirst()
    return row ? shown(row) : null
  }

  return {
    byId,

    async list({
      q,
      cursor,
      limit,
    }: {
      q?: string | undefined
      cursor?: string | undefined
      limit: number
    }): Promise<{ items: AdminUser[]; next: string | null }> {
      const before = cursor === undefined ? null : decodeCursor(Position, cursor)
      let query = all()
        .orderBy('u.id', 'desc')
        .limit(limit + 1)
      if (before) query = query.where('u.id', '<', before.id)
      if (q !== undefined) {
        const like = `%${literal(q.toLowerCase())}%`
        query = query.where((is) =>
          is.or([is('u.email', 'like', like), is(is.fn<string>('lower', ['u.name']), 'like', like)]),
        )
      }
      const rows = await query.execute()
      const items = rows.slice(0, limit).map(shown)
      return { items, next: rows.length > limit ? encodeCursor({ id: items.at(-1)!.id }) : null }
    },

    /** What somebody may no longer do ends at once here, and within two seconds in other processes. */
    async change(id: string, { role, tier, banned }: Change): Promise<AdminUser | null> {
      await db.transaction().execute(async (tx) => {
        const user = await tx.selectFrom('authUser').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
        if (!user) return
        if (id === 'local')
          throw new Failure('conflict', 'whoever sits at the machine can do everything with it: that is not changed')
        if (role !== undefined && (role === 'service') !== (user.role === 'service'))
          throw new Failure('conflict', 'a program is no person: make another account for it')
        const stays = (role ?? user.role) === 'admin' && !(banned ?? user.banned)
        if (user.role === 'admin' && !stays && (await otherAdmins(tx, id)).length === 0)
          throw new Failure('conflict', 'this is the only administrator: make another one first')
        const set = { ...(role && { role }), ...(tier && { tier }), ...(banned !== undefined && { banned }) }
        await tx
          .updateTable('authUser')
          .set({ ...set, updatedAt: toIso(clock.now()) })
          .where('id', '=', id)
          .execute()
        if (banned) await tx.deleteFrom('authSession').where('userId', '=', id).execute()
      })
      remembered.forget()
      return byId(id)
    },

    /** An account for a program: no password admits to it. */
    async addService({ name, tier }: { name: string; tier: Tier }): Promise<AdminUser> {
      const id = ids.next()
      const at = toIso(clock.now())
      const row = {
        id,
        name,
        tier,
        role: 'service' as const,
        email: `${id}@${noAddress}`,
        createdAt: at,
        updatedAt: at,
      }
      await db.insertInto('authUser').values(row).execute()
      return (await byId(id))!
    },
  }
}

const shown = (row: UserRow & { lastSeenAt: Date | null; apiKeys: number | null }): AdminUser => ({
  ...profileOf(row),
  banned: row.banned,
  lastSeenAt: row.lastSeenAt && toIso(row.lastSeenAt.getTime()),
  apiKeys: row.apiKeys ?? 0,
})
