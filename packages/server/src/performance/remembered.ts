import { type Candles, days, firstAtOrAfter, minutes } from '@pumpiq/domain'
import type { CandleStore, Series } from '../evidence/candles.ts'

export type Remembered = { readonly minute: Candles; readonly hour: Candles }

/** What lies further back than is needed is let go once it is so long. */
const spareMs = days(1)

type Held = Remembered & { readonly from: number; readonly to: number }

/** What is read before the first instant needed: the judge looks at the last close before a call. */
const leadMs = minutes(60)

/**
 * The candles of what is followed now, read once and then only what is new: a minute's look at weeks of minutes must not read them all.
 * Everything in it can be read again.
 */
export function createRemembered({ candles }: { candles: CandleStore }) {
  const held = new Map<string, Held>()

  async function load(series: Series, since: number, to: number): Promise<Held> {
    const from = Math.floor((since - leadMs) / minutes(1)) * minutes(1)
    const minute = await candles.read(series, { interval: '1m', from, to })
    const hour = await candles.read(series, { interval: '1h', from, to })
    return { minute, hour, from, to }
  }

  return {
    /** All that is kept of a series from `since` to `to`. */
    async of(key: string, series: Series, since: number, to: number): Promise<Remembered> {
      const known = held.get(key)
      const serves = known && known.from <= since - leadMs && known.from > since - leadMs - spareMs && known.to <= to
      const next = serves ? await extended(known, series, to) : await load(series, since, to)
      held.set(key, next)
      return next
    },
    keepOnly(wanted: ReadonlyMap<string, unknown>): void {
      for (const key of held.keys()) if (!wanted.has(key)) held.delete(key)
    },
    forget: (key: string) => void held.delete(key),
    clear: () => held.clear(),
  }

  async function extended(known: Held, series: Series, to: number): Promise<Held> {
    if (to === known.to) return known
    const more = await candles.read(series, { interval: '1m', from: known.to, to })
    return { ...known, minute: joined(known.minute, more), to }
  }
}

function joined(one: Candles, other: Candles): Candles {
  if (other.length === 0) return one
  const length = firstAtOrAfter(one, other.openAt[0]!) + other.length
  const column = (a: Float64Array, b: Float64Array) => {
    const both = new Float64Array(length)
    both.set(a.subarray(0, length - other.length))
    both.set(b.subarray(0, other.length), length - other.length)
    return both
  }
  return {
    ...one,
    length,
    openAt: column(one.openAt, other.openAt),
    open: column(one.open, other.open),
    high: column(one.high, other.high),
    low: column(one.low, other.low),
    close: column(one.close, other.close),
    volume: column(one.volume, other.volume),
  }
}
