import { intervals, minutes, seconds, type Bar, type Candles } from '@pumpiq/domain'
import { z } from 'zod'
import type { Heard, VendorError } from '../network/asked.ts'
import { closedBy, closedCandles, Decimal, faultOfBars } from './bars.ts'
import { PriceText, quoteOf } from './quote.ts'
import { checkLimit, tickerOf, type CandlesAsk, type PriceAsk, type Source } from './source.ts'

const host = 'https://api.kraken.com'

/** [time s, open, high, low, close, vwap, base volume, count]; numbers but time and count are strings. */
const Row = z
  .tuple([z.int(), Decimal, Decimal, Decimal, Decimal, Decimal, Decimal])
  .rest(z.unknown())
  .transform(([time, open, high, low, close, , volume]): Bar => ({
    openAt: time * 1_000,
    open,
    high,
    low,
    close,
    volume,
  }))

const Ohlc = z
  .object({ result: z.object({ last: z.int() }).catchall(z.array(z.unknown())) })
  .transform(({ result }) => {
    const { last, ...pairs } = result
    return { lastClosedAt: last * 1_000, pairs }
  })
  .pipe(z.object({ lastClosedAt: z.int(), pairs: z.record(z.string(), z.array(Row)) }))
type Ohlc = z.output<typeof Ohlc>

const Ticker = z.object({ result: z.record(z.string(), z.object({ c: z.tuple([PriceText]).rest(z.unknown()) })) })

/** The venue's own tickers. */
const ownTickers: Readonly<Record<string, string>> = { BTC: 'XBT', DOGE: 'XDG' }

export const kraken: Source = {
  id: 'kraken',
  docs: 'https://docs.kraken.com/api/docs/rest-api/get-ohlc-data',
  key: 'none',
  budget: { calls: 1, perMs: seconds(1) },
  throttledMs: seconds(5),
  readError,
  feeds: { candles, price },
}

/**
 * The newest 720 at most: the venue keeps no more. Intervals without a trade come filled (the last price, volume 0) and are kept as they
 * are: the venue says that it was open and nobody traded, which a gap would not say, and volume 0 marks them.
 */
async function candles(ask: CandlesAsk): Promise<Candles> {
  const { interval, limit, now } = ask
  checkLimit(limit)
  const base = baseOf(ask.symbol)
  const check = ({ pairs }: Ohlc, heard: Heard) => {
    const found = inDollars(pairs, base)
    return found ? faultOfBars(found.value, heard, { interval, order: 'rising', now }) : anotherPair
  }
  const url = `${host}/0/public/OHLC?pair=${encodeURIComponent(base)}USD&interval=${intervals[interval] / minutes(1)}`
  const answer = await ask.get.timed(url, Ohlc, { check, abort: ask.abort })
  const { pair, value } = inDollars(answer.body.pairs, base)!
  // `last` names the newest closed row; the one behind it is still open, however late the answer came.
  const bars = value.filter(({ openAt }) => openAt <= answer.body.lastClosedAt)
  return closedCandles(`${kraken.id}:${pair}:${interval}`, interval, bars, limit, closedBy(now, answer))
}

/** The last price; the answer does not say when it was traded, so it is as old as the answer. */
async function price({ symbol, get, abort }: PriceAsk) {
  const base = baseOf(symbol)
  const check = ({ result }: z.output<typeof Ticker>) => (inDollars(result, base) ? null : anotherPair)
  const url = `${host}/0/public/Ticker?pair=${encodeURIComponent(base)}USD`
  const answer = await get.timed(url, Ticker, { check, abort })
  const { pair, value } = inDollars(answer.body.result, base)!
  return quoteOf(kraken.id, pair, value.c[0], answer)
}

function baseOf(symbol: string): string {
  const ticker = tickerOf(kraken.id, symbol)
  return ownTickers[ticker] ?? ticker
}

const anotherPair = 'the answer is of another pair'

/**
 * The base's dollar pair among those of the answer, which names pairs in one of the venue's own ways: XBTUSD, XXBTZUSD (old assets),
 * XBT/USD, BTC/USD. A pair against a dollar coin is taken where it is what the venue gives, and keeps its own name.
 */
function inDollars<T>(pairs: Readonly<Record<string, T>>, base: string): { pair: string; value: T } | null {
  const plain = Object.keys(ownTickers).find((ticker) => ownTickers[ticker] === base) ?? base
  for (const quote of ['USD', 'USDT', 'USDC']) {
    const names = [`X${base}Z`, base, plain, `${base}Z`, `${base}/`, `${plain}/`].map((start) => start + quote)
    const name = names.find((known) => Object.hasOwn(pairs, known))
    if (name !== undefined) return { pair: base + quote, value: pairs[name]! }
  }
  return null
}

const ErrorBody = z.object({ error: z.array(z.string()).min(1) })

/** Errors come with status 200 in `error`, as `ESection:Text`; what begins with W is a warning. */
function readError(_status: number, body: unknown): VendorError | null {
  const error = ErrorBody.safeParse(body).data?.error.find((text) => text.startsWith('E'))
  if (error === undefined) return null
  if (error.startsWith('EQuery:Unknown asset pair')) return { mishap: 'absent', reason: 'lists no such pair' }
  if (/^(EAPI:Rate limit|EGeneral:Too many requests|EGeneral:Temporary lockout)/.test(error)) {
    return { mishap: 'throttled', reason: 'says that we ask too often' }
  }
  if (/^E(Service|General:Internal)/.test(error)) return { mishap: 'server', reason: 'says that it is not available' }
  return { mishap: 'refused', reason: `refused the request (${/^E[A-Za-z]{1,20}/.exec(error)?.[0] ?? 'E'})` }
}
