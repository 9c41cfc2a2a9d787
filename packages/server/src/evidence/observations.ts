import { sql } from 'kysely'
import { Figure, fromIso, hours, price, toIso, type Price, type Quote } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { newestOf, putNewest } from '../tokens/newest.ts'

/** What a source saw of a token at an instant; `name` says what it is. Instants are epoch ms. */
export type Observation = {
  readonly token: string
  readonly source: string
  readonly name: 'price'
  readonly observedAt: number
  readonly fetchedAt: number
  readonly value: Price
}

/** Of one source, or of all; those observed in [from, to). */
type Wanted = Pick<Observation, 'token' | 'name'> & {
  readonly source?: string
  readonly from: number
  readonly to: number
  readonly limit: number
}

type FigureRow = { token: string; source: string; name: string; observedAt: Date; fetchedAt: Date; value: number }

export type Observations = ReturnType<typeof createObservations>

/** What sources saw, as it came: the first that is told of an instant stays. */
export function createObservations({ db }: { db: Db }) {
  return {
    /** Kept twice is kept once. */
    async keep(observations: readonly Observation[]): Promise<void> {
      if (observations.length === 0) return
      const column = (pick: (one: Observation) => string) => sql`${observations.map(pick)}`
      await sql`
        insert into observation (token_id, source, name, observed_at, fetched_at, value)
        select * from unnest(${column(({ token }) => token)}::text[], ${column(({ source }) => source)}::text[],
          ${column(({ name }) => name)}::text[], ${column(({ observedAt }) => toIso(observedAt))}::timestamptz[],
          ${column(({ fetchedAt }) => toIso(fetchedAt))}::timestamptz[], ${column(({ value }) => value)}::numeric[])
        on conflict do nothing`.execute(db)
      await putNewest(
        db,
        observations.map((one) => ({ ...one, name: 'priceUsd' })),
      )
    },

    /** Figures become time series, so that a later look can tell what changed. Those of the market stand under no token. */
    async keepFigures(figures: readonly Figure[]): Promise<void> {
      if (figures.length === 0) return
      const column = (pick: (one: Figure) => string) => sql`${figures.map(pick)}`
      await sql`
        insert into observation (token_id, source, name, observed_at, fetched_at, value)
        select * from unnest(${column(({ token }) => token ?? '')}::text[], ${column(({ source }) => source)}::text[],
          ${column(({ name }) => name)}::text[], ${column(({ observedAt }) => observedAt)}::timestamptz[],
          ${column(({ fetchedAt }) => fetchedAt)}::timestamptz[], ${column(({ value }) => String(value))}::numeric[])
        on conflict do nothing`.execute(db)
      await putNewest(db, figures.flatMap(newestOf))
    },

    /** Each source's figures of a token, and of the market, as they stood nearest to a day before `at` (18 to 30 hours). */
    async dayBefore(token: string, at: number): Promise<Figure[]> {
      const { rows } = await sql<FigureRow>`
        select distinct on (token_id, source, name) token_id as token, source, name, observed_at as "observedAt",
          fetched_at as "fetchedAt", value::double precision as value
        from observation
        where token_id in (${token}, '') and name <> 'price'
          and observed_at >= ${toIso(at - hours(30))}::timestamptz and observed_at <= ${toIso(at - hours(18))}::timestamptz
        order by token_id, source, name, abs(extract(epoch from observed_at - ${toIso(at - hours(24))}::timestamptz))`.execute(
        db,
      )
      return rows.map(({ token: of, observedAt, fetchedAt, ...row }) =>
        Figure.parse({
          what: 'figure',
          ...row,
          token: of === '' ? null : of,
          observedAt: toIso(observedAt.getTime()),
          fetchedAt: toIso(fetchedAt.getTime()),
        }),
      )
    },

    /** Oldest first; the newest `limit` of them. */
    async read({ token, source, name, from, to, limit }: Wanted): Promise<Observation[]> {
      let query = db
        .selectFrom('observation')
        .selectAll()
        .where('tokenId', '=', token)
        .where('name', '=', name)
        .where('observedAt', '>=', toIso(from) as never)
        .where('observedAt', '<', toIso(to) as never)
      if (source !== undefined) query = query.where('source', '=', source)
      const rows = await query.orderBy('observedAt', 'desc').orderBy('source').limit(limit).execute()
      return rows.toReversed().map((row) => ({
        token: row.tokenId,
        source: row.source,
        name,
        observedAt: row.observedAt.getTime(),
        fetchedAt: row.fetchedAt.getTime(),
        value: price(row.value),
      }))
    },
  }
}

/** What a venue's quote is as an observation. */
export const priceSeen = (token: string, { source, price: value, observedAt, fetchedAt }: Quote): Observation => ({
  token,
  source,
  name: 'price',
  observedAt: fromIso(observedAt),
  fetchedAt: fromIso(fetchedAt),
  value: value as Price,
})
