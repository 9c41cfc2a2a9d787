import { sql, type Selectable } from 'kysely'
import { Failure, overdrawnBy, price, toIso, tokenId, type Price, type TokenId, type Trade } from '@pumpiq/domain'
import type { Db, Tx } from '../db/db.ts'
import type { PortfolioTransactionTable } from '../db/schema.ts'
import type { Ids } from '../platform/ids.ts'
import { insertAll } from './portfolio-insert.ts'
import { lockOwn } from './own-lock.ts'

/** What happened to a holding. Its place among those of one instant is that of its `id`. */
export type OwnTransaction = Trade & {
  readonly token: TokenId
  readonly symbol: string
  readonly at: number
  readonly note: string | null
  readonly ref: string | null
}
export type NewOwnTransaction = Omit<OwnTransaction, 'id'>

/** Where a page ended; the next one begins behind it. */
export type TransactionPosition = { readonly at: number; readonly id: string }
type Page = { readonly token: TokenId | null; readonly before: TransactionPosition | null; readonly limit: number }

/** Of what was to be added: what does not fit, by its index. */
export type Unfit = { readonly index: number; readonly why: string }
export type Added = { readonly ids: readonly string[]; readonly known: number; readonly unfit: readonly Unfit[] }

export type PortfolioStore = ReturnType<typeof createPortfolioStore>

/**
 * What users said that happened to their holdings. After every change all of it fits together: nothing goes out that is not there by then,
 * or nothing of the change is kept.
 */
export function createPortfolioStore({ db, ids }: { db: Db; ids: Ids }) {
  const own = (userId: string, from: Db | Tx = db) =>
    from.selectFrom('portfolioTransaction').selectAll().where('userId', '=', userId)

  const ofToken = async (tx: Tx, userId: string, token: string): Promise<OwnTransaction[]> =>
    (await own(userId, tx).where('tokenId', '=', token).orderBy('at').orderBy('id').execute()).map(transaction)

  async function checkToken(tx: Tx, userId: string, token: string): Promise<void> {
    const over = overdrawnBy(await ofToken(tx, userId, token))
    if (over) throw new Failure('conflict', whyOver(over))
  }

  async function checkRoom(tx: Tx, userId: string, most: number): Promise<void> {
    const { count } = await tx
      .selectFrom('portfolioTransaction')
      .select((is) => is.fn.countAll<number>().as('count'))
      .where('userId', '=', userId)
      .executeTakeFirstOrThrow()
    if (count > most)
      throw new Failure('conflict', `that would be ${count} transactions, and your tier may have ${most}`)
  }

  /** `first`: of each token the first one that was added, by its index; `added` has the indexes of all, by id. */
  async function unfitOf(tx: Tx, userId: string, added: ReadonlyMap<string, number>, first: Map<string, number>) {
    const unfit: Unfit[] = []
    for (const [token, index] of first) {
      const over = overdrawnBy(await ofToken(tx, userId, token))
      if (!over) continue
      const itself = added.get(over.trade.id)
      // What was there already and does not fit any more does not because of what was put before it.
      unfit.push({ index: itself ?? index, why: whyOver(over, itself === undefined) })
    }
    return unfit
  }

  return {
    /** Newest first. */
    async page(userId: string, { token, before, limit }: Page): Promise<OwnTransaction[]> {
      let query = own(userId)
      if (token !== null) query = query.where('tokenId', '=', token)
      if (before !== null)
        query = query.where(sql<boolean>`(at, id) < (${toIso(before.at)}::timestamptz, ${before.id}::uuid)`)
      return (await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute()).map(transaction)
    },

    /** Oldest first. */
    async all(userId: string): Promise<OwnTransaction[]> {
      return (await own(userId).orderBy('at').orderBy('id').execute()).map(transaction)
    },

    async one(userId: string, id: string): Promise<OwnTransaction | null> {
      const row = await own(userId).where('id', '=', id).executeTakeFirst()
      return row ? transaction(row) : null
    },

    /** All or, where any does not fit or it is only tried, none. Those whose `ref` is known are left out. */
    async add(
      userId: string,
      wanted: readonly NewOwnTransaction[],
      { now, most, tried = false }: { now: number; most: number; tried?: boolean },
    ): Promise<Added> {
      const rows = wanted.map((one) => ({ ...one, id: ids.next() }))
      const undone = new Error('not kept')
      let result: Added = { ids: [], known: 0, unfit: [] }
      const work = db.transaction().execute(async (tx) => {
        await lockOwn(tx, 'portfolio', userId)
        const kept = await insertAll(tx, userId, rows, now)
        await checkRoom(tx, userId, most)
        const added = new Map(rows.flatMap(({ id }, i) => (kept.has(id) ? [[id, i] as const] : [])))
        const first = new Map<string, number>()
        for (const i of added.values()) if (!first.has(rows[i]!.token)) first.set(rows[i]!.token, i)
        const unfit = await unfitOf(tx, userId, added, first)
        result = { ids: [...added.keys()], known: rows.length - added.size, unfit }
        if (unfit.length > 0 || tried) throw undone
      })
      await work.catch((thrown: unknown) => {
        if (thrown !== undone) throw thrown
      })
      return result
    },

    /** Null: there is none of this id. */
    async change(userId: string, id: string, correct: (old: OwnTransaction) => OwnTransaction) {
      return db.transaction().execute(async (tx) => {
        await lockOwn(tx, 'portfolio', userId)
        const old = await own(userId, tx).where('id', '=', id).executeTakeFirst()
        if (!old) return null
        const { kind, quantity, priceUsd, feeUsd, at, note } = correct(transaction(old))
        const row = await tx
          .updateTable('portfolioTransaction')
          .set({ kind, quantity, priceUsd, feeUsd, at: toIso(at), note })
          .where('userId', '=', userId)
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirstOrThrow()
        await checkToken(tx, userId, row.tokenId)
        return transaction(row)
      })
    },

    async remove(userId: string, id: string): Promise<boolean> {
      return db.transaction().execute(async (tx) => {
        await lockOwn(tx, 'portfolio', userId)
        const row = await tx
          .deleteFrom('portfolioTransaction')
          .where('userId', '=', userId)
          .where('id', '=', id)
          .returning('tokenId')
          .executeTakeFirst()
        if (row) await checkToken(tx, userId, row.tokenId)
        return row !== undefined
      })
    },
  }
}

function whyOver({ trade, held }: { trade: Trade; held: Price }, namesIt = true): string {
  const { at, symbol } = trade as OwnTransaction
  const what = namesIt ? `the transaction ${trade.id} of ${toIso(at)}` : 'it'
  return `${what} ${trade.kind === 'sell' ? 'sells' : 'sends'} ${trade.quantity} ${symbol}, and ${held} is held by then`
}

const transaction = (row: Selectable<PortfolioTransactionTable>): OwnTransaction => ({
  id: row.id,
  token: tokenId(row.tokenId),
  symbol: row.symbol,
  kind: row.kind,
  quantity: price(row.quantity),
  priceUsd: row.priceUsd === null ? null : price(row.priceUsd),
  feeUsd: price(row.feeUsd),
  at: row.at.getTime(),
  note: row.note,
  ref: row.ref,
})
