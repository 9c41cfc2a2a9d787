import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../db/db.ts'
import { headOf } from './rows.ts'
import { lineOf, type Sealed } from './seal.ts'

/** So many a statement: embedded, it holds the event loop, and a page of 500 did for more than 100 ms. */
const pageSize = 100

/** A record as it is shown; `body` is null where it is withheld. */
type Shown = Omit<Sealed, 'body'> & { readonly body: string | null }

/**
 * The ledger as somebody may see it (null: who has not signed in), line by line, each with its line feed. Told is what is of the house's calls
 * and of his own; of all else there is the place in the chain, and null for a body. What nobody knows the call of is withheld too.
 */
export async function* exportShown(db: Db, userId: string | null): AsyncGenerator<string> {
  const head = await headOf(db)
  for (let from = 1; head && from <= head.seq; from += pageSize) {
    const records = await shownRows(db, userId, from, Math.min(head.seq, from + pageSize - 1))
    for (const record of records) yield `${lineOf({ ...record, body: record.body ?? 'null' })}\n`
  }
}

async function shownRows(db: Db, userId: string | null, from: number, to: number): Promise<readonly Shown[]> {
  const mayOf = (call: string) => sql`(${sql.ref(`${call}.house`)} or ${sql.ref(`${call}.user_id`)} = ${userId}::text)`
  const { rows } = await sql<Shown>`select line.seq, line.prev_hash, line.hash,
      case when ${mayOf('own')} or ${mayOf('ended')} or ${usedBy(mayOf('call'))} then line.body end as body
    from ledger line
    cross join lateral (${inputsHash} offset 0) as inputs_of
    left join recommendations own on own.ledger_seq = line.seq
    left join outcomes outcome on outcome.ledger_seq = line.seq
    left join recommendations ended on ended.id = outcome.recommendation_id
    where line.seq between ${from} and ${to} order by line.seq`.execute(db)
  return rows
}

/** In canonical form what was decided from begins and ends so, its hash before the end. Read once: to look at an end is to unpack all of it. */
const inputsHash = sql`select case when left(line.body, 8) = '{"body":' and right(ending, 17) = ',"kind":"inputs"}'
  then left(ending, 64) end as hash from (select right(line.body, 82) as ending offset 0) as tail`

/**
 * Whether a call that may be seen was decided from it: its brief, a model's opinion, or evidence that its brief names. With a limit each is a
 * look into an index; as a join, or without, the database may read all calls for every page, and for every line where it has no statistics.
 */
const usedBy = (may: RawBuilder<unknown>) => sql`case when inputs_of.hash is null then false else coalesce(
  (${callFrom(sql`inputs_of.hash`, may)}),
  (select true from recommendations call where call.document -> 'engine' ->> 'opinionHash' = inputs_of.hash and ${may} limit 1),
  (select true from inputs brief where left(split_part(brief.body, '"evidenceHash":"', 2), 64) = inputs_of.hash
    and (${callFrom(sql`brief.hash`, may)}) limit 1),
  false) end`

const callFrom = (hash: RawBuilder<unknown>, may: RawBuilder<unknown>) =>
  sql`select true from recommendations call where call.document ->> 'inputsHash' = ${hash} and ${may} limit 1`
