import { days, hours, minutes, seconds, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import { mishapFailure } from '../network/mishap.ts'
import { figuresOf, toldOf } from './seen.ts'
import type { Source } from './source.ts'
import type { WatchAsk } from './watch.ts'

const host = 'https://lunarcrush.com/api4/public'
const Count = z.number().nonnegative()

/** One hour. `time` is its begin in epoch seconds; `sentiment` is percent positive, 50 neutral; `social_dominance` is percent. */
const Hour = z.looseObject({
  time: z
    .int()
    .positive()
    .transform((time) => seconds(time)),
  interactions: Count.nullish(),
  posts_created: Count.nullish(),
  sentiment: z.number().min(0).max(100).nullish(),
  social_dominance: z.number().min(0).max(100).nullish(),
  close: z.number().positive().nullish(),
})
type Hour = z.output<typeof Hour>

const Series = z.looseObject({
  config: z.looseObject({ symbol: z.string(), topic: z.string().min(1).max(100), bucket: z.string().nullish() }),
  data: z.array(Hour),
})
const Topic = z.looseObject({
  config: z.looseObject({ topic: z.string() }),
  data: z.looseObject({ num_contributors: Count.nullish() }),
})

const ErrorBody = z.looseObject({ error: z.string() })

export const lunarcrush: Source = {
  id: 'lunarcrush',
  docs: 'https://lunarcrush.com/developers/api/endpoints',
  key: { header: 'authorization', prefix: 'Bearer ', required: true },
  // The smallest plan's; a larger one is not asked faster.
  budget: { calls: 10, perMs: minutes(1) },
  quota: { calls: 2_000, perMs: days(1) },
  throttledMs: minutes(1),
  readError,
  feeds: {},
  watches: [{ name: 'crowd', kind: 'social', about: 'token', freshMs: hours(1), calls: 2, serves, see: crowd }],
}

function serves({ marketCapRank, symbol }: Token): boolean {
  return marketCapRank !== null && marketCapRank <= 300 && /^[A-Z0-9]{2,12}$/.test(symbol)
}

/** The closed hours of the last day, and how many people wrote in it. */
async function crowd({ token, now, get, abort }: WatchAsk & { token: Token }) {
  const path = `coins/${encodeURIComponent(token.symbol)}/time-series/v2?bucket=hour&interval=1w`
  const series = await get.timed(`${host}/${path}`, Series, {
    check: ({ config, data }) => faultOfSeries(config, data, token),
    abort,
  })
  const closed = series.body.data.filter(({ time }) => time + hours(1) <= now)
  const last = closed.at(-1)
  if (last?.close && isOther(token, last.close))
    throw mishapFailure({ source: lunarcrush.id, mishap: 'absent' }, `means another coin by ${token.symbol}`)
  const { topic } = series.body.config
  const summary = await get.timed(`${host}/topic/${encodeURIComponent(topic)}/v1`, Topic, {
    check: ({ config }) => (config.topic === topic ? null : 'the answer is of another topic'),
    abort,
  })
  const told = { source: lunarcrush.id, token: token.id }
  return [
    ...(last
      ? figuresOf({ ...told, observedAt: last.time + hours(1), fetchedAt: series.fetchedAt }, hourly(closed))
      : []),
    ...figuresOf(toldOf(lunarcrush.id, token.id, summary), { contributors24h: summary.body.data.num_contributors }),
  ]
}

/** A ticker may be another coin's: the catalogue knows the price by identity. */
const isOther = ({ priceUsd }: Token, close: number): boolean =>
  priceUsd !== null && Number(priceUsd) > 0 && Math.abs(Math.log2(close / Number(priceUsd))) > 1

function faultOfSeries(
  { symbol, bucket }: { symbol: string; bucket?: string | null | undefined },
  rows: Hour[],
  token: Token,
) {
  if (symbol.toUpperCase() !== token.symbol) return 'the answer is of another coin'
  if (bucket !== null && bucket !== undefined && bucket !== 'hour') return 'the rows are no hours'
  return rows.some(({ time }, i) => i > 0 && time <= rows[i - 1]!.time) ? 'the rows are out of order' : null
}

/** Sums stand only over a day without a hole. */
function hourly(closed: readonly Hour[]) {
  const last = closed.at(-1)!
  const day = closed.filter(({ time }) => time > last.time - days(1))
  const sum = (of: (hour: Hour) => number | null | undefined): number | null =>
    day.length === 24 && day.every((hour) => typeof of(hour) === 'number')
      ? day.reduce((total, hour) => total + of(hour)!, 0)
      : null
  return {
    mentions1h: last.posts_created,
    mentions24h: sum((hour) => hour.posts_created),
    engagement24h: sum((hour) => hour.interactions),
    socialDominanceRatio: typeof last.social_dominance === 'number' ? last.social_dominance / 100 : null,
    vendorSentiment: typeof last.sentiment === 'number' ? (last.sentiment - 50) / 50 : null,
  }
}

/** A status and `{ error }`. */
function readError(status: number, body: unknown): VendorError | null {
  if (status < 400 || status === 429 || status >= 500 || !ErrorBody.safeParse(body).success) return null
  if (status === 401) return { mishap: 'refused', reason: 'does not know the key' }
  if (status === 402) return { mishap: 'refused', reason: "says that the key's plan does not cover this" }
  if (status === 404) return { mishap: 'absent', reason: 'knows no such coin' }
  return { mishap: 'refused', reason: `refused the request (HTTP ${status})` }
}
