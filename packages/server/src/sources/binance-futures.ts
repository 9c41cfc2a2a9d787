import { days, minutes, type Observation, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import type { Answer, Heard, VendorError } from '../network/asked.ts'
import {
  assureSame,
  contractsOf,
  firstListed,
  MaybeSigned,
  MillisLike,
  perpetualFigures,
  PriceNumber,
  servesPerpetual,
  type Contract,
} from './perpetual.ts'
import { Decimal } from './bars.ts'
import { faultOfInstant } from './quote.ts'
import { figuresOf, type Told } from './seen.ts'
import type { Source } from './source.ts'
import type { WatchAsk } from './watch.ts'

const host = 'https://fapi.binance.com'

const Premium = z.object({
  symbol: z.string(),
  markPrice: PriceNumber,
  indexPrice: PriceNumber,
  lastFundingRate: MaybeSigned,
  time: z.int(),
})
/** Lists only what has another interval than the usual one. */
const FundingInfo = z.array(z.object({ symbol: z.string(), fundingIntervalHours: z.int().min(1).max(24).nullish() }))
const usualIntervalHours = 8

const Interest = z.object({ symbol: z.string(), openInterest: Decimal, time: z.int() })
const Interests = z.array(z.object({ symbol: z.string(), sumOpenInterest: PriceNumber, timestamp: MillisLike }))
const Accounts = z.array(z.object({ symbol: z.string(), longShortRatio: Decimal, timestamp: MillisLike }))
/** Does not name its symbol. */
const Takers = z.array(z.object({ buySellRatio: Decimal, timestamp: MillisLike }))

const anotherSymbol = 'the answer is of another symbol'

const common = { kind: 'technical', about: 'token', serves: servesPerpetual } as const

export const binanceFutures: Source = {
  id: 'binance-futures',
  docs: 'https://developers.binance.com/docs/derivatives/usds-margined-futures/market-data/rest-api',
  key: 'none',
  // Two of seven calls count to 500 in 5 min an address, three to another 1,000. Spread, for the minute of the weights is the clock's.
  budget: { calls: 100, perMs: minutes(1) },
  throttledMs: minutes(2),
  readError,
  feeds: {},
  watches: [
    { ...common, name: 'perpetual', freshMs: minutes(15), calls: 6, see: seePerpetual },
    { ...common, name: 'positions', freshMs: minutes(30), calls: 7, see: seePositions },
  ],
}

type Ask = WatchAsk & { token: Token }

/** The contract against USDT that has the token's price. */
async function contractOf(ask: Ask) {
  const { symbol } = ask.token
  const contracts = contractsOf(ask.token, `${symbol}USDT`, [
    { name: `1000${symbol}USDT`, coins: 1_000 },
    { name: `1000000${symbol}USDT`, coins: 1_000_000 },
    { name: `1M${symbol}USDT`, coins: 1_000_000 },
  ])
  const { contract, said } = await firstListed(binanceFutures.id, contracts, (one) => premium(ask, one))
  assureSame(binanceFutures.id, ask.token, said.body.indexPrice / contract.coins)
  return { contract, said }
}

/** Funding, basis and open interest. */
async function seePerpetual(ask: Ask): Promise<Observation[]> {
  const { contract, said } = await contractOf(ask)
  const { markPrice, indexPrice, lastFundingRate, time } = said.body
  const [intervalHours, interest] = await Promise.all([interval(ask, contract), openInterest(ask, contract, markPrice)])
  const moment = { markUsd: markPrice, indexUsd: indexPrice, fundingRatio: lastFundingRate, intervalHours }
  return [...perpetualFigures(toldOf(ask, said, time), moment), ...interest]
}

/** How open interest changed in a day, accounts on both sides, and who takes. */
async function seePositions(ask: Ask): Promise<Observation[]> {
  const { contract } = await contractOf(ask)
  const parts = [interestChange(ask, contract), accounts(ask, contract), takers(ask, contract)]
  return (await Promise.all(parts)).flat()
}

const toldOf = ({ token }: Ask, { fetchedAt }: Answer<unknown>, observedAt: number): Told => ({
  source: binanceFutures.id,
  token: token.id,
  observedAt,
  fetchedAt,
})

const about = ({ name }: Contract): string => `symbol=${encodeURIComponent(name)}`

function premium({ get, abort }: Ask, contract: Contract) {
  const check = ({ symbol, time }: z.output<typeof Premium>, heard: Heard) =>
    symbol === contract.name ? faultOfInstant(time, heard) : anotherSymbol
  return get.timed(`${host}/fapi/v1/premiumIndex?${about(contract)}`, Premium, { check, abort })
}

async function interval({ get, abort }: Ask, { name }: Contract): Promise<number | null> {
  const adjusted = await get(`${host}/fapi/v1/fundingInfo`, FundingInfo, { abort })
  const own = adjusted.find(({ symbol }) => symbol === name)
  return own ? (own.fundingIntervalHours ?? null) : usualIntervalHours
}

async function openInterest(ask: Ask, contract: Contract, markUsd: number) {
  const check = ({ symbol, time }: z.output<typeof Interest>, heard: Heard) =>
    symbol === contract.name ? faultOfInstant(time, heard) : anotherSymbol
  const url = `${host}/fapi/v1/openInterest?${about(contract)}`
  const answer = await ask.get.timed(url, Interest, { check, abort: ask.abort })
  return figuresOf(toldOf(ask, answer, answer.body.time), { openInterestUsd: answer.body.openInterest * markUsd })
}

/** The rows of a statistic, oldest first: the newest `limit` periods. */
async function rows<Row extends z.ZodType<{ timestamp: number; symbol?: string }>>(
  ask: Ask,
  contract: Contract,
  query: string,
  Rows: z.ZodArray<Row>,
) {
  const check = (said: z.output<Row>[], heard: Heard) =>
    said.some(({ symbol = contract.name }) => symbol !== contract.name)
      ? anotherSymbol
      : (said.map(({ timestamp }) => faultOfInstant(timestamp, heard)).find((fault) => fault !== null) ?? null)
  const url = `${host}/futures/data/${query}&${about(contract)}`
  const answer = await ask.get.timed(url, Rows, { check, abort: ask.abort })
  return { answer, last: answer.body.at(-1) }
}

/** By how much the open contracts, in coins, became more in a day; nothing for what is younger. */
async function interestChange(ask: Ask, contract: Contract) {
  const { answer, last } = await rows(ask, contract, 'openInterestHist?period=1h&limit=25', Interests)
  const first = answer.body.find(({ timestamp }) => last && timestamp === last.timestamp - days(1))
  if (!last || !first) return []
  return figuresOf(toldOf(ask, answer, last.timestamp), {
    openInterestChange24hRatio: last.sumOpenInterest / first.sumOpenInterest - 1,
  })
}

async function accounts(ask: Ask, contract: Contract) {
  const { answer, last } = await rows(ask, contract, 'globalLongShortAccountRatio?period=5m&limit=1', Accounts)
  return last ? figuresOf(toldOf(ask, answer, last.timestamp), { longShortRatio: last.longShortRatio }) : []
}

async function takers(ask: Ask, contract: Contract) {
  const { answer, last } = await rows(ask, contract, 'takerlongshortRatio?period=1h&limit=1', Takers)
  return last ? figuresOf(toldOf(ask, answer, last.timestamp), { takerBuySellRatio: last.buySellRatio }) : []
}

const ErrorBody = z.object({ code: z.int() })

/** `{ code, msg }` with a 4xx or 5xx status. 451 is a region's, and code 0 with it no success. */
function readError(status: number, body: unknown): VendorError | null {
  const code = status >= 400 ? ErrorBody.safeParse(body).data?.code : undefined
  if (code === undefined) return null
  if (status === 451) return { mishap: 'refused', reason: 'does not serve our region' }
  if (code === -1121) return { mishap: 'absent', reason: 'lists no such symbol' }
  if (code === -1003 || status === 429 || status === 418)
    return { mishap: 'throttled', reason: 'says that we ask too often' }
  if (code === -1007 || code === -1008 || status >= 500)
    return { mishap: 'server', reason: `is in trouble (code ${code})` }
  return { mishap: 'refused', reason: `refused the request (HTTP ${status}, code ${code})` }
}
