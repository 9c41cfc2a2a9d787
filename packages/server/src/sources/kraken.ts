import { intervals, minutes, seconds, type Bar, type Candles } from '@pumpiq/domain'
import { z } from 'zod'
import type { Heard, VendorError } from '../network/ask.ts'
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
  const { pair, base } = pairOf(ask.symbol)
  const check = (ohlc: Ohlc, heard: Heard) =>
    faultOfPairs(Object.keys(ohlc.pairs), base) ??
    faultOfBars(only(ohlc.pairs), heard, { interval, order: 'rising', now })
  const url = `${host}/0/public/OHLC?pair=${encodeURIComponent(pair)}&interval=${intervals[interval] / minutes(1)}`
  const answer = await ask.get.timed(url, Ohlc, { check, abort: ask.abort })
  const { pairs, lastClosedAt } = answer.body
  // `last` names the newest closed row; the one behind it is still open, however late the answer came.
  const bars = only(pairs).filter(({ openAt }) => openAt <= lastClosedAt)
  return closedCandles(`${kraken.id}:${pair}:${interval}`, interval, bars, limit, closedBy(now, answer))
}

/** The last price; the answer does not say when it was traded, so it is as old as the answer. */
async function price({ symbol, get, abort }: PriceAsk) {
  const { pair, base } = pairOf(symbol)
  const check = ({ result }: z.output<typeof Ticker>) => faultOfPairs(Object.keys(result), base)
  const answer = await get.timed(`${host}/0/public/Ticker?pair=${encodeURIComponent(pair)}`, Ticker, { check, abort })
  const [ticker] = Object.values(answer.body.result)
  return quoteOf(kraken.id, pair, ticker!.c[0], answer)
}

function pairOf(symbol: string): { pair: string; base: string } {
  const ticker = tickerOf(kraken.id, symbol)
  const base = ownTickers[ticker] ?? ticker
  return { pair: `${base}USD`, base }
}

const only = (pairs: Readonly<Record<string, Bar[]>>): Bar[] => Object.values(pairs)[0] ?? []

/** The answer names the pair in one of the venue's own ways: XBTUSD, XXBTZUSD (old assets), XBT/USD. */
function faultOfPairs(names: readonly string[], base: string): string | null {
  if (names.length !== 1) return `the answer is of ${names.length} pairs, not of one`
  const plain = Object.keys(ownTickers).find((ticker) => ownTickers[ticker] === base) ?? base
  const known = [`${base}USD`, `X${base}ZUSD`, `${base}ZUSD`, `${base}/USD`, `${plain}/USD`, `${plain}USD`]
  return known.includes(names[0]!) ? null : 'the answer is of another pair'
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
