import { Failure } from '../words/failure.ts'
import type { Candles } from '../words/candles.ts'
import { clamp } from '../words/numbers.ts'
import { isPivot } from './swings.ts'

/** A band of prices at which the market turned before. Prices in the candles' unit, bars as indices into them. */
export type PriceZone = {
  readonly low: number
  readonly high: number
  /** How many swings turned here, highs and lows. */
  readonly touches: number
  /** Bar of the newest of them. */
  readonly lastTouch: number
  /** 0 to 1: grows with touches, their recency and their volume. */
  readonly strength: number
}

export type ZoneSettings = {
  /** A swing is beyond so many bars on either side; it is known that many bars later. */
  readonly reach: number
  /** The newest so many swings count, and none older than `bars`. */
  readonly swings: number
  readonly bars: number
  /** After so many bars a touch counts half. */
  readonly halfLife: number
}

export const zoneSettings: ZoneSettings = { reach: 5, swings: 64, bars: 1_000, halfLife: 250 }

type Swing = { readonly price: number; readonly bar: number; weight: number }

/**
 * Support and resistance as known at bar `at`: the newest swings confirmed by then, gathered into zones no wider than `width` (price
 * units; half an average true range is usual), lowest first. A touch weighs 0.5 ^ (age / halfLife) times its volume over the mean of the
 * swings' volumes (held to 0.5 .. 2); strength is 1 - exp(-sum / 2). Scale-free in price and volume. Looks back `bars` bars at most,
 * whatever the length of the file. The rule is ours; that clustered turning points hold is measured in Osler 2000, Support for
 * Resistance, FRBNY Economic Policy Review 6(2).
 */
export function zones(candles: Candles, at: number, width: number, settings: ZoneSettings = zoneSettings): PriceZone[] {
  if (!(Number.isInteger(at) && at >= 0 && at < candles.length)) {
    throw new Failure('invalid', `zones: bar must be from 0 to ${candles.length - 1}, not ${at}`)
  }
  if (!(width >= 0)) throw new Failure('invalid', `zones: width must be a price distance of 0 or more, not ${width}`)
  const found = recentSwings(candles, at, settings)
  weigh(found, candles, at, settings)
  const result: PriceZone[] = []
  for (let from = 0, to = 0; from < found.length; from = to) {
    const floor = found[from]!.price
    while (to < found.length && found[to]!.price - floor <= width) to++
    result.push(gather(found, from, to))
  }
  return result
}

/** Newest first into their place by price: for so few an insertion is faster than a sort. */
function recentSwings({ high, low }: Candles, at: number, { reach, swings, bars }: ZoneSettings): Swing[] {
  const found: Swing[] = []
  const keep = (price: number, bar: number) => {
    if (found.length === swings) return
    let slot = found.length
    for (; slot > 0 && found[slot - 1]!.price > price; slot--) found[slot] = found[slot - 1]!
    found[slot] = { price, bar, weight: 1 }
  }
  const oldest = Math.max(reach, at - bars + 1)
  for (let bar = at - reach; bar >= oldest && found.length < swings; bar--) {
    if (isPivot(high, bar, reach, 1)) keep(high[bar]!, bar)
    if (isPivot(low, bar, reach, -1)) keep(low[bar]!, bar)
  }
  return found
}

function weigh(found: readonly Swing[], { volume }: Candles, at: number, { halfLife }: ZoneSettings): void {
  let traded = 0
  for (const { bar } of found) traded += volume[bar]!
  const usual = traded / found.length
  for (const swing of found) {
    const busy = usual > 0 ? clamp(volume[swing.bar]! / usual, 0.5, 2) : 1
    swing.weight = 0.5 ** ((at - swing.bar) / halfLife) * busy
  }
}

function gather(found: readonly Swing[], from: number, to: number): PriceZone {
  let sum = 0
  let lastTouch = 0
  for (let slot = from; slot < to; slot++) {
    sum += found[slot]!.weight
    lastTouch = Math.max(lastTouch, found[slot]!.bar)
  }
  return {
    low: found[from]!.price,
    high: found[to - 1]!.price,
    touches: to - from,
    lastTouch,
    strength: 1 - Math.exp(-sum / 2),
  }
}
