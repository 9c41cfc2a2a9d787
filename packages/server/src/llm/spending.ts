import { days as daysMs } from '@pumpiq/domain'
import { sql } from 'kysely'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import { everyone } from './budget.ts'
import { utcDay } from './lifetimes.ts'
import { toUsd } from './prices.ts'

/** What was spent, and how many calls were not made because there was not so much left. */
export type Spent = { readonly usd: number; readonly refused: number }
export type OwnerSpent = { readonly owner: string; readonly today: Spent; readonly last30Days: Spent }
/** Where a page ends: what its last owner has spent, in billionths of a dollar, and who that is. */
export type SpendingPosition = { readonly nano: number; readonly owner: string }
export type Spending = ReturnType<typeof createSpending>

type Row = { owner: string; nano: number; nanoToday: number; refused: number; refusedToday: number }
type Wanted = { besides: readonly string[]; after: SpendingPosition | null; limit: number }

/** What the language model has cost in this UTC day and the twenty-nine before, of whom; what is set aside is in it. */
export function createSpending({ db, clock }: { db: Db; clock: Pick<Clock, 'now'> }) {
  const window = () => {
    const today = utcDay(clock.now())
    const first = utcDay(clock.now() - daysMs(29))
    return { today, first, todayAt: `${today}T00:00:00.000Z`, firstAt: `${first}T00:00:00.000Z` }
  }

  /** Of each owner; a call that the vendor refused for want of money has a status, one that we did not make has none. */
  const perOwner = () => {
    const { today, first, todayAt, firstAt } = window()
    return sql`
      with spent as (
        select owner, sum(nano_usd)::bigint as nano,
          coalesce(sum(nano_usd) filter (where day = ${today}::date), 0)::bigint as nano_today
        from model_spend where day between ${first}::date and ${today}::date group by owner
      ), refused as (
        select user_id as owner, count(*) as times, count(*) filter (where at >= ${todayAt}::timestamptz) as times_today
        from model_attempt
        where at >= ${firstAt}::timestamptz and ending = 'overspent' and status is null group by user_id
      ), owned as (
        select coalesce(spent.owner, refused.owner) as owner, coalesce(nano, 0) as nano,
          coalesce(nano_today, 0) as nano_today, coalesce(times, 0) as refused, coalesce(times_today, 0) as refused_today
        from spent full join refused on refused.owner = spent.owner
      )`
  }

  return {
    /** The UTC day that today is. */
    day: (): string => window().today,

    async of(owner: string): Promise<Omit<OwnerSpent, 'owner'>> {
      const { rows } = await sql<Row>`${perOwner()} select * from owned where owner = ${owner}`.execute(db)
      return rows[0] ? told(rows[0]) : { today: nothing, last30Days: nothing }
    },

    async all(): Promise<Omit<OwnerSpent, 'owner'> & { setAsideUsd: number }> {
      const { rows } = await sql<Row & { aside: number }>`${perOwner()}
        select coalesce(sum(nano) filter (where owner = ${everyone}), 0)::bigint as nano,
          coalesce(sum(nano_today) filter (where owner = ${everyone}), 0)::bigint as nano_today,
          coalesce(sum(refused), 0)::bigint as refused, coalesce(sum(refused_today), 0)::bigint as refused_today,
          (select coalesce(sum(nano_usd), 0)::bigint from model_reservation) as aside
        from owned`.execute(db)
      return { ...told(rows[0]!), setAsideUsd: toUsd(rows[0]!.aside) }
    },

    /** Who spent most first. */
    async byOwner({ besides, after, limit }: Wanted): Promise<{ items: OwnerSpent[]; next: SpendingPosition | null }> {
      const beyond = after
        ? sql`and (nano < ${after.nano}::bigint or (nano = ${after.nano}::bigint and owner > ${after.owner}))`
        : sql``
      const { rows } = await sql<Row>`${perOwner()}
        select * from owned where owner <> all(${[everyone, ...besides]}::text[]) ${beyond}
        order by nano desc, owner limit ${limit + 1}`.execute(db)
      const shown = rows.slice(0, limit)
      const last = rows.length > limit ? shown.at(-1) : undefined
      return {
        items: shown.map((row) => ({ owner: row.owner, ...told(row) })),
        next: last ? { nano: last.nano, owner: last.owner } : null,
      }
    },

    /** All owners together, newest first. */
    async days(): Promise<(Spent & { readonly day: string })[]> {
      const { first, today, firstAt } = window()
      const { rows } = await sql<{ day: string; nano: number; refused: number }>`
        with refused as (
          select (at at time zone 'UTC')::date as day, count(*) as times from model_attempt
          where at >= ${firstAt}::timestamptz and ending = 'overspent' and status is null group by 1
        ), spent as (
          select day, nano_usd from model_spend
          where owner = ${everyone} and day between ${first}::date and ${today}::date
        )
        select coalesce(spent.day, refused.day)::text as day, coalesce(nano_usd, 0)::bigint as nano,
          coalesce(times, 0)::bigint as refused
        from spent full join refused on refused.day = spent.day order by 1 desc limit 30`.execute(db)
      return rows.map(({ day, nano, refused }) => ({ day, usd: toUsd(nano), refused }))
    },
  }
}

const nothing: Spent = { usd: 0, refused: 0 }

const told = ({ nano, nanoToday, refused, refusedToday }: Omit<Row, 'owner'>): Omit<OwnerSpent, 'owner'> => ({
  today: { usd: toUsd(nanoToday), refused: refusedToday },
  last30Days: { usd: toUsd(nano), refused },
})
