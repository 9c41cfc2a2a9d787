import { seconds, toIso } from '@pumpiq/domain'
import type { Listing } from '../book.ts'
import { shortText } from '../decimals.ts'
import { amountDecimals, tape, type TapeTrade } from '../tape.ts'
import { createBucket } from './answer.ts'
import { objectOf, textsOf, type OpenSession } from './session.ts'

/** Coinbase Advanced Trade, the public channels market_trades and heartbeats: docs.cdp.coinbase.com, WebSocket. */

const heartbeatEveryMs = seconds(1)
/** Who asks for nothing is put out. */
const patienceMs = seconds(5)
/** So much of the past is shown at the beginning. */
const snapshotMs = seconds(30)

type Product = { listing: Listing; nextId: number }

export const openCoinbase: OpenSession = ({ market, clock, url, say, end }) => {
  if (url.pathname !== '/') return null
  const listings = new Map(market.listingsOn('coinbase').map((listing) => [`${listing.token.symbol}-USD`, listing]))
  const openedAt = clock.now()
  const bucket = createBucket({ size: 8, perMs: 8 / seconds(1) })
  const products = new Map<string, Product>()
  let heartbeats = false
  let counter = 0
  let sequence = 0
  let lastAt = openedAt
  let heartbeatAt = -Infinity

  const nanoseconds = (at: number) => toIso(at).replace('Z', '000000Z')
  const tell = (channel: string, events: unknown[]) =>
    say({ channel, client_id: '', timestamp: nanoseconds(clock.now()), sequence_num: sequence++, events })

  /** A trade's number counts the product's trades on this line; the market has no memory that could count them for all. */
  function trade(id: string, product: Product, { at, ticks, units }: TapeTrade, index: number): unknown {
    const { listing } = product
    return {
      product_id: id,
      trade_id: String(product.nextId++),
      price: shortText(ticks, listing.decimals),
      size: shortText(units, amountDecimals(listing)),
      time: toIso(at).replace('Z', '000Z'),
      side: index % 2 === 0 ? 'BUY' : 'SELL',
    }
  }

  function subscribe(ids: readonly string[], now: number): void {
    const fresh = ids.filter((id) => !products.has(id))
    for (const id of fresh) products.set(id, { listing: listings.get(id)!, nextId: Math.floor(now / 500) })
    const events = fresh.map((id) => {
      const product = products.get(id)!
      const before = tape(market, product.listing, now - snapshotMs, lastAt)
      // The newest first, as the venue shows what was before.
      return { type: 'snapshot', trades: before.map((one, i) => trade(id, product, one, i)).toReversed() }
    })
    if (events.length > 0) tell('market_trades', events)
  }

  function refuse(message: string): void {
    say({ type: 'error', message })
  }

  function acknowledge(): void {
    const subscriptions = {
      ...(heartbeats && { heartbeats: ['heartbeats'] }),
      ...(products.size > 0 && { market_trades: [...products.keys()] }),
    }
    tell('subscriptions', [{ subscriptions }])
  }

  return {
    receive(text) {
      const now = clock.now()
      if (!bucket(now)) return end()
      const asked = objectOf(text)
      const { type, channel } = asked ?? {}
      const isOn = type === 'subscribe'
      if (!isOn && type !== 'unsubscribe') return refuse('failure to parse message')
      const ids = textsOf(asked?.['product_ids'] ?? []) ?? []
      if (ids.some((id) => !listings.has(id))) return refuse('failed to subscribe: unknown product')
      if (channel === 'heartbeats') heartbeats = isOn
      else if (channel !== 'market_trades') return refuse('channel is not supported')
      else if (isOn) subscribe(ids, now)
      else for (const id of ids) products.delete(id)
      acknowledge()
    },
    tick() {
      const now = clock.now()
      if (!heartbeats && products.size === 0 && now - openedAt >= patienceMs) return end()
      const trades = [...products].flatMap(([id, product]) =>
        tape(market, product.listing, lastAt, now).map((one, i) => trade(id, product, one, i)),
      )
      lastAt = now
      if (trades.length > 0) tell('market_trades', [{ type: 'update', trades }])
      if (!heartbeats || now - heartbeatAt < heartbeatEveryMs) return
      heartbeatAt = now
      const time = nanoseconds(now).replace('T', ' ').replace('Z', ' +0000 UTC')
      tell('heartbeats', [{ current_time: `${time} m=+${(now - openedAt) / 1_000}`, heartbeat_counter: counter++ }])
    },
  }
}
