import { sql } from 'kysely'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { Ids } from '../platform/ids.ts'
import { utcDay } from './lifetimes.ts'
import { toNano, toUsd } from './prices.ts'

/** The most that a call can cost, billionths of a dollar, its two parts apart. */
export type Most = { readonly input: number; readonly output: number }

export type Reservation = { readonly id: string; readonly day: string; readonly userId: string; readonly most: Most }

type Asked = { readonly userId: string; readonly most: Most; readonly forMs: number; readonly userUsdPerDay: number }
type Needs = { db: Db; clock: Pick<Clock, 'now'>; ids: Ids; usdPerDay: number }
export type Budget = ReturnType<typeof createBudget>

/** Whoever is meant by no user: the installation. */
export const everyone = '*'

/**
 * What may be spent in a UTC day, kept in the database: processes share it, and a restart forgets nothing. It refuses before anything is
 * spent: the most that a call can cost is set aside first and settled to what it did cost afterwards.
 */
export function createBudget({ db, clock, ids, usdPerDay }: Needs) {
  const limit = toNano(usdPerDay)

  /** Sets the most aside, or null: there is not so much left for the user or for all. Free calls are not written down. */
  async function reserve({ userId, most, forMs, userUsdPerDay }: Asked): Promise<Reservation | null> {
    const reservation = { id: ids.next(), day: utcDay(clock.now()), userId, most }
    const nano = most.input + most.output
    if (nano === 0) return reservation
    const own = toNano(userUsdPerDay)
    if (nano > limit || nano > own) return null
    const limits = { all: limit, own }
    if (await setAside(db, reservation, limits, forMs)) return reservation
    // What others left behind may be the lack.
    return (await sweep(db)) && (await setAside(db, reservation, limits, forMs)) ? reservation : null
  }

  /** What a day has cost so far, what is set aside included, in dollars. */
  async function spentUsd(userId = everyone): Promise<number> {
    await sweep(db)
    const { rows } = await sql<{ nanoUsd: number }>`
      select nano_usd from model_spend where day = ${utcDay(clock.now())} and owner = ${userId}`.execute(db)
    return toUsd(rows[0]?.nanoUsd ?? 0)
  }

  return {
    reserve,
    settle: (reservation: Reservation, nano: number) => settle(db, reservation, nano),
    spentUsd,
    usdPerDay,
  }
}

/**
 * One statement: adds to both sums where they stay within their limits, and writes the reservation. Where either does not, the amount of
 * the reservation is null, which the table refuses, and nothing of the statement stays. Whoever comes second waits for the first at the
 * row of the installation, which all lock before that of a user, and compares with what the first has left.
 */
async function setAside(
  db: Db,
  { id, day, userId, most }: Reservation,
  limits: { all: number; own: number },
  forMs: number,
): Promise<boolean> {
  const nano = most.input + most.output
  try {
    await sql`
      with total as (
        insert into model_spend as kept (day, owner, nano_usd) values (${day}, ${everyone}, ${nano})
        on conflict (day, owner) do update set nano_usd = kept.nano_usd + excluded.nano_usd
        where kept.nano_usd + excluded.nano_usd <= ${limits.all}::bigint returning day
      ), own as (
        insert into model_spend as kept (day, owner, nano_usd) select day, ${userId}, ${nano}::bigint from total
        on conflict (day, owner) do update set nano_usd = kept.nano_usd + excluded.nano_usd
        where kept.nano_usd + excluded.nano_usd <= ${limits.own}::bigint returning day
      )
      insert into model_reservation (id, day, user_id, input_nano, nano_usd, expires_at)
      select ${id}::uuid, ${day}::date, ${userId}, ${most.input}::bigint, (select ${nano}::bigint from own),
        clock_timestamp() + ${forMs}::float8 * interval '1 millisecond'`.execute(db)
    return true
  } catch (thrown) {
    if ((thrown as { code?: unknown }).code === notNull) return false
    throw thrown
  }
}

const notNull = '23502'

/** What was set aside becomes what it cost. Of one that ran out meanwhile the input is spent already. */
async function settle(db: Db, { id, day, userId, most }: Reservation, nano: number): Promise<void> {
  const aside = most.input + most.output
  if (aside === 0 && nano === 0) return
  await sql`
    with gone as (delete from model_reservation where id = ${id} returning id),
    change as (
      select ${nano}::bigint - case when exists (select 1 from gone) then ${aside}::bigint else ${most.input}::bigint end as nano
    ), total as (
      insert into model_spend as kept (day, owner, nano_usd) select ${day}::date, ${everyone}, greatest(0, nano) from change
      on conflict (day, owner) do update set nano_usd = greatest(0, kept.nano_usd + (select nano from change)) returning day
    )
    insert into model_spend as kept (day, owner, nano_usd) select day, ${userId}, greatest(0, nano) from total, change
    on conflict (day, owner) do update set nano_usd = greatest(0, kept.nano_usd + (select nano from change))`.execute(
    db,
  )
}

/**
 * What processes that ended in the middle of a question had set aside: the question may have been read, so its input counts as spent.
 * Whether there was any.
 */
async function sweep(db: Db): Promise<boolean> {
  const { rows } = await sql`select 1 from model_reservation where expires_at < clock_timestamp() limit 1`.execute(db)
  if (rows.length === 0) return false
  await db.transaction().execute(async (tx) => {
    const { rows: over } = await sql<{ day: string; userId: string; back: number }>`
      delete from model_reservation where id in
        (select id from model_reservation where expires_at < clock_timestamp() for update skip locked)
      returning day::text as day, user_id, nano_usd - input_nano as back`.execute(tx)
    const owned = over.flatMap((one) => [
      { ...one, owner: everyone },
      { ...one, owner: one.userId },
    ])
    // In the order in which all lock: by day, and the installation, *, before users.
    const sorted = owned.toSorted((a, b) => (`${a.day} ${a.owner}` < `${b.day} ${b.owner}` ? -1 : 1))
    for (const { day, owner, back } of sorted)
      await sql`update model_spend set nano_usd = greatest(0, nano_usd - ${back}::bigint) where day = ${day} and owner = ${owner}`.execute(
        tx,
      )
  })
  return true
}
