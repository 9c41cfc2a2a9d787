import { type Candles, days, firstAtOrAfter, minutes } from '@pumpiq/domain'
import type { Tx } from '../db/db.ts'
import { createCandleStore } from '../evidence/candles.ts'
import type { Group } from './open-calls.ts'

export type Remembered = { readonly minute: Candles; readonly hour: Candles }

/** What lies further back than is needed is let go once it is so long. */
const spareMs = days(1)

/** Minutes of all series together that are kept at hand, some 100 MB: those not asked for longest are let go first. */
const mostMinutes = 2_000_000

type Held = Remembered & { readonly from: number; readonly to: number }

/** What is read before the first instant needed: the judge looks at the last close before a call. */
const leadMs = minutes(60)

/**
 * The candles of what was judged lately, read once and then only what is new: a look at weeks of minutes must not read them all. Everything
 * in it can be read again.
 */
export function createRemembered() {
  /** In the order in which they were last asked for. */
  const held = new Map<string, Held>()

  return {
    /** All that is kept of a series from its oldest call on to `to`, by a transaction that may have written some of it. */
    async of(group: Group, to: number, tx: Tx): Promise<Remembered> {
      const { key, since } = group
      const known = held.get(key)
      const serves = known && known.from <= since - leadMs && known.from > since - leadMs - spareMs && known.to <= to
      const next = serves ? await extended(known, group, to, tx) : await load(group, to, tx)
      held.delete(key)
      held.set(key, next)
      let minutesHeld = 0
      for (const { minute } of held.values()) minutesHeld += minute.length
      for (const [other, { minute }] of held) {
        if (minutesHeld <= mostMinutes || other === key) break
        held.delete(other)
        minutesHeld -= minute.length
      }
      return next
    },
    keepOnly(wanted: (key: string) => boolean): void {
      for (const key of held.keys()) if (!wanted(key)) held.delete(key)
    },
    forget: (key: string) => void held.delete(key),
    clear: () => held.clear(),
  }
}

async function load(group: Group, to: number, tx: Tx): Promise<Held> {
  const candles = createCandleStore({ db: tx })
  const from = Math.floor((group.since - leadMs) / minutes(1)) * minutes(1)
  const minute = await candles.read(group, { interval: '1m', from, to })
  const hour = await candles.read(group, { interval: '1h', from, to })
  return { minute, hour, from, to }
}

async function extended(known: Held, group: Group, to: number, tx: Tx): Promise<Held> {
  if (to === known.to) return known
  const more = await createCandleStore({ db: tx }).read(group, { interval: '1m', from: known.to, to })
  return { ...known, minute: joined(known.minute, more), to }
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
