import { sql, type Selectable } from 'kysely'
import { price, Token, toIso, type TokenId } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { TokensTable } from '../db/schema.ts'
import { putNewest, type Newest } from './newest.ts'

export type TokenStore = ReturnType<typeof createTokenStore>

export type TokenPage = { readonly after: TokenPosition | null; readonly limit: number }
/** Where a page ended: largest first, unranked last, then by identity. */
export type TokenPosition = { readonly rank: number; readonly id: string }

/** The rank of those that have none, within what the database's int holds. */
export const unranked = 2_000_000_000

/** The catalogue as it was last told, whole. */
export function createTokenStore({ db }: { db: Db }) {
  const all = () => db.selectFrom('tokens').selectAll()

  return {
    /**
     * Each token once, by identity. What the catalogue no longer names stays, for the record speaks of it, but bears no rank; what it names
     * otherwise is still found under its former name.
     */
    async putCatalogue(tokens: readonly Token[], at: number): Promise<void> {
      if (tokens.length === 0) return
      await this.put(tokens, at)
      await sql`update tokens set market_cap_rank = null
        where catalogue_id is not null and market_cap_rank is not null and updated_at < ${toIso(at)}::timestamptz`.execute(
        db,
      )
    },

    /** Tokens as a source tells them now, from wherever. */
    async put(tokens: readonly Token[], at: number): Promise<void> {
      if (tokens.length === 0) return
      const column = (pick: (token: Token) => unknown) => sql`${tokens.map(pick)}`
      await sql`
        insert into former_name (token_id, symbol, name, until)
        select known.id, known.symbol, known.name, ${toIso(at)}::timestamptz
        from unnest(${column((t) => t.id)}::text[], ${column((t) => t.symbol)}::text[], ${column((t) => t.name)}::text[])
          as told (id, symbol, name)
        join tokens known on known.id = told.id and (known.symbol, known.name) <> (told.symbol, told.name)
        on conflict do nothing`.execute(db)
      await sql`
        insert into tokens (id, chain, address, symbol, name, catalogue_id, market_cap_rank, market_cap_usd, price_usd, updated_at)
        select *, ${toIso(at)}::timestamptz from unnest(
          ${column((t) => t.id)}::text[], ${column((t) => t.chain)}::text[], ${column((t) => t.address)}::text[],
          ${column((t) => t.symbol)}::text[], ${column((t) => t.name)}::text[], ${column((t) => t.catalogueId)}::text[],
          ${column((t) => t.marketCapRank)}::int[], ${column((t) => t.marketCapUsd)}::float8[],
          ${column((t) => t.priceUsd)}::numeric[])
        on conflict (id) do update set symbol = excluded.symbol, name = excluded.name, catalogue_id = excluded.catalogue_id,
          market_cap_rank = excluded.market_cap_rank, market_cap_usd = excluded.market_cap_usd, price_usd = excluded.price_usd, updated_at = excluded.updated_at
      `.execute(db)
      await putNewest(
        db,
        tokens.flatMap((token) => listedFigures(token, at)),
      )
    },

    async byId(id: TokenId): Promise<Token | null> {
      const row = await all().where('id', '=', id).executeTakeFirst()
      return row ? toToken(row) : null
    },

    /** Which of them are kept. */
    async known(ids: readonly TokenId[]): Promise<Set<string>> {
      if (ids.length === 0) return new Set()
      const rows = await db.selectFrom('tokens').select('id').where('id', 'in', ids).execute()
      return new Set(rows.map(({ id }) => id))
    },

    /** Those of them that are not kept: of what the catalogue knows it knows more. */
    async putNew(tokens: readonly Token[], at: number): Promise<void> {
      const known = await this.known(tokens.map(({ id }) => id))
      await this.put(
        tokens.filter(({ id }) => !known.has(id)),
        at,
      )
    },

    /** Every token of that ticker, largest first. */
    async bySymbol(symbol: string): Promise<Token[]> {
      const rows = await all()
        .where(sql`upper(symbol)`, '=', symbol.toUpperCase())
        .orderBy(sql`coalesce(market_cap_rank, ${unranked})`)
        .orderBy('id')
        .execute()
      return rows.map(toToken)
    },

    /** Every token that once bore that ticker and now bears another, largest first. */
    async byFormerSymbol(symbol: string): Promise<Token[]> {
      const rows = await all()
        .where('id', 'in', (old) =>
          old
            .selectFrom('formerName')
            .select('tokenId')
            .where(sql`upper(symbol)`, '=', symbol.toUpperCase()),
        )
        .orderBy(sql`coalesce(market_cap_rank, ${unranked})`)
        .orderBy('id')
        .execute()
      return rows.map(toToken)
    },

    /** Every token of exactly that name, in any case, largest first. */
    async byName(name: string): Promise<Token[]> {
      const rows = await all()
        .where(sql`lower(name)`, '=', name.toLowerCase())
        .orderBy(sql`coalesce(market_cap_rank, ${unranked})`)
        .orderBy('id')
        .execute()
      return rows.map(toToken)
    },

    /** The tokens at that address: an EVM address may be one on several chains. */
    async byAddress(address: string): Promise<Token[]> {
      const rows = await all().where('address', '=', address).orderBy('id').limit(20).execute()
      return rows.map(toToken)
    },

    /** A page of the catalogue; `q` is looked for at the start of symbol, name and address. */
    async page(q: string | null, { after, limit }: TokenPage): Promise<Token[]> {
      let query = all()
      if (q !== null) {
        const start = `${q.toLowerCase().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
        query = query.where((is) =>
          is.or([
            is(sql`lower(symbol)`, 'like', start),
            is(sql`lower(name)`, 'like', start),
            is(sql`lower(address)`, 'like', start),
            is('id', '=', q),
          ]),
        )
      }
      if (after)
        query = query.where(sql<boolean>`(coalesce(market_cap_rank, ${unranked}), id) > (${after.rank}, ${after.id})`)
      const rows = await query
        .orderBy(sql`coalesce(market_cap_rank, ${unranked})`)
        .orderBy('id')
        .limit(limit)
        .execute()
      return rows.map(toToken)
    },

    async count(): Promise<number> {
      const { n } = await db
        .selectFrom('tokens')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      return n
    },

    /** Tokens without any market that were told at `since` (epoch ms) or later. */
    async countUntraded(since: number): Promise<number> {
      const { n } = await db
        .selectFrom('tokens')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .where('catalogueId', 'is', null)
        .where('marketCapUsd', 'is', null)
        .where('priceUsd', 'is', null)
        .where('updatedAt', '>=', toIso(since) as never)
        .executeTakeFirstOrThrow()
      return n
    },

    /** When the catalogue was last told; null before the first time. */
    async updatedAt(): Promise<number | null> {
      const row = await db
        .selectFrom('tokens')
        .select(({ fn }) => fn.max('updatedAt').as('at'))
        .where('marketCapRank', 'is not', null)
        .executeTakeFirst()
      return row?.at ? new Date(row.at).getTime() : null
    },
  }
}

/** What whoever lists the token says of its market. */
function listedFigures({ id: token, catalogueId, marketCapUsd, priceUsd }: Token, observedAt: number): Newest[] {
  const told = { token, source: catalogueId === null ? 'listing' : 'catalogue', observedAt }
  return [
    ...(marketCapUsd === null ? [] : [{ ...told, name: 'marketCapUsd' as const, value: String(marketCapUsd) }]),
    ...(priceUsd === null ? [] : [{ ...told, name: 'priceUsd' as const, value: priceUsd }]),
  ]
}

export const toToken = ({ updatedAt: _, priceUsd, ...row }: Selectable<TokensTable>): Token =>
  Token.parse({ ...row, priceUsd: priceUsd === null ? null : price(priceUsd) })
