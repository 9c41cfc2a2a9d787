import {
  candlesOf,
  days,
  followedOf,
  judge,
  minutes,
  outcomeOf,
  planOf,
  type Candles,
  type Outcome,
  type Recommendation,
} from '@pumpiq/domain'
import { everyMs, createMarket, type Market } from '../simulate/market.ts'
import { venues, type Venue } from '../simulate/universe.ts'
import type { World } from './world.ts'

/** Binance, OKX and Bybit tell quiet minutes as flat candles, Coinbase not at all, Kraken also while it is halted: by their manuals. */
const fills = { binance: 'quiet', okx: 'quiet', bybit: 'quiet', coinbase: 'never', kraken: 'always' } as const

/** Every minute that the venue will ever tell of a call's horizon, taken from the market itself, past every connector and store. */
export function wholeHistory(market: Market, document: Recommendation, source: string) {
  const venue = venues.find((one) => one === source) as Venue
  const listing = market.listingsOn(venue).find(({ token }) => token.symbol === document.symbol)!
  const from = Date.parse(document.issuedAt) - minutes(60)
  const to = Date.parse(document.expiresAt) + days(3)
  const fill = fills[venue]
  return candlesFrom(market, { listing, frameMs: minutes(1), from, to, last: to - minutes(1), fill })
}

type Wanted = {
  listing: ReturnType<Market['listingsOn']>[number]
  frameMs: number
  from: number
  /** Everything is known that closes by then. */
  to: number
  /** The last open. */
  last: number
  fill: (typeof fills)[keyof typeof fills]
}

/** What a venue tells of a listing, in units of the quote and the base. */
export function candlesFrom(market: Market, { listing, frameMs, from, to, last, fill }: Wanted): Candles {
  const rows = market.candles({ listing, frame: everyMs(frameMs), now: to, from, to: last, limit: 1e6, fill })
  const unit = 10 ** listing.decimals
  return candlesOf(
    'oracle',
    frameMs,
    rows.map(({ openAt, open, high, low, close, volume }) => ({
      openAt,
      open: open / unit,
      high: high / unit,
      low: low / unit,
      close: close / unit,
      volume: volume / 10 ** listing.lotDecimals,
    })),
  )
}

/** How a call ends when all minutes are judged at once, long after. */
export function oracle(market: Market, document: Recommendation, source: string): Outcome {
  const candles = wholeHistory(market, document, source)
  const plan = planOf(followedOf(document))
  return outcomeOf(judge(plan, candles, { costs: document.costs }), candles, plan.issuedAt)
}

export const marketOf = (seed: number): Market => createMarket({ seed })

/** Every stored call that is followed, with its outcome's versions. */
export async function followed(world: World) {
  const found = []
  let cursor: string | undefined
  do {
    const { items, next } = await world.client.recommendations.list({
      query: { limit: 100, ...(cursor && { cursor }) },
    })
    for (const item of items) {
      if (item.abstained !== null) continue
      const document = await world.client.recommendations.one({ params: { id: item.id } })
      const outcome = await world.client.recommendations.outcome({ params: { id: item.id } })
      found.push({ document, short: item.outcome, ...outcome })
    }
    cursor = next ?? undefined
  } while (cursor !== undefined)
  return found
}

/** Time passes in steps; after each the tracker looks. */
export async function pass(world: World, ms: number, stepMs: number): Promise<void> {
  for (let left = ms; left > 0; left -= stepMs) {
    await world.time.advance(Math.min(stepMs, left))
    await world.until(world.app.tracker.round())
  }
}
