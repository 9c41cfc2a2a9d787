import { toNumber, type Outcome, type Price, type Recommendation } from '@pumpiq/domain'

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

export type Mark = {
  /** From 1, as in the table below the picture. */
  readonly number: number
  readonly event: Outcome['events'][number]['event']
  readonly price: Price
  /** Where in the horizon: 0 is the issue, 1 its end. */
  readonly at: number
}

/** What happened to a call, to be drawn over its horizon. */
export function marksOf(
  { issuedAt, expiresAt }: Pick<Recommendation, 'issuedAt' | 'expiresAt'>,
  events: Outcome['events'],
): Mark[] {
  const from = Date.parse(issuedAt)
  const length = Date.parse(expiresAt) - from
  return events.map(({ at, event, price }, i) => ({
    number: i + 1,
    event,
    price,
    at: Math.min(1, Math.max(0, (Date.parse(at) - from) / length)),
  }))
}

export type Place = { readonly x: number; readonly y: number }

/** Moves what would lie on something placed before it aside, to the right where there is room, so that no mark hides another. */
export function apart(wanted: readonly Place[], size: number, right: number): Place[] {
  const placed: Place[] = []
  const hits = (place: Place) => placed.some(({ x, y }) => Math.abs(x - place.x) < size && Math.abs(y - place.y) < size)
  for (const { x, y } of wanted) {
    let place = { x, y }
    for (let step = 1; hits(place) && step < 100; step++) {
      // Right, then left, further each time: something free is near.
      const aside = Math.ceil(step / 2) * size * (step % 2 === 1 ? 1 : -1)
      if (x + aside <= right) place = { x: x + aside, y }
    }
    placed.push(place)
  }
  return placed
}
