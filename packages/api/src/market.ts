import { z } from 'zod'
import { IsoInstant, Price, Token } from '@pumpiq/domain'
import { CursorText, page } from './page.ts'

const seen = <Value extends z.ZodType>(value: Value) =>
  z.object({ value, source: z.string(), observedAt: IsoInstant }).nullable()

/** What was last told of a token, each by whom and when it was true. Null is what nobody has told: never 0, never a guess. */
export const TokenMarket = z.object({
  priceUsd: seen(Price),
  marketCapUsd: seen(z.number().nonnegative()),
  /** Of its pools on decentral exchanges. */
  liquidityUsd: seen(z.number().nonnegative()),
  /** Of its pools; of a coin of its own chain, what was traded at the venue that is named. */
  volume24hUsd: seen(z.number().nonnegative()),
  holders: seen(z.number().nonnegative()),
  /** How far its bonding curve is filled, 0 to 100. */
  bondingCurvePct: seen(z.number().min(0).max(100)),
  /** Whether it has left its bonding curve; null too where it never had one. */
  isGraduated: seen(z.boolean()),
  /** When its oldest pool was made, and how long ago that is. */
  createdAt: seen(IsoInstant),
  ageMs: z.number().nonnegative().nullable(),
  change24hPct: seen(z.number()),
  change7dPct: seen(z.number()),
})
export type TokenMarket = z.output<typeof TokenMarket>

export const ListedToken = Token.extend({ market: TokenMarket })
export type ListedToken = z.output<typeof ListedToken>

export const TokenSort = z.enum(['rank', 'marketCap', 'volume', 'liquidity', 'bondingCurve', 'createdAt'])
export type TokenSort = z.output<typeof TokenSort>

export const SortOrder = z.enum(['asc', 'desc'])
export type SortOrder = z.output<typeof SortOrder>

/** Where a page stands, for whoever counts pages. */
export const Pagination = z.object({
  currentPage: z.int().positive(),
  totalPages: z.int().nonnegative(),
  totalItems: z.int().nonnegative(),
  itemsPerPage: z.int().positive(),
  hasNext: z.boolean(),
  hasPrevious: z.boolean(),
})
export type Pagination = z.output<typeof Pagination>

/** `pagination` is null unless a page was asked for by number. */
export const TokenPage = page(ListedToken).extend({ pagination: Pagination.nullable() })
export type TokenPage = z.output<typeof TokenPage>

const usd = z.coerce.number<number>().nonnegative().max(1e15)
const percent = z.coerce.number<number>().min(0).max(100)
const flag = z.stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive' })

/** A chain by our name, or by the short one that wallets use. */
const Chain = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be the name of a chain, such as solana')
  .transform((name) => shortNames[name] ?? name)

const shortNames: Readonly<Record<string, string>> = { bsc: 'binance-smart-chain', polygon: 'polygon-pos' }

/** A token of which a figure is not known passes no bound on it. */
export const tokenFilters = {
  chain: Chain.optional(),
  minMarketCapUsd: usd.optional(),
  maxMarketCapUsd: usd.optional(),
  minLiquidityUsd: usd.optional(),
  minVolume24hUsd: usd.optional(),
  minBondingCurvePct: percent.optional(),
  maxBondingCurvePct: percent.optional(),
  isGraduated: flag.optional(),
}

/** Pages by number end here: whoever goes on takes cursors, which lose and repeat nothing. */
export const pageAtMost = 100

export const tokenOrder = {
  sort: TokenSort.default('rank'),
  /** Largest or newest first unless said; `rank` begins with the largest in `desc`. */
  order: SortOrder.default('desc'),
  page: z.coerce.number<number>().int().min(1).max(pageAtMost).optional(),
}

export const TokenSearch = z.object({
  items: z.array(
    ListedToken.extend({
      /** By what it was found. */
      match: z.enum(['id', 'address', 'symbol', 'name', 'formerSymbol', 'start']),
    }),
  ),
  /**
   * Tickers of the answer that several tokens bear: a ticker is no identity. `ids` are the largest, twenty at most, of `bearers` in all;
   * `resolvesTo` is the one that is meant where the ticker alone is said, null where that would be refused.
   */
  collisions: z.array(
    z.object({
      symbol: z.string(),
      bearers: z.int().positive(),
      ids: z.array(z.string()),
      resolvesTo: z.string().nullable(),
      why: z.string(),
    }),
  ),
})
export type TokenSearch = z.output<typeof TokenSearch>

/** Where a sorted page ended: of which order, at which value (null among those without one) and token. */
export const TokenListPosition = z.object({
  sort: TokenSort,
  order: SortOrder,
  at: z
    .string()
    .regex(/^-?\d{1,40}(\.\d{1,60})?$/)
    .nullable(),
  id: CursorText,
})
export type TokenListPosition = z.output<typeof TokenListPosition>
