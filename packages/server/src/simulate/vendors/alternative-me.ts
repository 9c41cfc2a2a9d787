import { days } from '@pumpiq/domain'
import { everyMs } from '../market.ts'
import { epochAt } from '../universe.ts'
import { answer, wholeNumber, type Vendor, type VendorNeeds } from './answer.ts'

/** The index of fear and greed: alternative.me/crypto/fear-and-greed-index. */

/** The first day with a month of closes before it. */
const firstAt = epochAt + days(40)
const lookBack = 31

export function createAlternativeMe({ market, clock }: VendorNeeds): Vendor {
  const bitcoin = market.listing(
    'composite',
    market.tokens.find(({ key }) => key === 'bitcoin')!,
  )!

  /** Newest first: each day's value is of the closes before its midnight. */
  function rows(now: number, count: number) {
    const today = now - (now % days(1))
    const from = Math.max(epochAt, today - days(count + lookBack))
    const asked = { listing: bitcoin, frame: everyMs(days(1)), now, limit: Infinity, fill: 'never' } as const
    const closes = market.candles({ ...asked, from, to: today - 1 }).map(({ close }) => close)
    const all = Array.from({ length: count }, (_, back) => ({ at: today - days(back), upTo: closes.length - back }))
    return all.filter(({ at }) => at >= firstAt).map(({ at, upTo }) => ({ at, value: valueOf(closes.slice(0, upTo)) }))
  }

  return function alternativeMe(request) {
    const { pathname, searchParams } = new URL(request.url)
    const now = clock.now()
    const headers = { date: new Date(now).toUTCString() }
    if (!/^\/fng\/?$/.test(pathname))
      return answer({ name: null, data: [], metadata: { error: 'Not found' } }, { status: 404, headers })
    const limit = wholeNumber(searchParams, 'limit') ?? 1
    const whole = Math.ceil((now - firstAt) / days(1))
    const data = rows(now, limit >= 1 ? Math.min(limit, whole) : whole).map(({ at, value }, i) => ({
      value: String(value),
      value_classification: classOf(value),
      timestamp: String(at / 1_000),
      ...(i === 0 && { time_until_update: String(Math.ceil((at + days(1) - now) / 1_000)) }),
    }))
    return answer({ name: 'Fear and Greed Index', data, metadata: { error: null } }, { headers })
  }
}

/** From 0 to 100 by the returns of a week and a month. */
function valueOf(closes: readonly number[]): number {
  const back = (count: number) => Math.log(closes.at(-1)! / closes.at(-1 - count)!)
  return Math.round(50 + 48 * Math.tanh(2.5 * back(7) + 1.5 * back(30)))
}

const classOf = (value: number): string =>
  value < 25 ? 'Extreme Fear' : value < 47 ? 'Fear' : value < 55 ? 'Neutral' : value < 76 ? 'Greed' : 'Extreme Greed'
