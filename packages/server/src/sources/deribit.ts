import { minutes, seconds, type Observation, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import type { Heard, VendorError } from '../network/asked.ts'
import { assureSame, perpetualFigures } from './perpetual.ts'
import { faultOfInstant } from './quote.ts'
import { figuresOf } from './seen.ts'
import type { Source } from './source.ts'
import type { WatchAsk } from './watch.ts'

const host = 'https://www.deribit.com/api/v2/public'

const PriceUsd = z.number().positive().max(1e15)
const Ticker = z.object({
  result: z.object({
    instrument_name: z.string(),
    timestamp: z.int(),
    mark_price: PriceUsd,
    index_price: PriceUsd,
    /** In USD, as the contract is. */
    open_interest: z.number().nonnegative(),
    funding_8h: z.number().nullish(),
  }),
})

/** [ms, open, high, low, close], oldest first; in percent a year. The newest one is still open. */
const Volatility = z.object({
  result: z.object({
    data: z.array(
      z.tuple([z.int(), z.number(), z.number(), z.number(), z.number().positive().max(2_000)]).rest(z.unknown()),
    ),
  }),
})

/** The coins with a perpetual settled in themselves and an index of volatility. */
const currencies: Readonly<Record<string, string>> = { 'bitcoin:native': 'BTC', 'ethereum:native': 'ETH' }

export const deribit: Source = {
  id: 'deribit',
  docs: 'https://docs.deribit.com/',
  key: 'none',
  // What an address may without an account is not published; other clients ask 20 times a second.
  budget: { calls: 5, perMs: seconds(1) },
  readError,
  feeds: {},
  watches: [
    {
      name: 'perpetual',
      kind: 'technical',
      about: 'token',
      freshMs: minutes(15),
      calls: 2,
      serves: ({ id }) => id in currencies,
      see,
    },
  ],
}

type Ask = WatchAsk & { token: Token }

/** Funding, basis and open interest of the perpetual in dollars, and what options say of the coming month's volatility. */
async function see(ask: Ask): Promise<Observation[]> {
  const currency = currencies[ask.token.id]!
  const [perpetual, volatility] = await Promise.all([ticker(ask, currency), impliedVolatility(ask, currency)])
  return [...perpetual, ...volatility]
}

async function ticker({ token, get, abort }: Ask, currency: string) {
  const name = `${currency}-PERPETUAL`
  const check = ({ result }: z.output<typeof Ticker>, heard: Heard) =>
    result.instrument_name === name ? faultOfInstant(result.timestamp, heard) : 'the answer is of another instrument'
  const { body, fetchedAt } = await get.timed(`${host}/ticker?instrument_name=${name}`, Ticker, { check, abort })
  const { timestamp, mark_price, index_price, open_interest, funding_8h } = body.result
  assureSame(deribit.id, token, index_price)
  const told = { source: deribit.id, token: token.id, observedAt: timestamp, fetchedAt }
  const fundingRatio = funding_8h ?? null
  return [
    ...perpetualFigures(told, { markUsd: mark_price, indexUsd: index_price, fundingRatio, intervalHours: 8 }),
    ...figuresOf(told, { openInterestUsd: open_interest }),
  ]
}

async function impliedVolatility({ token, now, get, abort }: Ask, currency: string) {
  const check = ({ result: { data } }: z.output<typeof Volatility>, heard: Heard) =>
    data.map(([at]) => faultOfInstant(at, heard)).find((fault) => fault !== null) ?? null
  const range = `start_timestamp=${now - minutes(10)}&end_timestamp=${now}&resolution=60`
  const url = `${host}/get_volatility_index_data?currency=${currency}&${range}`
  const { body, fetchedAt } = await get.timed(url, Volatility, { check, abort })
  const last = body.result.data.at(-1)
  if (!last) return []
  const told = { source: deribit.id, token: token.id, observedAt: last[0], fetchedAt }
  return figuresOf(told, { impliedVolatilityRatio: last[4] / 100 })
}

const ErrorBody = z.object({ error: z.object({ code: z.int() }) })

/** JSON-RPC errors, mostly with HTTP 400. */
function readError(_status: number, body: unknown): VendorError | null {
  const code = ErrorBody.safeParse(body).data?.error.code
  if (code === undefined) return null
  if (code === 13020) return { mishap: 'absent', reason: 'lists no such instrument' }
  if (code === 10028) return { mishap: 'throttled', reason: 'says that we ask too often' }
  if (code === 10041) return { mishap: 'server', reason: `is in trouble (code ${code})` }
  return { mishap: 'refused', reason: `refused the request (code ${code})` }
}
