import { Failure, isFailure, toIso } from '@pumpiq/domain'
import type { NotificationChannel } from '@pumpiq/api'
import type { Selectable } from 'kysely'
import type { Db, Tx } from '../db/db.ts'
import type { NotificationChannelTable } from '../db/schema.ts'
import type { Ids } from '../platform/ids.ts'
import type { Channel } from './channel.ts'

/** Keeps what users give encrypted, for each user under another key; what cannot be opened throws a `Failure` that says why. */
export type TargetVault = { seal(userId: string, text: string): string; open(userId: string, sealed: string): string }

/** How many channels one user may have. */
const mostChannels = 20

type Needs = { db: Db; kinds: readonly Channel[]; vault: TargetVault; ids: Ids }
type Row = Selectable<NotificationChannelTable>

export type ChannelStore = ReturnType<typeof createChannelStore>

/** Where users are told. Targets go in and never come out but through their channel's `show`. */
export function createChannelStore({ db, kinds, vault, ids }: Needs) {
  const kindOf = (id: string): Channel => {
    const kind = kinds.find((one) => one.id === id)
    if (!kind) throw new Failure('unavailable', `there is no channel of the kind ${id} in this version`)
    return kind
  }
  const opened = ({ userId, target }: Pick<Row, 'userId' | 'target'>): unknown => JSON.parse(vault.open(userId, target))

  /** One that cannot be opened is listed with the reason: it can still be removed. */
  function shown(row: Row): string {
    try {
      return kindOf(row.kind).show(opened(row))
    } catch (thrown) {
      if (isFailure(thrown)) return `cannot be opened: ${thrown.message}`
      throw thrown
    }
  }

  const told = (row: Row): NotificationChannel => ({
    id: row.id,
    kind: row.kind,
    name: row.name,
    target: shown(row),
    enabled: row.enabled,
    problem: row.problem,
    createdAt: row.createdAt.toISOString(),
  })

  const own = (userId: string) => db.selectFrom('notificationChannel').selectAll().where('userId', '=', userId)

  return {
    async list(userId: string): Promise<NotificationChannel[]> {
      return (await own(userId).orderBy('createdAt').orderBy('id').execute()).map(told)
    },

    async byId(userId: string, id: string): Promise<NotificationChannel | null> {
      const row = await own(userId).where('id', '=', id).executeTakeFirst()
      return row ? told(row) : null
    },

    /** Failure invalid, naming the field, for a target its kind does not take. */
    async add(
      userId: string,
      { kind, name, target }: { kind: string; name: string; target: unknown },
      now: number,
    ): Promise<NotificationChannel> {
      const known = kinds.map(({ id }) => id)
      if (!known.includes(kind))
        throw new Failure('invalid', `kind ${JSON.stringify(kind)} is not one of ${known.join(', ')}`)
      const text = vault.seal(userId, JSON.stringify(checked(kindOf(kind), target)))
      const row = { id: ids.next(), userId, kind, name, target: text, nextAt: toIso(now), createdAt: toIso(now) }
      const made = await db.transaction().execute(async (tx) => {
        const { count } = await tx
          .selectFrom('notificationChannel')
          .select((is) => is.fn.countAll<number>().as('count'))
          .where('userId', '=', userId)
          .executeTakeFirstOrThrow()
        if (count >= mostChannels)
          throw new Failure('invalid', `there are ${count} channels already, ${mostChannels} are allowed`)
        return tx.insertInto('notificationChannel').values(row).returningAll().executeTakeFirstOrThrow()
      })
      return told(made)
    },

    /** Null when it is not there. Switching it on forgets why it was switched off. */
    async change(
      userId: string,
      id: string,
      { name, enabled }: { name?: string | undefined; enabled?: boolean | undefined },
    ): Promise<NotificationChannel | null> {
      if (name === undefined && enabled === undefined) return this.byId(userId, id)
      const row = await db
        .updateTable('notificationChannel')
        .set({
          ...(name !== undefined && { name }),
          ...(enabled !== undefined && { enabled }),
          ...(enabled && { problem: null }),
        })
        .where('userId', '=', userId)
        .where('id', '=', id)
        .returningAll()
        .executeTakeFirst()
      return row ? told(row) : null
    },

    async remove(userId: string, id: string): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom('notificationChannel')
        .where('userId', '=', userId)
        .where('id', '=', id)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },

    /** Those of these users that are switched on, locked against being removed meanwhile. */
    async enabledOf(tx: Tx, userIds: readonly string[]): Promise<{ id: string; userId: string }[]> {
      return tx
        .selectFrom('notificationChannel')
        .select(['id', 'userId'])
        .where('enabled', '=', true)
        .where('userId', 'in', [...userIds])
        .orderBy('id')
        .forKeyShare()
        .execute()
    },

    /** The kind and the opened target of a channel; null when it was removed. */
    async open(id: string): Promise<{ kind: Channel; target: unknown } | null> {
      const row = await db.selectFrom('notificationChannel').selectAll().where('id', '=', id).executeTakeFirst()
      return row ? { kind: kindOf(row.kind), target: opened(row) } : null
    },

    /** Its target is gone: nothing more is sent there until a person says so. */
    async switchOff(id: string, problem: string): Promise<void> {
      await db.updateTable('notificationChannel').set({ enabled: false, problem }).where('id', '=', id).execute()
    },
  }
}

function checked(kind: Channel, target: unknown): unknown {
  const parsed = kind.target.safeParse(target)
  if (parsed.success) return parsed.data
  // The value is not repeated: it may be a secret with a slip of the pen.
  const faults = parsed.error.issues.map(({ path, message }) => `${['target', ...path].join('.')}: ${message}`)
  throw new Failure('invalid', faults.join('; '))
}
