import { add, minutes, type Bar, type Price } from '@pumpiq/domain'
import { minuteOf } from './told.ts'

/** One trade; `id` counts a product's trades without a gap, `at` is epoch ms. */
export type Traded = { id: number; at: number; price: Price; size: Price }

type Minute = { open: Price; high: Price; low: Price; close: Price; volume: Price }

export type Tape = ReturnType<typeof createTape>

/** The trades of one product on one line, and the minutes that they make: only those which were seen whole. */
export function createTape() {
  let wholeFrom: number | null = null
  let closedUntil = 0
  let lastId: number | null = null
  const open = new Map<number, Minute>()

  function breach(nextMinute: number): void {
    if (wholeFrom === null) return
    wholeFrom = Math.max(wholeFrom, nextMinute)
    open.clear()
  }

  return {
    /** What the product trades is told from now on: minutes are whole from the next one on. */
    begin(nextMinute: number): void {
      wholeFrom ??= nextMinute
    },
    /** Something was missed. */
    breach,
    /** A trade that the venue shows at the beginning: it is not told again, so its minute is not whole. */
    seen(id: number, nextMinute: number): void {
      if (lastId !== null && id <= lastId) return
      lastId = id
      wholeFrom = Math.max(wholeFrom ?? 0, nextMinute)
      open.clear()
    },
    /** Trades in the order of their ids. False when it belongs to a minute that was closed already. */
    take({ id, at, price, size }: Traded, nextMinute: number): boolean {
      if (lastId !== null && id <= lastId) return true // told again
      if (lastId !== null && id !== lastId + 1) breach(nextMinute)
      lastId = id
      const minute = minuteOf(at)
      if (minute < closedUntil) {
        breach(nextMinute)
        return false
      }
      if (wholeFrom === null || minute < wholeFrom) return true
      const made = open.get(minute)
      if (!made) {
        open.set(minute, { open: price, high: price, low: price, close: price, volume: size })
        return true
      }
      // Doubles keep the order of prices.
      if (Number(price) > Number(made.high)) made.high = price
      if (Number(price) < Number(made.low)) made.low = price
      made.close = price
      made.volume = add(made.volume, size)
      return true
    },
    /** The minutes that have ended by `end`, epoch ms, oldest first: nothing of theirs is expected any more. */
    close(end: number): Bar[] {
      closedUntil = Math.max(closedUntil, minuteOf(end))
      const ended = [...open.keys()].filter((openAt) => openAt + minutes(1) <= closedUntil).toSorted((a, b) => a - b)
      return ended.map((openAt) => {
        const minute = open.get(openAt)!
        open.delete(openAt)
        return barOf(openAt, minute)
      })
    },
    since: (): number | null => wholeFrom,
  }
}

const barOf = (openAt: number, { open, high, low, close, volume }: Minute): Bar => ({
  openAt,
  open: Number(open),
  high: Number(high),
  low: Number(low),
  close: Number(close),
  volume: Number(volume),
})
