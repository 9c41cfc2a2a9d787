import type { Signal } from './signal.ts'

/** This interval, four and twenty-four of it: of hours also four hours and a day. */
const multiples = [1, 4, 24]
/** Closes that make the average a trend is read against. */
const span = 20
/** Nearer than this share of the price is neither above nor below: the rounding of a sum. */
const level = 1e-9

/** Do the trends of three intervals agree? Coarser candles end at the last known bar, so none of them is unfinished. */
export const timeframes: Signal = {
  id: 'tech.timeframes',
  kind: 'technical',
  unit: 'mean direction of three intervals, -1 to 1',
  label: 'Agreement of timeframes',
  weight: 0,
  see: 'Elder 1993, triple screen; the trend is the close against SMA 20',
  read({ candles: { close, length } }) {
    const [longest = 1] = multiples.toReversed()
    if (length <= (span - 1) * longest) return null
    const directions = multiples.map((every) => {
      let sum = 0
      for (let k = 0; k < span; k++) sum += close[length - 1 - k * every]!
      const above = (close[length - 1]! * span) / sum - 1
      return Math.abs(above) < level ? 0 : Math.sign(above)
    })
    return { value: directions.reduce((sum, direction) => sum + direction, 0) / multiples.length, lean: 0 }
  },
}
