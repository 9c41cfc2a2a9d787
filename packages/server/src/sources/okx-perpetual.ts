import { hours, minutes, type Observation, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import type { Heard } from '../network/asked.ts'
import { Decimal } from './bars.ts'
import {
  assureSame,
  MaybeDecimal,
  MaybeSigned,
  MillisLike,
  notListed,
  perpetualFigures,
  PriceNumber,
  servesPerpetual,
} from './perpetual.ts'
import { faultOfInstant } from './quote.ts'
import { figuresOf } from './seen.ts'
import type { Watch, WatchAsk } from './watch.ts'

const source = 'okx'
const host = 'https://www.okx.com/api/v5'

const Index = z.object({ instId: z.string(), idxPx: PriceNumber, ts: MillisLike })
const Mark = z.object({ instId: z.string(), markPx: PriceNumber, ts: MillisLike })
/** `fundingTime` is the coming settlement, `nextFundingTime` the one after it. */
const Funding = z.object({
  instId: z.string(),
  fundingRate: MaybeSigned,
  fundingTime: MillisLike,
  nextFundingTime: z.union([MillisLike, z.literal('').transform(() => null)]),
  ts: MillisLike,
})
const Interest = z.object({
  instId: z.string(),
  oiCcy: MaybeDecimal,
  oiUsd: MaybeDecimal.nullish(),
  ts: MillisLike,
})
/** [ts, long over short accounts], newest first. */
const Ratios = z.object({ data: z.array(z.tuple([MillisLike, Decimal]).rest(z.unknown())) })

/** Funding, basis, open interest and the accounts on both sides, of the perpetual against USDT. Contracts of many coins bear no own name here. */
export const okxPerpetual: Watch = {
  name: 'perpetual',
  kind: 'technical',
  about: 'token',
  freshMs: minutes(15),
  calls: 5,
  serves: servesPerpetual,
  async see(ask) {
    const { token } = ask
    const pair = `${token.symbol}-USDT`
    const swap = `${pair}-SWAP`
    const index = await one(ask, `market/index-tickers?instId=${pair}`, pair, Index)
    assureSame(source, token, index.row.idxPx)
    const [mark, funding, interest, ratio] = await Promise.all([
      one(ask, `public/mark-price?instType=SWAP&instId=${swap}`, swap, Mark),
      one(ask, `public/funding-rate?instId=${swap}`, swap, Funding),
      one(ask, `public/open-interest?instType=SWAP&instId=${swap}`, swap, Interest),
      accounts(ask, swap),
    ])
    const { fundingRate, fundingTime, nextFundingTime } = funding.row
    const moment = {
      markUsd: mark.row.markPx,
      indexUsd: index.row.idxPx,
      fundingRatio: fundingRate,
      intervalHours: nextFundingTime === null ? null : intervalOf(nextFundingTime - fundingTime),
    }
    const { oiUsd = null, oiCcy } = interest.row
    return [
      ...perpetualFigures(toldOf(token, funding), moment),
      ...figuresOf(toldOf(token, interest), {
        openInterestUsd: oiUsd ?? (oiCcy === null ? null : oiCcy * mark.row.markPx),
      }),
      ...ratio,
    ]
  },
}

/** Whole hours from 1 to 24; what is none is not known. */
const intervalOf = (ms: number): number | null =>
  ms % hours(1) === 0 && ms > 0 && ms <= hours(24) ? ms / hours(1) : null

const toldOf = (token: Token, { row, fetchedAt }: { row: { ts: number }; fetchedAt: number }) => ({
  source,
  token: token.id,
  observedAt: row.ts,
  fetchedAt,
})

/** The one row of an answer. */
async function one<Row extends z.ZodType<{ instId: string; ts: number }>>(
  { get, abort }: WatchAsk,
  path: string,
  id: string,
  Row: Row,
) {
  const check = ({ data: [row] }: { data: z.output<Row>[] }, heard: Heard) => {
    if (!row) return null
    return row.instId === id ? faultOfInstant(row.ts, heard) : 'the answer is of another instrument'
  }
  const { body, fetchedAt } = await get.timed(`${host}/${path}`, z.object({ data: z.array(Row).max(1) }), {
    check,
    abort,
  })
  const [row] = body.data
  if (!row) throw notListed(source, id)
  return { row, fetchedAt }
}

async function accounts({ token, get, abort }: WatchAsk & { token: Token }, swap: string): Promise<Observation[]> {
  const check = ({ data: [newest] }: z.output<typeof Ratios>, heard: Heard) =>
    newest ? faultOfInstant(newest[0], heard) : null
  const url = `${host}/rubik/stat/contracts/long-short-account-ratio-contract?instId=${swap}&period=5m`
  const { body, fetchedAt } = await get.timed(url, Ratios, { check, abort })
  return body.data
    .slice(0, 1)
    .flatMap(([observedAt, ratio]) =>
      figuresOf({ source, token: token.id, observedAt, fetchedAt }, { longShortRatio: ratio }),
    )
}
