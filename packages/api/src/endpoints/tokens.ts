import { z } from 'zod'
import { intervalNames, isFailure, IsoInstant, minutes, price, Price, tokenId, type Interval } from '@pumpiq/domain'
import { endpoint } from '../endpoint.ts'
import { listed, page, paging } from '../page.ts'
import { ListedToken, TokenPage, TokenSearch, tokenFilters, tokenOrder } from '../market.ts'

/** A token by identity, `chain:address`; an EVM address may come in any case. */
export const TokenIdText = z
  .string()
  .max(200)
  .transform((text, context) => {
    try {
      return tokenId(text)
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown
      context.addIssue({ code: 'custom', message: 'must be written chain:address, such as bitcoin:native' })
      return z.NEVER
    }
  })

/** How a person names a token: identity or ticker. A ticker with several serious candidates is a conflict that lists them. */
export const TokenRef = z.string().trim().min(1).max(200)

/** A decimal number of a person's, as text: JSON's own numbers would round it. */
const decimal = (digits: number, decimals: number) =>
  z
    .string()
    .trim()
    .regex(
      new RegExp(`^\\d{1,${digits}}(\\.\\d{1,${decimals}})?$`),
      `must be a decimal number such as "0.00001234", at least 0, with at most ${digits} digits before and ${decimals} behind the point`,
    )
    .transform((text) => price(text))

/** Of tokens, and of dollars: together within what a price can be, however many are added up. */
export const Amount = decimal(21, 30)
export const AmountUsd = decimal(12, 30)

/** A word to oneself, on one line. */
export const Note = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .refine((text) => !/\p{Cc}/u.test(text), 'must be text without control characters')

/** PostgreSQL keeps no NUL in a text and refuses to look for one. */
const Search = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((text) => !text.includes('\0'), 'must be text without NUL characters')

/** A closed candle. `ts` is the epoch ms of its open, volume in base units; `minutes` of trading are known of it, and nothing is filled in. */
export const HistoryCandle = z.object({
  ts: z.int().nonnegative(),
  open: Price,
  high: Price,
  low: Price,
  close: Price,
  volume: Price,
  minutes: z.int().positive(),
})
export type HistoryCandle = z.output<typeof HistoryCandle>

const column = z.array(z.number().nullable())

/** Indicators at each candle, of it and those before it; null while one warms up. */
export const TechnicalSeries = z.object({
  rsi14: column,
  ema20: column,
  macd: column,
  macdSignal: column,
  macdHistogram: column,
  bollingerUpper: column,
  bollingerMiddle: column,
  bollingerLower: column,
  atr14: column,
})
export type TechnicalSeries = z.output<typeof TechnicalSeries>

/** What one source, which `sources` names, last told within each candle; null where it told nothing: nothing is carried on. */
export const OnchainSeries = z.object({
  sources: z.record(z.string(), z.string()),
  holders: column,
  top10Ratio: column,
  liquidityUsd: column,
  volume24hUsd: column,
  buys24h: column,
  sells24h: column,
  whaleNet24hUsd: column,
  curveProgressRatio: column,
})
export type OnchainSeries = z.output<typeof OnchainSeries>

/** Documents that came within each candle: 50 is neutral, each voice counts once, what looks like a fraud does not. */
export const SentimentSeries = z.object({
  news: column,
  social: column,
  newsDocuments: z.array(z.int().nonnegative()),
  socialDocuments: z.array(z.int().nonnegative()),
})
export type SentimentSeries = z.output<typeof SentimentSeries>

export const SeriesKind = z.enum(['technical', 'onchain', 'sentiment'])
export type SeriesKind = z.output<typeof SeriesKind>

export const TokenHistory = page(HistoryCandle).extend({
  token: z.string(),
  interval: z.enum(intervalNames as readonly [Interval, ...Interval[]]),
  /** The venue they are from, one for all pages: the one most is known of in the span. Null where nothing is kept. */
  source: z.string().nullable(),
  /** Why there are none, or null. */
  why: z.string().nullable(),
  /** What `include` asked for, each column as long as `items` and in its order; null where nothing was. */
  series: z
    .object({
      technical: TechnicalSeries.nullable(),
      onchain: OnchainSeries.nullable(),
      sentiment: SentimentSeries.nullable(),
    })
    .nullable(),
})
export type TokenHistory = z.output<typeof TokenHistory>

/** How many tokens may be asked of at once. */
export const mostSparklines = 100

/** A picture of where each price went: closes at equal steps, oldest first, null where nothing is known of a step. */
export const Sparklines = z.object({
  interval: z.enum(intervalNames as readonly [Interval, ...Interval[]]),
  /** In the order they were asked for. */
  items: z.array(
    z.object({
      token: z.string(),
      /** Null where no closed candle is kept of the span. */
      closes: z.array(Price.nullable()).nullable(),
      /** The one venue they are from. */
      source: z.string().nullable(),
      /** When the last of the candles closed. */
      lastAt: IsoInstant.nullable(),
    }),
  ),
})
export type Sparklines = z.output<typeof Sparklines>

const SparkTokens = z
  .string()
  .max(mostSparklines * 200)
  .transform((text) => [...new Set(text.split(',').map((name) => name.trim()))])
  .pipe(z.array(TokenIdText).min(1).max(mostSparklines))

export const tokens = {
  list: endpoint({
    method: 'GET',
    path: '/tokens',
    access: 'public',
    summary:
      'Tokens of the catalogue with what is known of their markets, largest first; `q` looks for how symbol, name and address begin.',
    query: z.strictObject({ q: Search.optional(), ...tokenFilters, ...tokenOrder, ...paging(100, 25) }),
    reply: TokenPage,
    cacheMs: minutes(1),
  }),
  search: endpoint({
    method: 'GET',
    path: '/tokens/search',
    access: 'public',
    summary:
      'Tokens by identity, address, ticker or name, the surest first, and which of their tickers several tokens bear.',
    query: z.strictObject({ q: Search, limit: z.coerce.number<number>().int().min(1).max(50).default(10) }),
    reply: TokenSearch,
    cacheMs: minutes(1),
  }),
  sparklines: endpoint({
    method: 'GET',
    path: '/tokens/sparklines',
    access: 'public',
    summary:
      'Closes of the last closed candles of many tokens, for small pictures, each of the venue most is known of.',
    query: z.strictObject({
      /** Identities with commas between, 100 at most. One that is not known has no closes. */
      tokens: SparkTokens,
      points: z.coerce.number<number>().int().min(2).max(168).default(48),
      interval: z.enum(['5m', '15m', '1h']).default('1h'),
    }),
    reply: Sparklines,
    cacheMs: minutes(1),
  }),
  one: endpoint({
    method: 'GET',
    path: '/tokens/:id',
    access: 'public',
    summary: 'One token by its identity, `chain:address`, with what is known of its market, by whom and since when.',
    params: z.object({ id: TokenIdText }),
    reply: ListedToken,
    cacheMs: minutes(1),
  }),
  history: endpoint({
    method: 'GET',
    path: '/tokens/:id/history',
    access: 'public',
    summary: 'Closed candles of a token that are kept, newest first, of the venue most is known of.',
    params: z.object({ id: TokenIdText }),
    query: z.strictObject({
      interval: z.enum(intervalNames as readonly [Interval, ...Interval[]]).default('1h'),
      /** What is told beside the candles: `technical,onchain,sentiment`. */
      include: listed(SeriesKind).optional(),
      /** The first open, included. */
      from: IsoInstant.optional(),
      /** The last open, not included. */
      to: IsoInstant.optional(),
      ...paging(1_000, 500),
    }),
    reply: TokenHistory,
    cacheMs: minutes(1),
  }),
}
