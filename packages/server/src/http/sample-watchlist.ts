import { Failure, price, toIso, tokenId } from '@pumpiq/domain'
import type { HandlersOf, WatchedToken } from '@pumpiq/api'

/** A person who watches Bitcoin. */
export function sampleWatchlist(now: number): HandlersOf<'watchlist'> {
  const watched: WatchedToken = {
    id: tokenId('bitcoin:native'),
    symbol: 'BTC',
    name: 'Bitcoin',
    chain: 'bitcoin',
    note: 'after the next halving',
    targetPrice: price('90000'),
    addedAt: toIso(now - 86_400_000),
    price: { value: price('60000'), source: 'binance', at: toIso(now - 30_000), ageMs: 30_000 },
    toTargetPct: 50,
    call: null,
  }
  const own = <T>(id: string, answer: T): T => {
    if (id !== watched.id) throw new Failure('notFound', `you do not watch ${id}`)
    return answer
  }
  return {
    list: () => ({ items: [watched], most: 20 }),
    one: ({ params: { id } }) => own(id, watched),
    add: ({ body: { note = null } }) => ({ made: true, document: { ...watched, note } }),
    change: ({ params: { id } }) => own(id, watched),
    remove: ({ params: { id } }) => own(id, { id }),
  }
}
