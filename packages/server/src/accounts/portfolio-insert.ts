import { sql } from 'kysely'
import { toIso } from '@pumpiq/domain'
import type { Tx } from '../db/db.ts'
import type { OwnTransaction } from './portfolio.ts'

/** By one statement, however many; answers the ids of those that were not known by their `ref`. */
export async function insertAll(
  tx: Tx,
  userId: string,
  all: readonly OwnTransaction[],
  now: number,
): Promise<ReadonlySet<string>> {
  if (all.length === 0) return new Set()
  const column = (pick: (one: OwnTransaction) => string | null) => sql`${all.map(pick)}`
  const { rows } = await sql<{ id: string }>`
    insert into portfolio_transaction
      (user_id, created_at, id, token_id, symbol, kind, quantity, price_usd, fee_usd, at, note, ref)
    select ${userId}, ${toIso(now)}::timestamptz, told.* from unnest(
      ${column(({ id }) => id)}::uuid[], ${column(({ token }) => token)}::text[],
      ${column(({ symbol }) => symbol)}::text[], ${column(({ kind }) => kind)}::text[],
      ${column(({ quantity }) => quantity)}::numeric[], ${column(({ priceUsd }) => priceUsd)}::numeric[],
      ${column(({ feeUsd }) => feeUsd)}::numeric[], ${column(({ at }) => toIso(at))}::timestamptz[],
      ${column(({ note }) => note)}::text[], ${column(({ ref }) => ref)}::text[]) as told
    on conflict (user_id, ref) where ref is not null do nothing
    returning id`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}
