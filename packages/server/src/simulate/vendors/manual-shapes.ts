import { z } from 'zod'

/** What the vendors' manuals promise, for tests: strict, so that a key too many or a number for a text is seen. */

const decimal = z.string().regex(/^-?\d+(\.\d+)?$/)
const eight = z.string().regex(/^-?\d+\.\d{8,}$/)
const epochMs = z.number().int().min(1.4e12).max(5e12)
const epochS = z.number().int().min(1.5e9).max(5e9)

/** Rows whose times rise (1) or fall (-1) strictly. */
const ordered = (rows: readonly (readonly unknown[])[], direction: 1 | -1): boolean =>
  rows.every((row, i) => i === 0 || direction * (Number(row[0]) - Number(rows[i - 1]![0])) > 0)

export const binance = {
  klines: z
    .array(
      z.tuple([
        epochMs,
        eight,
        eight,
        eight,
        eight,
        eight,
        epochMs,
        eight,
        z.number().int(),
        eight,
        eight,
        z.literal('0'),
      ]),
    )
    .refine((rows) => ordered(rows, 1)),
  price: z.strictObject({ symbol: z.string(), price: eight }),
  error: z.strictObject({ code: z.number().int().negative(), msg: z.string() }),
  mini: z.strictObject({
    symbol: z.string(),
    openPrice: eight,
    highPrice: eight,
    lowPrice: eight,
    lastPrice: eight,
    volume: eight,
    quoteVolume: eight,
    openTime: epochMs,
    closeTime: epochMs,
    firstId: z.number().int(),
    lastId: z.number().int(),
    count: z.number().int(),
  }),
  exchangeInfo: z.object({
    timezone: z.literal('UTC'),
    serverTime: epochMs,
    rateLimits: z.array(
      z.strictObject({ rateLimitType: z.string(), interval: z.string(), intervalNum: z.number(), limit: z.number() }),
    ),
    exchangeFilters: z.tuple([]),
    symbols: z.array(
      z.looseObject({
        symbol: z.string(),
        status: z.enum(['TRADING', 'BREAK', 'HALT', 'END_OF_DAY']),
        baseAsset: z.string(),
        quoteAsset: z.string(),
        baseAssetPrecision: z.number(),
        orderTypes: z.array(z.string()),
        isSpotTradingAllowed: z.boolean(),
        filters: z.array(z.looseObject({ filterType: z.string() })),
      }),
    ),
  }),
}
export const binanceFull = binance.mini.extend({
  priceChange: eight,
  priceChangePercent: z.string().regex(/^-?\d+\.\d{3}$/),
  weightedAvgPrice: eight,
  prevClosePrice: eight,
  lastQty: eight,
  bidPrice: eight,
  bidQty: eight,
  askPrice: eight,
  askQty: eight,
})

export const coinbase = {
  /** Time in seconds, low, high, open, close, volume: numbers, newest first. */
  candles: z
    .array(z.tuple([epochS, z.number(), z.number(), z.number(), z.number(), z.number()]))
    .refine((rows) => ordered(rows, -1))
    .refine((rows) =>
      rows.every(([, low, high, open, close]) => low <= Math.min(open, close) && high >= Math.max(open, close)),
    ),
  ticker: z.object({
    ask: decimal,
    bid: decimal,
    volume: decimal,
    trade_id: z.union([z.number().int(), z.string()]),
    price: decimal,
    size: decimal,
    time: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
  }),
  error: z.strictObject({ message: z.string() }),
  time: z.strictObject({ iso: z.iso.datetime(), epoch: z.number() }),
  product: z.strictObject({
    id: z.string().regex(/^[A-Z0-9]+-USD$/),
    base_currency: z.string(),
    quote_currency: z.literal('USD'),
    quote_increment: decimal,
    base_increment: decimal,
    display_name: z.string(),
    min_market_funds: decimal,
    margin_enabled: z.boolean(),
    post_only: z.boolean(),
    limit_only: z.boolean(),
    cancel_only: z.boolean(),
    status: z.enum(['online', 'offline', 'internal', 'delisted']),
    status_message: z.string(),
    trading_disabled: z.boolean(),
    fx_stablecoin: z.boolean(),
    max_slippage_percentage: decimal,
    auction_mode: z.boolean(),
    high_bid_limit_percentage: z.string(),
  }),
}

const krakenAnswer = <Result extends z.ZodType>(result: Result) => z.strictObject({ error: z.tuple([]), result })
const pair = <Value extends z.ZodType>(value: Value) => z.tuple([value, value])
export const kraken = {
  failure: z.strictObject({ error: z.tuple([z.string().regex(/^E[A-Z][A-Za-z]+:/)]) }),
  /** Time in seconds, open, high, low, close, vwap, volume, count; oldest first. */
  rows: z
    .array(z.tuple([epochS, decimal, decimal, decimal, decimal, decimal, eight, z.number().int()]))
    .max(721)
    .refine((rows) => ordered(rows, 1)),
  ohlc: krakenAnswer(z.record(z.string(), z.union([z.array(z.array(z.unknown())), epochS]))),
  ticker: krakenAnswer(
    z.record(
      z.string(),
      z.strictObject({
        a: z.tuple([decimal, decimal, decimal]),
        b: z.tuple([decimal, decimal, decimal]),
        c: pair(decimal),
        v: pair(decimal),
        p: pair(decimal),
        t: pair(z.number().int()),
        l: pair(decimal),
        h: pair(decimal),
        o: decimal,
      }),
    ),
  ),
  time: krakenAnswer(
    z.strictObject({ unixtime: epochS, rfc1123: z.string().regex(/^\w{3}, \d\d \w{3} \d\d \d\d:\d\d:\d\d \+0000$/) }),
  ),
  assetPairs: krakenAnswer(
    z.record(
      z.string(),
      z.looseObject({
        altname: z.string(),
        wsname: z.string().regex(/^[A-Z0-9]+\/[A-Z]+$/),
        base: z.string(),
        quote: z.string(),
        pair_decimals: z.number().int(),
        lot_decimals: z.number().int(),
        ordermin: decimal,
        costmin: decimal,
        tick_size: decimal,
        status: z.string(),
      }),
    ),
  ),
}

const okxAnswer = <Row extends z.ZodType>(row: Row) =>
  z.strictObject({ code: z.literal('0'), msg: z.literal(''), data: z.array(row) })
const msText = z.string().regex(/^\d{13}$/)
export const okx = {
  candles: okxAnswer(
    z.tuple([msText, decimal, decimal, decimal, decimal, decimal, decimal, decimal, z.enum(['0', '1'])]),
  ).refine(({ data }) => ordered(data, -1)),
  ticker: okxAnswer(
    z.strictObject({
      instType: z.string(),
      instId: z.string(),
      last: decimal,
      lastSz: decimal,
      askPx: decimal,
      askSz: decimal,
      bidPx: decimal,
      bidSz: decimal,
      open24h: decimal,
      high24h: decimal,
      low24h: decimal,
      volCcy24h: decimal,
      vol24h: decimal,
      ts: msText,
      sodUtc0: decimal,
      sodUtc8: decimal,
    }),
  ),
  failure: z.strictObject({ code: z.string().regex(/^5\d{4}$/), msg: z.string().min(1), data: z.tuple([]) }),
}

const bybitAnswer = <Result extends z.ZodType>(result: Result) =>
  z.strictObject({
    retCode: z.literal(0),
    retMsg: z.literal('OK'),
    result,
    retExtInfo: z.strictObject({}),
    time: z.int(),
  })
export const bybit = {
  candles: bybitAnswer(
    z.strictObject({
      category: z.literal('spot'),
      symbol: z.string(),
      list: z.array(z.tuple([msText, decimal, decimal, decimal, decimal, decimal, decimal])),
    }),
  ).refine(({ result }) => ordered(result.list, -1)),
  ticker: bybitAnswer(
    z.strictObject({
      category: z.literal('spot'),
      list: z.array(
        z.strictObject({
          symbol: z.string(),
          bid1Price: decimal,
          bid1Size: decimal,
          ask1Price: decimal,
          ask1Size: decimal,
          lastPrice: decimal,
          prevPrice24h: decimal,
          price24hPcnt: z.string().regex(/^-?\d+(\.\d+)?$/),
          highPrice24h: decimal,
          lowPrice24h: decimal,
          turnover24h: decimal,
          volume24h: decimal,
          usdIndexPrice: decimal,
        }),
      ),
    }),
  ),
  failure: z.strictObject({
    retCode: z.int().positive(),
    retMsg: z.string().min(1),
    result: z.strictObject({}),
    retExtInfo: z.strictObject({}),
    time: z.int(),
  }),
}

const number = z.number().nullable()
export const coingecko = {
  ping: z.strictObject({ gecko_says: z.literal('(V3) To the Moon!') }),
  markets: z.array(
    z.looseObject({
      id: z.string(),
      symbol: z.string().regex(/^[^A-Z]+$/),
      name: z.string(),
      image: z.url(),
      current_price: number,
      market_cap: number,
      market_cap_rank: z.number().int().positive().nullable(),
      fully_diluted_valuation: number,
      total_volume: number,
      high_24h: number,
      low_24h: number,
      price_change_24h: number,
      price_change_percentage_24h: number,
      market_cap_change_24h: number,
      market_cap_change_percentage_24h: number,
      circulating_supply: number,
      total_supply: number,
      max_supply: number,
      ath: number,
      ath_change_percentage: number,
      ath_date: z.iso.datetime(),
      atl: number,
      atl_change_percentage: number,
      atl_date: z.iso.datetime(),
      roi: z.null(),
      last_updated: z.iso.datetime(),
    }),
  ),
  list: z.array(
    z.strictObject({
      id: z.string(),
      symbol: z.string(),
      name: z.string(),
      platforms: z.record(z.string(), z.string()).optional(),
    }),
  ),
  platforms: z.array(
    z.strictObject({
      id: z.string(),
      chain_identifier: z.number().int().nullable(),
      name: z.string(),
      shortname: z.string(),
      native_coin_id: z.string(),
      image: z.strictObject({ thumb: z.url(), small: z.url(), large: z.url() }),
    }),
  ),
  simple: z.record(
    z.string(),
    z.strictObject({
      usd: z.number(),
      usd_market_cap: z.number(),
      usd_24h_vol: z.number(),
      usd_24h_change: z.number(),
      last_updated_at: epochS,
    }),
  ),
  told: z.strictObject({ error: z.string() }),
  nested: z.strictObject({
    error: z.strictObject({
      status: z.strictObject({ timestamp: z.string(), error_code: z.number(), error_message: z.string() }),
    }),
  }),
  coded: z.strictObject({ status: z.strictObject({ error_code: z.number(), error_message: z.string() }) }),
}

const utc = (digits: number) =>
  z.string().regex(new RegExp(`^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{${digits},9}Z$`))

/** Messages of lines. */
export const binanceLine = {
  kline: z.strictObject({
    e: z.literal('kline'),
    E: epochMs,
    s: z.string(),
    k: z.strictObject({
      t: epochMs,
      T: epochMs,
      s: z.string(),
      i: z.string(),
      f: z.int(),
      L: z.int(),
      o: decimal,
      c: decimal,
      h: decimal,
      l: decimal,
      v: decimal,
      n: z.int(),
      x: z.boolean(),
      q: decimal,
      V: decimal,
      Q: decimal,
      B: decimal,
    }),
  }),
  mini: z.strictObject({
    e: z.literal('24hrMiniTicker'),
    E: epochMs,
    s: z.string(),
    c: decimal,
    o: decimal,
    h: decimal,
    l: decimal,
    v: decimal,
    q: decimal,
  }),
  shutdown: z.strictObject({ e: z.literal('serverShutdown'), E: epochMs }),
  done: z.strictObject({ result: z.null(), id: z.int() }),
  list: z.strictObject({ result: z.array(z.string()), id: z.int() }),
  error: z.strictObject({ code: z.int(), msg: z.string() }),
}

const envelope = { client_id: z.string(), timestamp: utc(6), sequence_num: z.int() }
export const coinbaseLine = {
  trades: z.strictObject({
    ...envelope,
    channel: z.literal('market_trades'),
    events: z.array(
      z.strictObject({
        type: z.enum(['snapshot', 'update']),
        trades: z.array(
          z.strictObject({
            trade_id: z.string().regex(/^\d+$/),
            product_id: z.string(),
            price: decimal,
            size: decimal,
            side: z.enum(['BUY', 'SELL']),
            time: utc(6),
          }),
        ),
      }),
    ),
  }),
  heartbeat: z.strictObject({
    ...envelope,
    channel: z.literal('heartbeats'),
    events: z.array(z.strictObject({ current_time: z.string(), heartbeat_counter: z.int() })),
  }),
  subscriptions: z.strictObject({
    ...envelope,
    channel: z.literal('subscriptions'),
    events: z.array(z.strictObject({ subscriptions: z.record(z.string(), z.array(z.string())) })),
  }),
  error: z.strictObject({ type: z.literal('error'), message: z.string() }),
}
