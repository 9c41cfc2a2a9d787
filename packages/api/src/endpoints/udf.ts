import { z } from 'zod'
import { hours } from '@pumpiq/domain'
import { endpoint } from '../endpoint.ts'

/** How wide a bar is, in the words of the protocol: minutes, or days. */
export const UdfResolution = z.enum(['1', '5', '15', '60', '240', '1D', 'D'])
export type UdfResolution = z.output<typeof UdfResolution>

/** The protocol tells failures with HTTP 200. */
const UdfFailure = z.object({ s: z.literal('error'), errmsg: z.string() })

const Named = z.object({ value: z.string(), name: z.string() })

export const UdfConfig = z.object({
  supported_resolutions: z.array(z.string()),
  supports_search: z.literal(true),
  supports_group_request: z.literal(false),
  supports_marks: z.literal(false),
  supports_timescale_marks: z.literal(false),
  supports_time: z.literal(true),
  exchanges: z.array(Named.extend({ desc: z.string() })),
  symbols_types: z.array(Named),
})

export const UdfSymbol = z.object({
  name: z.string(),
  /** The token's identity: what charts ask with from then on. */
  ticker: z.string(),
  description: z.string(),
  type: z.literal('crypto'),
  session: z.literal('24x7'),
  timezone: z.literal('Etc/UTC'),
  exchange: z.string(),
  listed_exchange: z.string(),
  minmov: z.literal(1),
  pricescale: z.int().positive(),
  has_intraday: z.literal(true),
  has_daily: z.literal(true),
  has_weekly_and_monthly: z.literal(false),
  supported_resolutions: z.array(z.string()),
  volume_precision: z.int(),
  data_status: z.literal('streaming'),
  format: z.literal('price'),
})
export type UdfSymbol = z.output<typeof UdfSymbol>

const UdfFound = z.object({
  symbol: z.string(),
  full_name: z.string(),
  description: z.string(),
  exchange: z.string(),
  ticker: z.string(),
  type: z.literal('crypto'),
})

const Column = z.array(z.number())
/** Times are whole seconds, rising. */
export const UdfHistory = z.union([
  z.object({ s: z.literal('ok'), t: z.array(z.int()), o: Column, h: Column, l: Column, c: Column, v: Column }),
  /** `nextTime` is the open of the closest earlier bar; absent where there is none. */
  z.object({ s: z.literal('no_data'), nextTime: z.int().optional() }),
  UdfFailure,
])
export type UdfHistory = z.output<typeof UdfHistory>

const Symbol = z.string().trim().min(1).max(200)
const Seconds = z.coerce.number().int().min(-8.64e12).max(8.64e12)

/** TradingView's Universal Data Feed over the candles that are kept. Charts send members that we do not know; they are let pass. */
export const udf = {
  config: endpoint({
    method: 'GET',
    path: '/udf/config',
    access: 'public',
    summary: 'What this datafeed can do, in the words of TradingView’s UDF protocol.',
    reply: UdfConfig,
    cacheMs: hours(1),
  }),
  symbols: endpoint({
    method: 'GET',
    path: '/udf/symbols',
    access: 'public',
    summary: 'One token by identity or ticker, as a symbol of the UDF protocol.',
    query: z.object({ symbol: Symbol }),
    reply: z.union([UdfSymbol, UdfFailure]),
  }),
  search: endpoint({
    method: 'GET',
    path: '/udf/search',
    access: 'public',
    summary: 'Tokens by symbol, name or address, as symbols of the UDF protocol.',
    query: z.object({
      query: z.string().trim().max(100).default(''),
      type: z.string().max(40).default(''),
      exchange: z.string().max(40).default(''),
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    reply: z.array(UdfFound),
  }),
  history: endpoint({
    method: 'GET',
    path: '/udf/history',
    access: 'public',
    summary: 'Closed candles that are kept, as columns of the UDF protocol, oldest first.',
    query: z.object({
      symbol: Symbol,
      resolution: UdfResolution,
      from: Seconds,
      to: Seconds,
      countback: z.coerce.number().int().min(1).max(10_000).optional(),
    }),
    reply: UdfHistory,
  }),
  time: endpoint({
    method: 'GET',
    path: '/udf/time',
    access: 'public',
    summary: 'The server’s clock, in seconds.',
    reply: z.int(),
  }),
}
