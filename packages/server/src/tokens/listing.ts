import { sql, type RawBuilder, type Selectable } from 'kysely'
import { Failure, toIso, type Token } from '@pumpiq/domain'
import type { ListedToken, TokenListPosition, TokenSort } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import type { TokensTable } from '../db/schema.ts'
import type { Clock } from '../platform/clock.ts'
import { changeKnownMs, marketOf } from './market.ts'
import { newestFigures, type NewestName } from './newest.ts'
import { toToken, unranked } from './store.ts'
import { wanted, type TokenFilter } from './listing-filter.ts'

export type TokenOrder = { readonly sort: TokenSort; readonly order: 'asc' | 'desc' }
/** `offset` counts tokens from the beginning, `after` stands behind one of them. */
type Span = { readonly after: TokenListPosition | null; readonly offset: number; readonly limit: number }
export type Placed = { readonly token: Token; readonly position: TokenListPosition }

type Row = Selectable<TokensTable> & { at: string | null }

export type Listing = ReturnType<typeof createListing>

/** The catalogue by what was last told of its tokens. Those of which what is sorted by is not known come last, by identity. */
export function createListing({ db, clock }: { db: Db; clock: Pick<Clock, 'now'> }) {
  return {
    async page(filter: TokenFilter, order: TokenOrder, span: Span): Promise<Placed[]> {
      const { after } = span
      if (after && (after.sort !== order.sort || after.order !== order.order))
        throw new Failure(
          'invalid',
          `cursor is of a list by ${after.sort} ${after.order}, not ${order.sort} ${order.order}`,
        )
      const known = after?.at === null ? [] : await knownPart(db, filter, order, span)
      const skipped = known.length > 0 || after ? 0 : span.offset
      const left = span.limit - known.length
      if (left === 0) return known.map((row) => placed(row, order))
      const gone = skipped === 0 ? 0 : await count(db, filter, order.sort)
      const offset = Math.max(0, skipped - gone)
      const rest = await unknownPart(db, filter, order, {
        after: after?.at === null ? after.id : null,
        offset,
        limit: left,
      })
      return [...known, ...rest].map((row) => placed(row, order))
    },

    count: (filter: TokenFilter): Promise<number> => count(db, filter, null),

    /** With what is known of their markets, in the same order. */
    async told<T extends Token>(tokens: readonly T[]): Promise<(T & ListedToken)[]> {
      const figures = await newestFigures(
        db,
        tokens.map(({ id }) => id),
      )
      const now = clock.now()
      return tokens.map((token) => ({ ...token, market: marketOf(figures.get(token.id), now) }))
    },

    /** Those of them that are kept, told. */
    async byIds(ids: readonly string[]): Promise<ListedToken[]> {
      if (ids.length === 0) return []
      const rows = await db
        .selectFrom('tokens')
        .selectAll()
        .where('id', 'in', [...ids])
        .execute()
      return this.told(rows.map(toToken))
    },

    /** Whose price rose or fell most, of those of which that was told lately. */
    async mostMoved(name: NewestName, way: 'up' | 'down', limit: number): Promise<ListedToken[]> {
      const [direction, sign] = way === 'up' ? [sql`desc`, sql`>`] : [sql`asc`, sql`<`]
      const { rows } = await sql<Selectable<TokensTable>>`
        select t.* from newest_figure f join tokens t on t.id = f.token_id
        where f.name = ${name} and f.value ${sign} 0
          and f.observed_at >= ${toIso(clock.now() - changeKnownMs)}::timestamptz
        order by f.value ${direction}, f.token_id ${direction} limit ${limit}`.execute(db)
      return this.told(rows.map(toToken))
    },

    /** How many tokens bear each ticker (in capitals), and the largest of them. */
    async bearers(symbols: readonly string[]): Promise<Map<string, { n: number; largest: Token[] }>> {
      if (symbols.length === 0) return new Map()
      const { rows } = await sql<Selectable<TokensTable> & { n: number }>`
        select * from (
          select t.*, count(*) over (partition by upper(symbol))::int as n, row_number() over (
            partition by upper(symbol) order by coalesce(market_cap_rank, ${unranked}), id) as nth
          from tokens t where upper(symbol) = any(${sql`${[...symbols]}`}::text[])) as found
        where n > 1 and nth <= 20 order by upper(symbol), nth`.execute(db)
      const found = new Map<string, { n: number; largest: Token[] }>()
      for (const { n, nth: _, ...row } of rows as (Selectable<TokensTable> & { n: number; nth: number })[]) {
        const key = row.symbol.toUpperCase()
        const own = found.get(key) ?? { n, largest: [] }
        own.largest.push(toToken(row))
        found.set(key, own)
      }
      return found
    },
  }
}

function placed({ at, ...row }: Row, { sort, order }: TokenOrder): Placed {
  return { token: toToken(row), position: { sort, order, at, id: row.id } }
}

const names: Readonly<Record<Exclude<TokenSort, 'rank'>, NewestName>> = {
  marketCap: 'marketCapUsd',
  volume: 'volume24hUsd',
  liquidity: 'liquidityUsd',
  bondingCurve: 'curveProgressRatio',
  createdAt: 'firstPoolAt',
}

/** Null: by the rank that the catalogue gives. */
const sortName = (sort: TokenSort): NewestName | null => (sort === 'rank' ? null : names[sort])

async function knownPart(
  db: Db,
  filter: TokenFilter,
  { sort, order }: TokenOrder,
  { after, offset, limit }: Span,
): Promise<Row[]> {
  const name = sortName(sort)
  const value = name === null ? sql`t.market_cap_rank` : sql`f.value`
  // The first rank is the largest token.
  const falling = (order === 'desc') === (name !== null)
  const [direction, sign] = falling ? [sql`desc`, sql`<`] : [sql`asc`, sql`>`]
  const from = name === null ? sql`tokens t` : sql`newest_figure f join tokens t on t.id = f.token_id`
  const kept = name === null ? sql`t.market_cap_rank is not null` : sql`f.name = ${name}`
  const behind = after ? sql`and (${value}, t.id) ${sign} (${after.at}::numeric, ${after.id})` : sql``
  const { rows } = await sql<Row>`select t.*, ${value}::text as at from ${from}
    where ${kept} and ${wanted(filter)} ${behind}
    order by ${value} ${direction}, t.id ${direction} limit ${limit} offset ${after ? 0 : offset}`.execute(db)
  return rows
}

async function unknownPart(
  db: Db,
  filter: TokenFilter,
  { sort }: TokenOrder,
  { after, offset, limit }: { after: string | null; offset: number; limit: number },
): Promise<Row[]> {
  const { rows } = await sql<Row>`select t.*, null as at from tokens t
    where ${lacks(sortName(sort))} and ${wanted(filter)} ${after === null ? sql`` : sql`and t.id > ${after}`}
    order by t.id limit ${limit} offset ${offset}`.execute(db)
  return rows
}

const lacks = (name: NewestName | null): RawBuilder<unknown> =>
  name === null
    ? sql`t.market_cap_rank is null`
    : sql`not exists (select from newest_figure f where f.token_id = t.id and f.name = ${name})`

/** Tokens that pass; only those that have what is sorted by, where that is named. */
async function count(db: Db, filter: TokenFilter, known: TokenSort | null): Promise<number> {
  const only = known === null ? sql`true` : sql`not (${lacks(sortName(known))})`
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int as n from tokens t where ${wanted(filter)} and ${only}`.execute(db)
  return rows[0]!.n
}
