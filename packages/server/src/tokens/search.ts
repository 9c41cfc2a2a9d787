import { sql, type Selectable } from 'kysely'
import { isFailure, tokenId, type Token } from '@pumpiq/domain'
import type { TokenSearch } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import type { TokensTable } from '../db/schema.ts'
import { begins } from './listing-filter.ts'
import type { Listing } from './listing.ts'
import { toToken, unranked } from './store.ts'
import { seriousOf } from './tokens.ts'

const matches = ['id', 'address', 'symbol', 'name', 'formerSymbol', 'start'] as const

type Needs = { db: Db; listing: Pick<Listing, 'told' | 'bearers'> }
export type SearchTokens = ReturnType<typeof createSearchTokens>

/** Looks for tokens by whatever names them, among those that are kept: nobody is asked. */
export function createSearchTokens({ db, listing }: Needs) {
  return async function searchTokens(q: string, limit: number): Promise<TokenSearch> {
    const text = q.replace(/^\$/, '') || q
    const { rows } = await sql<Selectable<TokensTable> & { level: number }>`
      select t.*, case when t.id = ${identityIn(text)} then 0 when lower(t.address) = ${text.toLowerCase()} then 1
        when upper(t.symbol) = ${text.toUpperCase()} then 2 when lower(t.name) = ${text.toLowerCase()} then 3
        when t.id in (${former(text)}) then 4 else 5 end as level
      from tokens t
      where ${begins(text)} or t.id = ${identityIn(text)} or upper(t.symbol) = ${text.toUpperCase()} or t.id in (${former(text)})
      order by level, t.catalogue_id is null, coalesce(t.market_cap_rank, ${unranked}), t.id limit ${limit}`.execute(db)
    const found = rows.map(({ level, ...row }) => ({ ...toToken(row), match: matches[level]! }))
    const bearers = await listing.bearers([...new Set(found.map(({ symbol }) => symbol.toUpperCase()))])
    return {
      items: await listing.told(found),
      collisions: [...bearers].map(([symbol, { n, largest }]) => collisionOf(symbol, n, largest)),
    }
  }
}

const former = (text: string) => sql`select token_id from former_name where upper(symbol) = ${text.toUpperCase()}`

/** An identity in the case in which it is kept; what is none is looked for as it is. */
function identityIn(text: string): string {
  try {
    return tokenId(text)
  } catch (thrown) {
    if (isFailure(thrown)) return text
    throw thrown
  }
}

function collisionOf(symbol: string, bearers: number, largest: readonly Token[]): TokenSearch['collisions'][number] {
  const catalogued = largest.filter(({ catalogueId }) => catalogueId !== null)
  const meant = catalogued.length > 0 ? seriousOf(catalogued) : []
  const only = meant.length === 1 ? meant[0]!.id : null
  const why = only
    ? `of ${bearers} tokens that are called ${symbol} only one has a market cap to speak of`
    : meant.length > 1
      ? `${meant.length} tokens that are called ${symbol} may be meant: name one by its identity`
      : `none of the ${bearers} tokens that are called ${symbol} is of the catalogue, and anybody may call a contract so`
  return { symbol, bearers, ids: largest.map(({ id }) => id), resolvesTo: only, why }
}
