import { toNumber, type Recommendation } from '@pumpiq/domain'

export type Level = {
  readonly id: string
  readonly label: string
  readonly price: Recommendation['targets'][number]['price']
  readonly tone: 'target' | 'stop' | 'edge' | 'price'
}

/** Every level of a call, highest price first. */
export function levelsOf({
  type,
  targets,
  stopLoss,
  entry,
  band,
  price,
}: Pick<Recommendation, 'type' | 'targets' | 'stopLoss' | 'entry' | 'band' | 'price'>): Level[] {
  const levels: Level[] = targets.map(({ price: at }, i) => ({
    id: `target-${i + 1}`,
    label: `Target ${i + 1}`,
    price: at,
    tone: 'target',
  }))
  if (stopLoss) levels.push({ id: 'stop', label: 'Stop', price: stopLoss, tone: 'stop' })
  if (entry) {
    levels.push({
      id: 'entry-high',
      label: type === 'SELL' ? 'Entry from' : 'Entry to',
      price: entry.high,
      tone: 'edge',
    })
    levels.push({ id: 'entry-low', label: type === 'SELL' ? 'Entry to' : 'Entry from', price: entry.low, tone: 'edge' })
  }
  if (band) {
    levels.push(
      { id: 'band-high', label: 'Band top', price: band.high, tone: 'edge' },
      { id: 'band-low', label: 'Band floor', price: band.low, tone: 'edge' },
    )
  }
  if (price) levels.push({ id: 'price', label: 'Price', price: price.value, tone: 'price' })
  return levels.toSorted((a, b) => toNumber(b.price) - toNumber(a.price))
}

/** Wanted positions moved apart so that neighbours are at least `gap` apart, all inside [0, size], in the order given (ascending). */
export function spread(wanted: readonly number[], gap: number, size: number): number[] {
  const placed = [...wanted]
  for (let i = 0; i < placed.length; i++) placed[i] = Math.max(placed[i]!, i === 0 ? 0 : placed[i - 1]! + gap)
  for (let i = placed.length - 1; i >= 0; i--)
    placed[i] = Math.min(placed[i]!, i === placed.length - 1 ? size : placed[i + 1]! - gap)
  return placed
}

/** A scale from values to pixels, upside down, with a twentieth of air above and below. Logarithmic where the values span a factor of 3. */
export function scaleOf(values: readonly number[], height: number): (value: number) => number {
  const lowest = Math.min(...values)
  const highest = Math.max(...values)
  const put = highest / lowest > 3 ? Math.log : (value: number) => value
  const bottom = put(lowest)
  const range = put(highest) - bottom || Math.abs(bottom) || 1
  return (value) => height * (0.95 - (0.9 * (put(value) - bottom)) / range)
}
