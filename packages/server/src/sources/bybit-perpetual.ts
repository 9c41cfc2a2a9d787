import { days, minutes, type Observation, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import type { Heard } from '../network/asked.ts'
import {
  assureSame,
  contractsOf,
  firstListed,
  MaybeDecimal,
  MaybeSigned,
  MillisLike,
  notListed,
  perpetualFigures,
  PriceNumber,
  servesPerpetual,
  type Contract,
} from './perpetual.ts'
import { faultOfInstant } from './quote.ts'
import { figuresOf } from './seen.ts'
import type { Watch, WatchAsk } from './watch.ts'

const source = 'bybit'
const host = 'https://api.bybit.com/v5/market'

const Tickers = z.object({
  result: z.object({
    list: z.array(
      z.object({
        symbol: z.string(),
        markPrice: PriceNumber,
        indexPrice: PriceNumber,
        fundingRate: MaybeSigned,
        fundingIntervalHour: z
          .string()
          .regex(/^\d{0,2}$/)
          .transform((text) => (Number(text) > 0 ? Number(text) : null))
          .nullish(),
        openInterest: MaybeDecimal,
        singleOpenInterest: MaybeDecimal.nullish(),
      }),
    ),
  }),
  time: z.int(),
})

const Ratios = z.object({
  result: z.object({
    list: z.array(
      z.object({ symbol: z.string(), buyRatio: PriceNumber, sellRatio: PriceNumber, timestamp: MillisLike }),
    ),
  }),
})

const Interests = z.object({
  result: z.object({
    symbol: z.string(),
    list: z.array(z.object({ openInterest: PriceNumber, timestamp: MillisLike })),
  }),
})

const anotherSymbol = 'the answer is of another symbol'

/** Funding, open interest, basis and the accounts on both sides, of the perpetual against USDT. */
export const bybitPerpetual: Watch = {
  name: 'perpetual',
  kind: 'technical',
  about: 'token',
  freshMs: minutes(15),
  calls: 7,
  serves: servesPerpetual,
  async see(ask) {
    const contracts = contractsOf(ask.token, `${ask.token.symbol}USDT`, multiplesOf(ask.token))
    const { contract, said } = await firstListed(source, contracts, (one) => ticker(ask, one))
    assureSame(source, ask.token, said.row.indexPrice / contract.coins)
    const [ratio, change] = await Promise.all([accounts(ask, contract), interestChange(ask, contract)])
    return [...momentOf(ask.token, said), ...ratio, ...change]
  },
}

/** The venue writes the number in front, or behind as with SHIB1000. */
const multiplesOf = ({ symbol }: Token): Contract[] => [
  { name: `1000${symbol}USDT`, coins: 1_000 },
  { name: `${symbol}1000USDT`, coins: 1_000 },
  { name: `10000${symbol}USDT`, coins: 10_000 },
  { name: `1000000${symbol}USDT`, coins: 1_000_000 },
]

async function ticker({ get, abort }: WatchAsk, { name }: Contract) {
  const check = ({ result, time }: z.output<typeof Tickers>, heard: Heard) =>
    result.list.every(({ symbol }) => symbol === name) ? faultOfInstant(time, heard) : anotherSymbol
  const url = `${host}/tickers?category=linear&symbol=${encodeURIComponent(name)}`
  const { body, fetchedAt } = await get.timed(url, Tickers, { check, abort })
  const [row] = body.result.list
  if (!row) throw notListed(source, name)
  return { row, observedAt: body.time, fetchedAt }
}

function momentOf(token: Token, { row, observedAt, fetchedAt }: Awaited<ReturnType<typeof ticker>>): Observation[] {
  const told = { source, token: token.id, observedAt, fetchedAt }
  // `openInterest` counts both sides of each contract; other venues count one.
  const coins = row.singleOpenInterest ?? (row.openInterest === null ? null : row.openInterest / 2)
  return [
    ...perpetualFigures(told, {
      markUsd: row.markPrice,
      indexUsd: row.indexPrice,
      fundingRatio: row.fundingRate,
      intervalHours: row.fundingIntervalHour ?? null,
    }),
    ...figuresOf(told, { openInterestUsd: coins === null ? null : coins * row.markPrice }),
  ]
}

async function accounts({ token, get, abort }: WatchAsk & { token: Token }, { name }: Contract) {
  const check = ({ result: { list } }: z.output<typeof Ratios>, heard: Heard) =>
    list.every(({ symbol }) => symbol === name) ? faultOfNewest(list, heard) : anotherSymbol
  const url = `${host}/account-ratio?category=linear&symbol=${encodeURIComponent(name)}&period=5min&limit=1`
  const { body, fetchedAt } = await get.timed(url, Ratios, { check, abort })
  return body.result.list
    .slice(0, 1)
    .flatMap(({ buyRatio, sellRatio, timestamp }) =>
      figuresOf(
        { source, token: token.id, observedAt: timestamp, fetchedAt },
        { longShortRatio: buyRatio / sellRatio },
      ),
    )
}

/** By how much the open contracts, in coins, became more in a day; nothing for what is younger. */
async function interestChange({ token, get, abort }: WatchAsk & { token: Token }, { name }: Contract) {
  const check = ({ result: { symbol, list } }: z.output<typeof Interests>, heard: Heard) =>
    symbol === name ? faultOfNewest(list, heard) : anotherSymbol
  const url = `${host}/open-interest?category=linear&symbol=${encodeURIComponent(name)}&intervalTime=1h&limit=25`
  const { body, fetchedAt } = await get.timed(url, Interests, { check, abort })
  const [last] = body.result.list
  const first = body.result.list.find(({ timestamp }) => last && timestamp === last.timestamp - days(1))
  if (!last || !first) return []
  return figuresOf(
    { source, token: token.id, observedAt: last.timestamp, fetchedAt },
    { openInterestChange24hRatio: last.openInterest / first.openInterest - 1 },
  )
}

/** Lists come newest first. */
const faultOfNewest = ([newest]: readonly { timestamp: number }[], heard: Heard): string | null =>
  newest ? faultOfInstant(newest.timestamp, heard) : null
