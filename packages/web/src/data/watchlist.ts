import type { WatchedToken } from '@pumpiq/api'
import type { Price } from '@pumpiq/domain'
import { useAsked, type Asked } from './asked.ts'
import { client } from './client.ts'

export type Watchlist = { readonly items: readonly WatchedToken[]; readonly most: number }

/** What is watched, newest first, each with its last price and call. */
export const useWatchlist = (): Asked<Watchlist> =>
  useAsked('watchlist', (abort) => client.watchlist.list({}, { abort }), 15_000, ['recommendation'])

/** What one wishes of a watched token; the server says whether a price is one. */
export type Wish = { readonly note: string | null; readonly targetPrice: string | null }

const bodyOf = ({ note, targetPrice }: Wish) => ({ note, targetPrice: targetPrice as Price | null })

export const watch = (token: string, wish: Wish): Promise<WatchedToken> =>
  client.watchlist.add({ body: { token, ...bodyOf(wish) } })

export const changeWatched = (id: string, wish: Wish): Promise<WatchedToken> =>
  client.watchlist.change({ params: { id }, body: bodyOf(wish) })

export const unwatch = (id: string): Promise<unknown> => client.watchlist.remove({ params: { id } })
