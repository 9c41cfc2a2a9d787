import { intervals, seconds, toIso, type Bar, type Candles, type Interval } from '@pumpiq/domain'
import { z } from 'zod'
import type { Heard, VendorError } from '../network/asked.ts'
import { aggregate } from './aggregate.ts'
import { closedBy, closedCandles, faultOfBars } from './bars.ts'
import { coinbaseStream } from './coinbase-stream.ts'
import { faultOfInstant, Instant, PriceText, quoteOf } from './quote.ts'
import { checkLimit, tickerOf, type CandlesAsk, type PriceAsk, type Source } from './source.ts'

const host = 'https://api.exchange.coinbase.com'
const rowsAtMost = 300

/** The venue has no 4-hour candles: they are made of hours. */
const askedInterval = (interval: Interval): Interval => (interval === '4h' ? '1h' : interval)

/** [time s, low, high, open, close, base volume]: numbers, in this order. */
const Row = z
  .tuple([z.int(), z.number(), z.number(), z.number(), z.number(), z.number()])
  .rest(z.unknown())
  .transform(([time, low, high, open, close, volume]): Bar => ({
    openAt: time * 1_000,
    open,
    high,
    low,
    close,
    volume,
  }))
const Rows = z.array(Row)
const Ticker = z.object({ price: PriceText, time: Instant })

export const coinbase: Source = {
  id: 'coinbase',
  docs: 'https://docs.cdp.coinbase.com/exchange/reference',
  key: 'none',
  // 10 a second an address, bursts to 15: two windows of 7 that touch stay below.
  budget: { calls: 7, perMs: seconds(1) },
  throttledMs: seconds(1),
  readError,
  feeds: { candles, price },
  streams: { candles: coinbaseStream },
}

/**
 * Intervals without a trade have no row and stay gaps; at least the newest `limit` intervals are asked for. The first page is asked
 * without a range, which gives the newest rows; the pages behind it by windows.
 */
async function candles(ask: CandlesAsk): Promise<Candles> {
  const { symbol, interval, limit, now } = ask
  checkLimit(limit)
  const pair = `${tickerOf(coinbase.id, symbol)}-USD`
  const wideMs = intervals[interval]
  const stepMs = intervals[askedInterval(interval)]
  const firstOpenAt = now - (now % wideMs) - limit * wideMs
  const newest = await page(ask, pair, null)
  const pages = [newest.body.toReversed()]
  let to = (pages[0]![0]?.openAt ?? 0) - stepMs
  while (to >= firstOpenAt) {
    const from = Math.max(firstOpenAt, to - (rowsAtMost - 1) * stepMs)
    const older = await page(ask, pair, { from, to })
    // The venue may send rows from before the start.
    pages.unshift(older.body.filter(({ openAt }) => openAt >= from && openAt <= to).toReversed())
    to = from - stepMs
  }
  const rows = pages.flat()
  const bars = aggregate(rows, wideMs)
  // A wide candle whose first hours lie before what was asked would be half of one.
  const whole = rows[0] && rows[0].openAt % wideMs !== 0 ? bars.slice(1) : bars
  return closedCandles(`${coinbase.id}:${pair}:${interval}`, interval, whole, limit, closedBy(now, newest))
}

/** One page, newest first. */
function page({ interval, now, get, abort }: CandlesAsk, pair: string, range: { from: number; to: number } | null) {
  const step = askedInterval(interval)
  const window = range ? `&start=${toIso(range.from)}&end=${toIso(range.to)}` : ''
  const check = (rows: Bar[], heard: Heard) => faultOfBars(rows, heard, { interval: step, order: 'falling', now })
  const url = `${host}/products/${encodeURIComponent(pair)}/candles?granularity=${intervals[step] / seconds(1)}${window}`
  return get.timed(url, Rows, { check, abort })
}

async function price({ symbol, get, abort }: PriceAsk) {
  const pair = `${tickerOf(coinbase.id, symbol)}-USD`
  const check = (ticker: z.output<typeof Ticker>, heard: Heard) => faultOfInstant(ticker.time, heard)
  const answer = await get.timed(`${host}/products/${encodeURIComponent(pair)}/ticker`, Ticker, { check, abort })
  return quoteOf(coinbase.id, pair, answer.body.price, answer, answer.body.time)
}

/** `{ message }` with the status that means it. */
function readError(status: number): VendorError | null {
  return status === 404 ? { mishap: 'absent', reason: 'lists no such pair' } : null
}
