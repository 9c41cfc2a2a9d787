import { sql, type RawBuilder } from 'kysely'
import { Failure } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { otherAdmins } from './setup.ts'

/**
 * What is a person's own and goes with him, by table: what column says whose it is, and what of it is a secret, which no export shows. What
 * refers to another table stands before it.
 */
export const personal: readonly {
  readonly table: string
  readonly owner: string
  readonly secrets: readonly string[]
}[] = [
  { table: 'delivery', owner: 'user_id', secrets: [] },
  { table: 'notice', owner: 'user_id', secrets: [] },
  { table: 'notification_channel', owner: 'user_id', secrets: ['target'] },
  { table: 'notification_preference', owner: 'user_id', secrets: [] },
  { table: 'outbox', owner: 'user_id', secrets: [] },
  { table: 'hook', owner: 'user_id', secrets: ['secret_hash'] },
  { table: 'ask', owner: 'user_id', secrets: [] },
  { table: 'watchlist', owner: 'user_id', secrets: [] },
  { table: 'portfolio_transaction', owner: 'user_id', secrets: [] },
  { table: 'follow_state', owner: 'user_id', secrets: [] },
  { table: 'batch', owner: 'user_id', secrets: [] },
  { table: 'user_settings', owner: 'user_id', secrets: [] },
  { table: 'idempotency_key', owner: 'user_id', secrets: ['fingerprint', 'sealed'] },
]

/** What hangs on rows of his, and goes with them by itself. */
const hanging = [
  { table: 'hook_alert', by: 'hook_id', on: 'hook' },
  { table: 'batch_item', by: 'batch_id', on: 'batch' },
]

/** What stays under an id that then names nobody, and why. */
export const kept: Readonly<Record<string, string>> = {
  recommendations: 'the record cannot be edited: it is sealed in a chain of hashes',
  audit_log: 'who did what is written down for good, or for 400 days',
  model_reservation: 'it runs out within minutes',
  model_attempt: 'what was asked of a model, which contains nothing of a person, and what that cost',
  auth_account: 'it goes with its account',
  auth_session: 'it goes with its account',
  auth_two_factor: 'it goes with its account',
}

type Needs = { readonly db: Db }
type Row = Record<string, unknown>

export type Personal = ReturnType<typeof createPersonal>

/** Everything about a person, told and deleted. */
export function createPersonal({ db }: Needs) {
  const plain = db.withoutPlugins()
  const all = async (query: RawBuilder<unknown>, secrets: readonly string[] = []): Promise<Row[]> =>
    (await query.execute(plain)).rows.map((row) => withoutSecrets(row as Row, secrets))

  return {
    /** Every row that is his own, by table, and the calls that were made for him. */
    async rowsOf(userId: string): Promise<Record<string, Row[]>> {
      const told: Record<string, Row[]> = {}
      for (const { table, owner, secrets } of personal) {
        told[table] = await all(sql`select * from ${sql.table(table)} where ${sql.ref(owner)} = ${userId}`, secrets)
      }
      for (const { table, by, on } of hanging)
        told[table] =
          await all(sql`select c.* from ${sql.table(table)} as c join ${sql.table(on)} as p on p.id = c.${sql.ref(by)}
          where p.user_id = ${userId}`)
      told['audit_log'] = await all(sql`select * from audit_log where user_id = ${userId} order by id`)
      told['recommendations'] =
        await all(sql`select id, token_id, type, timeframe, issued_at, ledger_seq from recommendations
        where user_id = ${userId} order by issued_at`)
      return told
    },

    /** Failure conflict for the only administrator. */
    async erase(userId: string): Promise<void> {
      await db.transaction().execute(async (tx) => {
        const user = await tx
          .selectFrom('authUser')
          .select('role')
          .where('id', '=', userId)
          .forUpdate()
          .executeTakeFirst()
        if (user?.role === 'admin' && (await otherAdmins(tx, userId)).length === 0)
          throw new Failure('conflict', 'this is the only administrator: make another one first')
        for (const { table, owner } of personal)
          await sql`delete from ${sql.table(table)} where ${sql.ref(owner)} = ${userId}`.execute(tx)
        await tx.deleteFrom('authUser').where('id', '=', userId).execute()
      })
    },
  }
}

/** As JSON has it: instants as text. */
const withoutSecrets = (row: Row, secrets: readonly string[]): Row =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => !secrets.includes(name))
      .map(([name, value]) => [name, value instanceof Date ? value.toISOString() : value]),
  )
