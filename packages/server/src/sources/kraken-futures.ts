import { minutes, seconds, type Observation, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import type { Heard, VendorError } from '../network/asked.ts'
import { assureSame, perpetualFigures, servesPerpetual } from './perpetual.ts'
import { faultOfInstant, Instant } from './quote.ts'
import { figuresOf } from './seen.ts'
import type { Source } from './source.ts'
import type { WatchAsk } from './watch.ts'

const PriceUsd = z.number().positive().max(1e15)
const Answer = z.object({
  result: z.literal('success'),
  serverTime: Instant,
  ticker: z.object({
    symbol: z.string(),
    markPrice: PriceUsd,
    indexPrice: PriceUsd,
    /** In coins. */
    openInterest: z.number().nonnegative(),
    /** USD for a coin and an hour. */
    fundingRate: z.number().nullish(),
  }),
})

export const krakenFutures: Source = {
  id: 'kraken-futures',
  docs: 'https://docs.kraken.com/api-reference/market-data/get-ticker-by-symbol',
  key: 'none',
  budget: { calls: 3, perMs: seconds(2) },
  readError,
  feeds: {},
  watches: [
    {
      name: 'perpetual',
      kind: 'technical',
      about: 'token',
      freshMs: minutes(15),
      calls: 1,
      serves: servesPerpetual,
      see,
    },
  ],
}

/** Funding (each hour, told as an amount), basis and open interest of the linear perpetual in dollars. */
async function see({ token, get, abort }: WatchAsk & { token: Token }): Promise<Observation[]> {
  const name = `PF_${token.symbol === 'BTC' ? 'XBT' : token.symbol}USD`
  const check = ({ ticker, serverTime }: z.output<typeof Answer>, heard: Heard) =>
    ticker.symbol === name ? faultOfInstant(serverTime, heard) : 'the answer is of another symbol'
  const url = `https://futures.kraken.com/derivatives/api/v3/tickers/${name}`
  const { body, fetchedAt } = await get.timed(url, Answer, { check, abort })
  const { markPrice, indexPrice, openInterest, fundingRate } = body.ticker
  assureSame(krakenFutures.id, token, indexPrice)
  const told = { source: krakenFutures.id, token: token.id, observedAt: body.serverTime, fetchedAt }
  const fundingRatio = fundingRate == null ? null : fundingRate / markPrice
  return [
    ...perpetualFigures(told, { markUsd: markPrice, indexUsd: indexPrice, fundingRatio, intervalHours: 1 }),
    ...figuresOf(told, { openInterestUsd: openInterest * markPrice }),
  ]
}

const ErrorBody = z.object({ result: z.literal('error'), error: z.string().optional() })

/** `{ result: "error", error }`, with any status; 404 is for what is not listed. */
function readError(status: number, body: unknown): VendorError | null {
  const said = ErrorBody.safeParse(body).data
  if (!said) return null
  if (status === 404 || said.error === 'notFound') return { mishap: 'absent', reason: 'lists no such symbol' }
  if (status === 429 || said.error === 'apiLimitExceeded')
    return { mishap: 'throttled', reason: 'says that we ask too often' }
  if (status >= 500 || said.error === 'Server Error' || said.error === 'Unavailable')
    return { mishap: 'server', reason: `is in trouble (HTTP ${status})` }
  return { mishap: 'refused', reason: `refused the request (HTTP ${status})` }
}
