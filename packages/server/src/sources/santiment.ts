import { days, hours, minutes, type Token } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import { Instant } from './quote.ts'
import { figuresOf } from './seen.ts'
import type { Source } from './source.ts'
import type { WatchAsk } from './watch.ts'

const Row = z.looseObject({ datetime: Instant, value: z.number().nonnegative() })
type Row = z.output<typeof Row>
const Series = z
  .looseObject({ data: z.looseObject({ getMetric: z.looseObject({ timeseriesDataJson: z.array(Row) }) }) })
  .transform(({ data }) => data.getMetric.timeseriesDataJson)

/** A list of messages with 200, else one text. */
const ErrorBody = z.union([
  z.looseObject({ errors: z.array(z.looseObject({ message: z.string() })).min(1) }),
  z.looseObject({ errors: z.looseObject({ details: z.string() }) }),
])

export const santiment: Source = {
  id: 'santiment',
  docs: 'https://academy.santiment.net/sanapi/',
  // Asked without a key it keeps the last 30 days of what people write to itself.
  key: { header: 'authorization', prefix: 'Apikey ', required: true },
  // The free plan's.
  budget: { calls: 100, perMs: minutes(1) },
  quota: { calls: 1_000, perMs: days(30) },
  throttledMs: minutes(5),
  readError,
  feeds: {},
  watches: [
    { name: 'crowd', kind: 'social', about: 'token', freshMs: hours(24), calls: 2, serves, see: crowd },
    { name: 'addresses', kind: 'onchain', about: 'token', freshMs: hours(24), calls: 1, serves, see: addresses },
  ],
}

/** Its names of coins are mostly the catalogue's; three calls a day for ten coins are nine tenths of the free plan. */
function serves({ marketCapRank, catalogueId }: Token): boolean {
  return marketCapRank !== null && marketCapRank <= 10 && catalogueId !== null && /^[a-z0-9-]{1,80}$/.test(catalogueId)
}

/** Mentions of the last 24 whole hours, and their share of all that is written about coins. */
async function crowd(ask: WatchAsk & { token: Token }) {
  const volume = await metric(ask, 'social_volume_total', '1h')
  const share = await metric(ask, 'social_dominance_total', '1h')
  const day = volume.rows.slice(-24)
  return [
    ...told(ask, volume, {
      mentions1h: day.at(-1)?.value,
      mentions24h: isWholeDay(day) ? day.reduce((sum, { value }) => sum + value, 0) : null,
    }),
    ...told(ask, share, { socialDominanceRatio: share.rows.length > 0 ? share.rows.at(-1)!.value / 100 : null }),
  ]
}

/** Addresses that sent or received on the last whole day. */
async function addresses(ask: WatchAsk & { token: Token }) {
  const active = await metric(ask, 'daily_active_addresses', '1d')
  return told(ask, active, { activeAddresses24h: active.rows.at(-1)?.value })
}

const lengths = { '1h': hours(1), '1d': days(1) } as const

/** One metric of the last days, closed intervals only, oldest first. Each costs one call of the quota, so each is a request of its own. */
async function metric({ token, now, get, abort }: WatchAsk & { token: Token }, name: string, interval: '1h' | '1d') {
  const lengthMs = lengths[interval]
  const query = `{ getMetric(metric: "${name}") { timeseriesDataJson(slug: "${token.catalogueId}", from: "utc_now-3d", to: "utc_now", interval: "${interval}") } }`
  const answer = await get.timed('https://api.santiment.net/graphql', Series, {
    body: { query },
    check: (rows) => faultOfRows(rows, lengthMs),
    abort,
  })
  const rows = answer.body.filter(({ datetime }) => datetime + lengthMs <= now)
  return { rows, fetchedAt: answer.fetchedAt, endAt: (rows.at(-1)?.datetime ?? 0) + lengthMs }
}

type Metric = Awaited<ReturnType<typeof metric>>

const told = (
  { token }: { token: Token },
  { rows, endAt, fetchedAt }: Metric,
  figures: Parameters<typeof figuresOf>[1],
) =>
  rows.length === 0 ? [] : figuresOf({ source: santiment.id, token: token.id, observedAt: endAt, fetchedAt }, figures)

const isWholeDay = (rows: readonly Row[]): boolean =>
  rows.length === 24 && rows.at(-1)!.datetime - rows[0]!.datetime === hours(23)

const faultOfRows = (rows: readonly Row[], lengthMs: number): string | null =>
  rows.some(({ datetime }, i) => i > 0 && datetime - rows[i - 1]!.datetime < lengthMs)
    ? 'the rows are no intervals in order'
    : null

function readError(status: number, body: unknown): VendorError | null {
  const errors = ErrorBody.safeParse(body).data?.errors
  if (!errors) return null
  const said = Array.isArray(errors) ? errors.map(({ message }) => message).join(' ') : errors.details
  if (status === 429 || /rate limit reached/i.test(said))
    return { mishap: 'throttled', reason: 'says that we ask too often' }
  if (/not an existing slug/i.test(said)) return { mishap: 'absent', reason: 'knows no coin of this name' }
  if (status >= 500) return { mishap: 'server', reason: `is in trouble (HTTP ${status})` }
  if (status === 200)
    return { mishap: 'refused', reason: "refused the query: a name it does not know, or days outside the key's plan" }
  return { mishap: 'refused', reason: `refused the key or the request (HTTP ${status})` }
}
