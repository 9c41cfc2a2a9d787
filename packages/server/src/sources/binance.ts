import { intervals, isFailure, minutes, type Bar, type Candles } from '@pumpiq/domain'
import { z } from 'zod'
import type { Heard, VendorError } from '../network/asked.ts'
import { mishapOf, type Mishap } from '../network/mishap.ts'
import { binanceStream } from './binance-stream.ts'
import { closedBy, closedCandles, Decimal, faultOfBars, looksSwapped } from './bars.ts'
import { PriceText, quoteOf } from './quote.ts'
import { checkLimit, tickerOf, type CandlesAsk, type PriceAsk, type Source } from './source.ts'

/** The host that serves public data only comes first; the other one stands in when it cannot be used. */
const hosts = ['https://data-api.binance.vision', 'https://api.binance.com'] as const
const rowsAtMost = 1_000

/** [openTime ms, open, high, low, close, base volume, closeTime ms, quote volume, ...]; numbers are strings. */
const Row = z
  .tuple([z.int(), Decimal, Decimal, Decimal, Decimal, Decimal, z.int(), Decimal])
  .rest(z.unknown())
  .transform(([openAt, open, high, low, close, volume, closeAt, quoteVolume]) => ({
    bar: { openAt, open, high, low, close, volume },
    lengthMs: closeAt - openAt + 1,
    quoteVolume,
  }))
const Klines = z.array(Row)
type Klines = z.output<typeof Klines>

const Ticker = z.object({ symbol: z.string(), price: PriceText })
const ErrorBody = z.object({ code: z.int() })

export const binance: Source = {
  id: 'binance',
  docs: 'https://developers.binance.com/docs/binance-spot-api-docs/rest-api',
  key: 'none',
  // 6,000 weight a minute an address; a call here weighs 2. We stay below half of it.
  budget: { calls: 1_200, perMs: minutes(1) },
  throttledMs: minutes(1),
  readError,
  feeds: { candles, price },
  streams: { candles: binanceStream },
}

async function candles(ask: CandlesAsk): Promise<Candles> {
  const { symbol, interval, limit, now } = ask
  checkLimit(limit)
  const pair = `${tickerOf(binance.id, symbol)}USDT`
  const pages: Bar[][] = []
  let end = now
  let before: number | null = null
  // One more than wanted: the newest row is the candle that is still open.
  for (let missing = limit + 1; missing > 0;) {
    const count = Math.min(rowsAtMost, missing)
    const answer = await page(ask, pair, before, count)
    if (before === null) end = closedBy(now, answer)
    const bars = answer.body.map(({ bar }) => bar)
    pages.unshift(bars)
    missing = bars.length < count ? 0 : missing - count
    before = bars[0]?.openAt ?? null
  }
  return closedCandles(`${binance.id}:${pair}:${interval}`, interval, pages.flat(), limit, end)
}

/** One page, oldest first: the newest candles, or those before an instant. */
function page(ask: CandlesAsk, pair: string, before: number | null, count: number) {
  const range = before === null ? '' : `&endTime=${before - 1}`
  const path = `/api/v3/klines?symbol=${encodeURIComponent(pair)}&interval=${ask.interval}&limit=${count}${range}`
  const check = (rows: Klines, heard: Heard) => faultOfKlines(rows, heard, ask, before)
  return eitherHost((url, effort) => ask.get.timed(url, Klines, { check, ...effort, abort: ask.abort }), path)
}

function faultOfKlines(
  rows: Klines,
  heard: Heard,
  { interval, now }: CandlesAsk,
  before: number | null,
): string | null {
  const bars = rows.map(({ bar }) => bar)
  const fault = faultOfBars(bars, heard, { interval, order: 'rising', now })
  if (fault) return fault
  if (before !== null && bars.some(({ openAt }) => openAt >= before))
    return `a row at or after ${before} was not asked for`
  const lengthMs = intervals[interval]
  if (rows.some((row) => Math.abs(row.lengthMs - lengthMs) > 1))
    return `a row is not a ${interval} candle by its close time`
  return looksSwapped(rows) ? 'base and quote volume have changed places' : null
}

/** The last price; the answer does not say when it was traded, so it is as old as the answer. */
async function price({ symbol, get, abort }: PriceAsk) {
  const pair = `${tickerOf(binance.id, symbol)}USDT`
  const check = (ticker: z.output<typeof Ticker>) => (ticker.symbol === pair ? null : 'the answer is of another symbol')
  const path = `/api/v3/ticker/price?symbol=${encodeURIComponent(pair)}`
  const answer = await eitherHost((url, effort) => get.timed(url, Ticker, { check, ...effort, abort }), path)
  return quoteOf(binance.id, pair, answer.body.price, answer)
}

/** What another host may cure. Limits are an address's, a changed shape is the vendor's, and "not listed" is an answer. */
const hostly: ReadonlySet<Mishap | null> = new Set<Mishap>([
  'timeout',
  'network',
  'server',
  'refused',
  'garbled',
  'open',
])

type Effort = { attempts?: number; timeoutMs?: number }

/** Asks the first host once and not for long; when that host is the trouble, the second one with retries. */
async function eitherHost<T>(ask: (url: string, effort: Effort) => Promise<T>, path: string): Promise<T> {
  try {
    return await ask(hosts[0] + path, { attempts: 1, timeoutMs: 1_500 })
  } catch (thrown) {
    if (!isFailure(thrown) || !hostly.has(mishapOf(thrown))) throw thrown
    return ask(hosts[1] + path, {})
  }
}

/** `{ code, msg }` with a 4xx or 5xx status; codes from the manual's table of errors. */
function readError(status: number, body: unknown): VendorError | null {
  const code = status >= 400 ? ErrorBody.safeParse(body).data?.code : undefined
  if (code === undefined) return null
  if (code === -1121) return { mishap: 'absent', reason: 'lists no such symbol' }
  if (code === -1003) return { mishap: 'throttled', reason: 'says that we ask too often' }
  if (code === -1007 || code === -1008 || status >= 500)
    return { mishap: 'server', reason: `is in trouble (code ${code})` }
  return { mishap: 'refused', reason: `refused the request (HTTP ${status}, code ${code})` }
}
