import { Failure } from '../words/failure.ts'
import type { Candles } from '../words/candles.ts'
import { bars } from './blocks/parameters.ts'

/** What was traded where. Prices in the candles' unit, volumes in base units. */
export type VolumeProfile = {
  readonly low: number
  readonly high: number
  /** Height of a bin: bin k covers `low + k * step` to `low + (k + 1) * step`. */
  readonly step: number
  readonly volumes: Float64Array
  readonly total: number
  /** The middle of the bin with the most volume (the lowest of equals). */
  readonly pointOfControl: number
  /** The band around it that holds `valueShare` of the volume. */
  readonly valueLow: number
  readonly valueHigh: number
}

const valueShare = 0.7

/**
 * Volume by price over bars `from` (included) to `to` (excluded). Each bar's volume is spread evenly over its range; the value area grows
 * from the point of control by the larger neighbour until it holds 70 %. Market Profile: Steidlmayer, CBOT 1985. Null where nothing was traded.
 */
export function volumeProfile(candles: Candles, from: number, to: number, count = 24): VolumeProfile | null {
  bars('volume profile', 'bins', count, 1, 1_000)
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to && to <= candles.length)) {
    throw new Failure(
      'invalid',
      `volume profile: bars must be a stretch within 0 to ${candles.length}, not ${from} to ${to}`,
    )
  }
  let low = candles.low[from]!
  let high = candles.high[from]!
  let total = 0
  for (let i = from; i < to; i++) {
    low = Math.min(low, candles.low[i]!)
    high = Math.max(high, candles.high[i]!)
    total += candles.volume[i]!
  }
  if (total === 0) return null
  const step = (high - low) / count
  const volumes = new Float64Array(count)
  for (let i = from; i < to; i++)
    spread(volumes, (candles.low[i]! - low) / step, (candles.high[i]! - low) / step, candles.volume[i]!)
  const area = valueArea(volumes, total)
  const price = (edge: number) => (edge >= count ? high : low + edge * step)
  return {
    low,
    high,
    step,
    volumes,
    total,
    pointOfControl: low + (area.peak + 0.5) * step,
    valueLow: price(area.first),
    valueHigh: price(area.last + 1),
  }
}

/** Adds a bar that reaches from `bottom` to `top`, in bins; one without a range goes to the bin it lies in. */
function spread(volumes: Float64Array, bottom: number, top: number, volume: number): void {
  const last = volumes.length - 1
  // A window without any range has a step of 0: 0 / 0, and everything belongs to the first bin.
  const first = Math.min(last, Math.floor(bottom) || 0)
  const end = Math.min(last, Math.floor(top) || 0)
  if (first === end) {
    volumes[first]! += volume
    return
  }
  const density = volume / (top - bottom)
  for (let bin = first; bin <= end; bin++) volumes[bin]! += density * (Math.min(top, bin + 1) - Math.max(bottom, bin))
}

function valueArea(volumes: Float64Array, total: number): { peak: number; first: number; last: number } {
  let peak = 0
  for (let bin = 1; bin < volumes.length; bin++) if (volumes[bin]! > volumes[peak]!) peak = bin
  let first = peak
  let last = peak
  let held = volumes[peak]!
  while (held < valueShare * total && (first > 0 || last < volumes.length - 1)) {
    const below = first > 0 ? volumes[first - 1]! : -1
    const above = last < volumes.length - 1 ? volumes[last + 1]! : -1
    if (below >= above) first--
    else last++
    held += Math.max(below, above)
  }
  return { peak, first, last }
}
