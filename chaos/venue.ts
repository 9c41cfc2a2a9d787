import { type Bar, hours, minutes, priceOf } from '@pumpiq/domain'
import { aggregate } from '../packages/server/src/sources/aggregate.ts'
import type { Walk } from './seeded.ts'
import type { Host } from './upstream.ts'

/** A token that the paper venue lists, with all that it will ever say of it. */
export type Listing = { readonly token: string; readonly symbol: string; readonly walk: Walk }

/** Where the product asks Binance, in its order of preference. */
export const venueHosts = ['data-api.binance.vision', 'api.binance.com'] as const

type Shown = { told: number; bars: Map<number, Bar>; sorted: readonly Bar[] | null }

/** Binance's klines by its manual, over written walks; what it shows of them is moved on by hand. Other pairs are those of `others`. */
export function createVenue(listings: readonly Listing[], others?: Host) {
  const shown = new Map<string, Shown>()
  for (const { symbol } of listings) shown.set(`${symbol}USDT`, { told: 0, bars: new Map(), sorted: null })
  const walks = new Map(listings.map(({ symbol, walk }) => [`${symbol}USDT`, walk]))
  const lastAt = Math.max(...listings.map(({ walk }) => (walk.last.at(-1)?.openAt ?? 0) + minutes(1)))
  let until = 0

  function barsOf(pair: string): readonly Bar[] | null {
    const state = shown.get(pair)
    if (!state) return null
    state.sorted ??= [...state.bars.values()].toSorted((a, b) => a.openAt - b.openAt)
    return state.sorted
  }

  /** Tells what it has to tell up to an instant (epoch ms); Infinity is all. */
  function reveal(to: number): void {
    until = Math.min(to, lastAt)
    for (const [pair, state] of shown) {
      const { told } = walks.get(pair)!
      for (; state.told < told.length && told[state.told]!.at <= to; state.told++) {
        const { bar } = told[state.told]!
        state.bars.set(bar.openAt, bar)
        state.sorted = null
      }
    }
  }

  function klines(query: URLSearchParams) {
    const bars = barsOf(query.get('symbol') ?? '')
    if (!bars) return { status: 400, body: { code: -1121, msg: 'Invalid symbol.' } }
    const interval = query.get('interval') ?? ''
    const lengthMs = lengths[interval]
    if (lengthMs === undefined) return { status: 400, body: { code: -1120, msg: 'Invalid interval.' } }
    const limit = Math.min(1_000, Number(query.get('limit') ?? 500))
    const endAt = Number(query.get('endTime') ?? Infinity)
    const startAt = Number(query.get('startTime') ?? -Infinity)
    const wide =
      lengthMs === minutes(1) ? bars : aggregate(bars, lengthMs).filter(({ openAt }) => openAt + lengthMs <= until)
    const wanted = wide.filter(({ openAt }) => openAt >= startAt && openAt <= endAt)
    const page = startAt === -Infinity ? wanted.slice(-limit) : wanted.slice(0, limit)
    return { status: 200, body: page.map((bar) => rowOf(bar, lengthMs)) }
  }

  const host: Host = (asked) => {
    const url = new URL(asked.path, 'http://venue')
    if (others && !shown.has(url.searchParams.get('symbol') ?? '')) return others(asked)
    if (url.pathname === '/api/v3/klines') return klines(url.searchParams)
    if (url.pathname === '/api/v3/ticker/price') {
      const symbol = url.searchParams.get('symbol') ?? ''
      const last = barsOf(symbol)?.at(-1)
      return last
        ? { status: 200, body: { symbol, price: priceOf(last.close) } }
        : { status: 400, body: { code: -1121, msg: 'Invalid symbol.' } }
    }
    return { status: 404, body: { code: -1100, msg: 'Illegal path.' } }
  }

  return {
    hosts: Object.fromEntries(venueHosts.map((name) => [name, host])),
    reveal,
    revealed: () => until,
  }
}

const lengths: Readonly<Record<string, number>> = {
  '1m': minutes(1),
  '5m': minutes(5),
  '15m': minutes(15),
  '1h': hours(1),
  '4h': hours(4),
  '1d': hours(24),
}

/** Numbers are decimal strings, instants epoch ms. */
const rowOf = ({ openAt, open, high, low, close, volume }: Bar, lengthMs: number) => [
  openAt,
  priceOf(open),
  priceOf(high),
  priceOf(low),
  priceOf(close),
  priceOf(volume),
  openAt + lengthMs - 1,
  priceOf(Number((volume * close).toPrecision(12))),
  Math.ceil(volume),
  priceOf(volume / 2),
  priceOf(Number(((volume * close) / 2).toPrecision(12))),
  '0',
]
