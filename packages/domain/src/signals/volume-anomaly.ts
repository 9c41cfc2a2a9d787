import { clamp } from '../words/numbers.ts'
import type { Signal } from './signal.ts'

/** Candles before the last one that say what is usual; at least half of them must have traded. */
const span = 60
/** Quartiles of a normal distribution lie so many standard deviations apart. */
const quartilesApart = 1.349
const limit = 99

/** How far the last candle's volume is from usual, in logarithms: volumes are skewed, and outliers move neither median nor quartiles. */
export const volumeAnomaly: Signal = {
  id: 'tech.volume-anomaly',
  kind: 'technical',
  unit: 'robust standard deviations of log volume',
  label: 'Volume against usual',
  weight: 0,
  see: 'Iglewicz and Hoaglin 1993, robust z-score, with the quartile range for spread',
  read({ candles: { volume, length } }) {
    const last = volume[length - 1]!
    if (length <= span || last === 0) return null
    const before = volume.subarray(length - 1 - span, length - 1).toSorted()
    const idle = before.findIndex((value) => value > 0)
    const traded = span - idle
    if (idle < 0 || traded < span / 2) return null
    const at = (share: number) => Math.log(before[idle + Math.floor(traded * share)]!)
    const spread = (at(0.75) - at(0.25)) / quartilesApart
    if (!(spread > 0)) return null
    return { value: clamp((Math.log(last) - at(0.5)) / spread, -limit, limit), lean: 0 }
  },
}
