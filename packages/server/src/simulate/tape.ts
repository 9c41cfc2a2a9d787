import { minutes } from '@pumpiq/domain'
import type { Listing } from './book.ts'
import { everyMs, type Market } from './market.ts'
import { begun, type Trades } from './trades.ts'

/** One trade: the price in the listing's ticks, the amount in `amountDecimals` of the token. */
export type TapeTrade = { at: number; ticks: number; units: number }

/** Trades are finer than lots by two decimals, so that the smallest minute can be told in several. */
const finer = 2
export const amountDecimals = ({ lotDecimals }: Listing): number => lotDecimals + finer

/** The parts of a minute at which it is traded: the stops of its way from open over both extremes to close, and some between. */
const parts = [0, 0.15, 0.3, 0.475, 0.65, 0.8, 0.97]
const minute = everyMs(minutes(1))

/** A whole minute as trades: together they have exactly its open, high, low, close and volume. */
function tradesOf(row: Trades): TapeTrade[] {
  const units = row.volume * 10 ** finer
  const each = Math.floor(units / parts.length)
  return parts.map((part, i) => {
    const isLast = i === parts.length - 1
    return {
      at: row.openAt + Math.floor(part * minutes(1)),
      ticks: isLast ? row.close : begun(row, part).close,
      units: isLast ? units - i * each : each,
    }
  })
}

/** What is traded after `from` and up to `to`, oldest first. */
export function tape(market: Market, listing: Listing, from: number, to: number): TapeTrade[] {
  const trades: TapeTrade[] = []
  for (let openAt = minute.startOf(from); openAt <= to; openAt = minute.next(openAt)) {
    const now = minute.next(openAt)
    const [row] = market.candles({ listing, frame: minute, now, from: openAt, to: openAt, limit: 1, fill: 'never' })
    if (row) trades.push(...tradesOf(row).filter(({ at }) => at > from && at <= to))
  }
  return trades
}
