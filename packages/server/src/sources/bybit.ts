import { minutes, seconds, type Bar, type Candles, type Interval } from '@pumpiq/domain'
import { z } from 'zod'
import type { Heard, VendorError } from '../network/asked.ts'
import { closedBy, closedCandles, Decimal, faultOfBars, looksSwapped } from './bars.ts'
import { bybitPerpetual } from './bybit-perpetual.ts'
import { faultOfInstant, PriceText, quoteOf } from './quote.ts'
import { checkLimit, tickerOf, type CandlesAsk, type PriceAsk, type Source } from './source.ts'

const host = 'https://api.bybit.com'
const rowsAtMost = 1_000

const words: Readonly<Record<Interval, string>> = {
  '1m': '1',
  '5m': '5',
  '15m': '15',
  '1h': '60',
  '4h': '240',
  '1d': 'D',
}

const Millis = z
  .string()
  .regex(/^\d{1,16}$/, 'expected epoch ms in a string')
  .transform(Number)

/** [start ms, open, high, low, close, base volume, turnover in quote]: all strings. */
const Row = z
  .tuple([Millis, Decimal, Decimal, Decimal, Decimal, Decimal, Decimal])
  .rest(z.unknown())
  .transform(([openAt, open, high, low, close, volume, quoteVolume]) => ({
    bar: { openAt, open, high, low, close, volume },
    quoteVolume,
  }))
const Rows = z.object({ result: z.object({ category: z.literal('spot'), symbol: z.string(), list: z.array(Row) }) })
type Rows = z.output<typeof Rows>

const Ticker = z.object({
  result: z.object({
    category: z.literal('spot'),
    list: z.tuple([z.object({ symbol: z.string(), lastPrice: PriceText })]),
  }),
  time: z.int(),
})

export const bybit: Source = {
  id: 'bybit',
  docs: 'https://bybit-exchange.github.io/docs/v5/market/kline',
  key: 'none',
  // 600 in 5 s an address; we stay far below, for who goes beyond is shut out for ten minutes.
  budget: { calls: 100, perMs: seconds(5) },
  throttledMs: minutes(10),
  readError,
  feeds: { candles, price },
  watches: [bybitPerpetual],
}

async function candles(ask: CandlesAsk): Promise<Candles> {
  const { interval, limit, now } = ask
  checkLimit(limit)
  const pair = `${tickerOf(bybit.id, ask.symbol)}USDT`
  const pages: Bar[][] = []
  let end = now
  let before: number | null = null
  // One more than wanted: the newest row is the candle that is still open.
  for (let missing = limit + 1; missing > 0;) {
    const count = Math.min(rowsAtMost, missing)
    const rows = await page(ask, pair, before, count)
    if (before === null) end = closedBy(now, rows)
    const bars = rows.body.result.list.map(({ bar }) => bar).toReversed()
    pages.unshift(bars)
    missing = bars.length < count ? 0 : missing - count
    before = bars[0]?.openAt ?? null
  }
  return closedCandles(`${bybit.id}:${pair}:${interval}`, interval, pages.flat(), limit, end)
}

/** One page, newest first: the newest candles, or those before an instant. */
function page({ interval, now, get, abort }: CandlesAsk, pair: string, before: number | null, count: number) {
  const until = before === null ? '' : `&end=${before - 1}`
  const query = `category=spot&symbol=${encodeURIComponent(pair)}&interval=${words[interval]}&limit=${count}${until}`
  const check = ({ result: { symbol, list } }: Rows, heard: Heard) =>
    (symbol === pair ? null : 'the answer is of another symbol') ??
    faultOfBars(
      list.map(({ bar }) => bar),
      heard,
      { interval, order: 'falling', now },
    ) ??
    (before !== null && list.some(({ bar }) => bar.openAt >= before)
      ? `a row at or after ${before} was not asked for`
      : null) ??
    (looksSwapped(list) ? 'base and quote volume have changed places' : null)
  return get.timed(`${host}/v5/market/kline?${query}`, Rows, { check, abort })
}

/** The last price; the answer does not say when it was traded, so it is as old as the venue says the answer is. */
async function price({ symbol, get, abort }: PriceAsk) {
  const pair = `${tickerOf(bybit.id, symbol)}USDT`
  const check = ({ result, time }: z.output<typeof Ticker>, heard: Heard) =>
    result.list[0].symbol === pair ? faultOfInstant(time, heard) : 'the answer is of another symbol'
  const url = `${host}/v5/market/tickers?category=spot&symbol=${encodeURIComponent(pair)}`
  const answer = await get.timed(url, Ticker, { check, abort })
  return quoteOf(bybit.id, pair, answer.body.result.list[0].lastPrice, answer, answer.body.time)
}

const ErrorBody = z.object({ retCode: z.int(), retMsg: z.string().optional() })

/** `{ retCode, retMsg }` with status 200 or 403; code 0 is no error. One code stands for every bad parameter: the word tells which. */
function readError(_status: number, body: unknown): VendorError | null {
  const { retCode: code, retMsg = '' } = ErrorBody.safeParse(body).data ?? {}
  if (code === undefined || code === 0) return null
  if (code === 10001 && /symbol/i.test(retMsg)) return { mishap: 'absent', reason: 'lists no such symbol' }
  if (code === 10006 || code === 10018) return { mishap: 'throttled', reason: 'says that we ask too often' }
  if (code === 10000 || code === 10016) return { mishap: 'server', reason: `is in trouble (code ${code})` }
  if (code === 10009 || code === 10024) return { mishap: 'refused', reason: `does not serve our region (code ${code})` }
  return { mishap: 'refused', reason: `refused the request (code ${code})` }
}
