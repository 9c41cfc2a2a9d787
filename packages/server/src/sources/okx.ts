import { seconds, type Bar, type Candles, type Interval } from '@pumpiq/domain'
import { z } from 'zod'
import type { Heard, VendorError } from '../network/asked.ts'
import { closedBy, closedCandles, Decimal, faultOfBars, looksSwapped } from './bars.ts'
import { okxPerpetual } from './okx-perpetual.ts'
import { faultOfInstant, PriceText, quoteOf } from './quote.ts'
import { checkLimit, tickerOf, type CandlesAsk, type PriceAsk, type Source } from './source.ts'

const host = 'https://www.okx.com'
const rowsAtMost = 300
/** A full page of older candles held 100 rows in former years: fewer than that is the end. */
const olderRowsAtLeast = 100

/** Case matters, and a plain `1D` begins at 16:00 UTC. */
const bars: Readonly<Record<Interval, string>> = {
  '1m': '1m',
  '5m': '5m',
  '15m': '15m',
  '1h': '1H',
  '4h': '4H',
  '1d': '1Dutc',
}

const Millis = z
  .string()
  .regex(/^\d{1,16}$/, 'expected epoch ms in a string')
  .transform(Number)

/** [ts ms, open, high, low, close, base volume (of spot), volume in currency, quote volume, confirm]: all strings. */
const Row = z
  .tuple([Millis, Decimal, Decimal, Decimal, Decimal, Decimal, Decimal, Decimal, z.enum(['0', '1'])])
  .rest(z.unknown())
  .transform(([openAt, open, high, low, close, volume, , quoteVolume, confirm]) => ({
    bar: { openAt, open, high, low, close, volume },
    quoteVolume,
    closed: confirm === '1',
  }))
const Rows = z.object({ data: z.array(Row) })
type Rows = z.output<typeof Rows>

const Ticker = z.object({ data: z.tuple([z.object({ instId: z.string(), last: PriceText, ts: Millis })]) })

export const okx: Source = {
  id: 'okx',
  docs: 'https://www.okx.com/docs-v5/en/#order-book-trading-market-data',
  key: 'none',
  // 40 in 2 s for candles, 20 in 2 s for older ones.
  budget: { calls: 18, perMs: seconds(2) },
  throttledMs: seconds(2),
  readError,
  feeds: { candles, price },
  watches: [okxPerpetual],
}

async function candles(ask: CandlesAsk): Promise<Candles> {
  const { interval, limit, now } = ask
  checkLimit(limit)
  const pair = `${tickerOf(okx.id, ask.symbol)}-USDT`
  const pages: Bar[][] = []
  let found = 0
  let end = now
  let before: number | null = null
  for (let more = true; more && found < limit;) {
    const count = before === null ? Math.min(rowsAtMost, limit + 1) : rowsAtMost
    const rows = await page(ask, pair, before, count)
    if (before === null) end = closedBy(now, rows)
    const { data } = rows.body
    const closed = data.flatMap((row) => (row.closed ? [row.bar] : [])).toReversed()
    pages.unshift(closed)
    found += closed.length
    more = data.length >= (before === null ? count : olderRowsAtLeast)
    before = data.at(-1)?.bar.openAt ?? null
  }
  return closedCandles(`${okx.id}:${pair}:${interval}`, interval, pages.flat(), limit, end)
}

/** One page, newest first: the newest candles, or those before an instant, which another path keeps. */
function page({ interval, now, get, abort }: CandlesAsk, pair: string, before: number | null, count: number) {
  const path = before === null ? 'candles' : 'history-candles'
  const after = before === null ? '' : `&after=${before}`
  const query = `instId=${encodeURIComponent(pair)}&bar=${bars[interval]}&limit=${count}${after}`
  const check = ({ data }: Rows, heard: Heard) =>
    faultOfBars(
      data.map(({ bar }) => bar),
      heard,
      { interval, order: 'falling', now },
    ) ??
    (before !== null && data.some(({ bar }) => bar.openAt >= before)
      ? `a row at or after ${before} was not asked for`
      : null) ??
    (looksSwapped(data) ? 'base and quote volume have changed places' : null)
  return get.timed(`${host}/api/v5/market/${path}?${query}`, Rows, { check, abort })
}

async function price({ symbol, get, abort }: PriceAsk) {
  const pair = `${tickerOf(okx.id, symbol)}-USDT`
  const check = ({ data: [ticker] }: z.output<typeof Ticker>, heard: Heard) =>
    ticker.instId === pair ? faultOfInstant(ticker.ts, heard) : 'the answer is of another instrument'
  const url = `${host}/api/v5/market/ticker?instId=${encodeURIComponent(pair)}`
  const answer = await get.timed(url, Ticker, { check, abort })
  const [ticker] = answer.body.data
  return quoteOf(okx.id, pair, ticker.last, answer, ticker.ts)
}

const ErrorBody = z.object({ code: z.string().regex(/^\d{1,6}$/) })

/** `{ code, msg }`, with status 200 or 4xx; code 0 is no error. */
function readError(_status: number, body: unknown): VendorError | null {
  const code = ErrorBody.safeParse(body).data?.code
  if (code === undefined || code === '0') return null
  if (code === '51001') return { mishap: 'absent', reason: 'lists no such instrument' }
  if (code === '50011' || code === '50061') return { mishap: 'throttled', reason: 'says that we ask too often' }
  if (/^50(001|004|013|026)$/.test(code)) return { mishap: 'server', reason: `is in trouble (code ${code})` }
  return { mishap: 'refused', reason: `refused the request (code ${code})` }
}
