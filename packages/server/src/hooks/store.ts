import { createHash, timingSafeEqual } from 'node:crypto'
import { Failure, hours, price, toIso, type Interval, type Price, type TokenId } from '@pumpiq/domain'
import type { Selectable } from 'kysely'
import type { Db } from '../db/db.ts'
import type { HookAlertTable, HookTable } from '../db/schema.ts'
import type { Ids } from '../platform/ids.ts'
import type { Random } from '../platform/random.ts'

/** How many hooks one user may have, and how many alerts one hook takes in an hour: TradingView stops at 15 in three minutes. */
const mostHooks = 20
const mostAlertsAnHour = 300

export type Hook = { readonly id: string; readonly name: string; readonly createdAt: string }
export type Side = 'long' | 'short' | 'close'

/** What an alert says; `key` names it among its hook's. */
export type TakenAlert = {
  readonly key: string
  readonly token: TokenId
  readonly side: Side
  readonly interval: Interval
  readonly price: Price | null
}

/** An alert as it is kept. `at` is when it was here. */
export type KeptAlert = {
  readonly id: string
  readonly hook: string
  readonly token: string
  readonly side: Side
  readonly interval: Interval
  readonly at: string
  readonly price: Price | null
  readonly result: HookResult | null
}
export type HookResult = 'hit' | 'miss' | 'undecided' | 'unknown'

export type HookStore = ReturnType<typeof createHookStore>

type Needs = { readonly db: Db; readonly ids: Ids; readonly random: Random }

/** Hooks, and the alerts that came in by them. A secret goes out once, when it is made; what is kept is its hash. */
export function createHookStore({ db, ids, random }: Needs) {
  const alerts = () => db.selectFrom('hookAlert').selectAll()

  return {
    async list(userId: string): Promise<Hook[]> {
      const rows = await db.selectFrom('hook').selectAll().where('userId', '=', userId).orderBy('createdAt').execute()
      return rows.map(told)
    },

    async create(userId: string, name: string, now: number): Promise<Hook & { secret: string }> {
      const secret = newSecret(random)
      const row = { id: ids.next(), userId, name, secretHash: hashOf(secret).toString('hex'), createdAt: toIso(now) }
      const made = await db.transaction().execute(async (tx) => {
        const { count } = await tx
          .selectFrom('hook')
          .select((is) => is.fn.countAll<number>().as('count'))
          .where('userId', '=', userId)
          .executeTakeFirstOrThrow()
        if (count >= mostHooks)
          throw new Failure('invalid', `there are ${count} hooks already, ${mostHooks} are allowed: remove one`)
        return tx.insertInto('hook').values(row).returningAll().executeTakeFirstOrThrow()
      })
      return { ...told(made), secret }
    },

    async remove(userId: string, id: string): Promise<boolean> {
      const { numDeletedRows } = await db
        .deleteFrom('hook')
        .where('userId', '=', userId)
        .where('id', '=', id)
        .executeTakeFirst()
      return numDeletedRows > 0n
    },

    /** Whether that is the secret of that hook. It takes as long where there is no such hook. */
    async admits(id: string, secret: string): Promise<boolean> {
      const row = await db.selectFrom('hook').select('secretHash').where('id', '=', id).executeTakeFirst()
      const same = timingSafeEqual(hashOf(secret), Buffer.from(row?.secretHash ?? '0'.repeat(64), 'hex'))
      return same && row !== undefined
    },

    /** Keeps an alert, once for its key; `repeated` when it was here already. */
    async take(hook: string, alert: TakenAlert, now: number): Promise<{ alert: KeptAlert; repeated: boolean }> {
      const { key, token, side, interval } = alert
      const known = await alerts().where('hookId', '=', hook).where('key', '=', key).executeTakeFirst()
      if (known) return { alert: kept(known), repeated: true }
      const { count } = await db
        .selectFrom('hookAlert')
        .select((is) => is.fn.countAll<number>().as('count'))
        .where('hookId', '=', hook)
        .where('at', '>', new Date(now - hours(1)))
        .executeTakeFirstOrThrow()
      if (count >= mostAlertsAnHour)
        throw new Failure(
          'tooMany',
          `this hook has taken ${count} alerts within the hour, ${mostAlertsAnHour} are allowed`,
        )
      const row = {
        id: ids.next(),
        hookId: hook,
        key,
        tokenId: token,
        side,
        tf: interval,
        at: toIso(now),
        price: alert.price,
      }
      const made = await db
        .insertInto('hookAlert')
        .values(row)
        .onConflict((same) => same.columns(['hookId', 'key']).doNothing())
        .returningAll()
        .executeTakeFirst()
      if (made) return { alert: kept(made), repeated: false }
      // Two deliveries of one alert at once: the other one was first.
      const other = await alerts().where('hookId', '=', hook).where('key', '=', key).executeTakeFirstOrThrow()
      return { alert: kept(other), repeated: true }
    },

    /** Alerts of a token that were here since an instant (epoch ms), oldest first. */
    async alertsOf(token: TokenId, sinceAt: number): Promise<KeptAlert[]> {
      const found = alerts().where('tokenId', '=', token).where('at', '>=', new Date(sinceAt))
      return (await found.orderBy('at').orderBy('id').limit(1_000).execute()).map(kept)
    },

    /** Everything that came in by a hook, oldest first. */
    async alertsBy(hook: string): Promise<KeptAlert[]> {
      return (await alerts().where('hookId', '=', hook).orderBy('at').orderBy('id').execute()).map(kept)
    },

    /** Alerts of one interval that nothing was told of yet and that were here before an instant (epoch ms), oldest first. */
    async unjudged(interval: Interval, before: number, limit: number): Promise<KeptAlert[]> {
      const rows = await alerts()
        .where('result', 'is', null)
        .where('side', '<>', 'close')
        .where('tf', '=', interval)
        .where('at', '<', new Date(before))
        .orderBy('at')
        .limit(limit)
        .execute()
      return rows.map(kept)
    },

    async judge(id: string, result: HookResult, problem: string | null, now: number): Promise<void> {
      const told = { result, problem, judgedAt: toIso(now) }
      await db.updateTable('hookAlert').set(told).where('id', '=', id).where('result', 'is', null).execute()
    },
  }
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** 258 random bits: nobody guesses it, so a plain hash keeps it. */
const newSecret = (random: Random): string =>
  Array.from({ length: 43 }, () => letters[Math.floor(random() * letters.length)]).join('')

const told = ({ id, name, createdAt }: Selectable<HookTable>): Hook => ({
  id,
  name,
  createdAt: createdAt.toISOString(),
})

const kept = (row: Selectable<HookAlertTable>): KeptAlert => ({
  id: row.id,
  hook: row.hookId,
  token: row.tokenId,
  side: row.side,
  interval: row.tf as Interval,
  at: row.at.toISOString(),
  price: row.price === null ? null : price(row.price),
  result: row.result,
})
