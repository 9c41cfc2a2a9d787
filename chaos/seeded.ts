import { type Bar, hours, minutes } from '@pumpiq/domain'

/** When a venue begins to tell of a minute in a form, which may not be its last; `at` is epoch ms. */
export type Telling = { readonly at: number; readonly bar: Bar }

export type Walk = {
  /** What the venue says in the end, oldest first. */
  readonly last: readonly Bar[]
  /** In the order of `at`. */
  readonly told: readonly Telling[]
}

type Wish = {
  from: number
  to: number
  price: number
  random: () => number
  /** The spread of a minute's move. */
  sigmaRatio?: number
  /** Shares of the minutes that come late, are first told wrongly, are never there. */
  late?: number
  wrong?: number
  missing?: number
}

/** A venue shows a correction, or what came late, while the minute lies less than this behind its newest: what is told later is never seen. */
const shownAgainMs = hours(1)

/**
 * A walk in minutes. Some come late and some are first told with a wider range, at most 3 %: below what counts as a spike. Both are put right
 * while they are still shown. `to` is excluded.
 */
export function walk({ from, to, price, random, ...shares }: Wish): Walk {
  const { sigmaRatio = 0.0015, late = 0.03, wrong = 0.03, missing = 0.01 } = shares
  const last: Bar[] = []
  const told: Telling[] = []
  let close = price
  for (let openAt = from; openAt < to; openAt += minutes(1)) {
    const bar = minuteFrom(openAt, close, sigmaRatio, random)
    close = bar.close
    const end = openAt + minutes(1)
    const chance = random()
    // Whole minutes, and never the last one of the hour: by then a look may have gone past it.
    const afterMs = minutes(1) * Math.floor(random() * (shownAgainMs / minutes(1) - 5))
    if (chance < missing) continue
    last.push(bar)
    if (chance < missing + late) told.push({ at: end + afterMs, bar })
    else told.push({ at: end, bar })
    if (chance > 1 - wrong) {
      told[told.length - 1] = { at: end, bar: widened(bar, random) }
      told.push({ at: end + afterMs, bar })
    }
  }
  return { last, told: told.toSorted((a, b) => a.at - b.at) }
}

function minuteFrom(openAt: number, open: number, sigmaRatio: number, random: () => number): Bar {
  const close = rounded(open * (1 + sigmaRatio * normal(random)))
  const reach = () => 1 + sigmaRatio * 0.6 * random()
  const high = rounded(Math.max(open, close) * reach())
  const low = rounded(Math.min(open, close) / reach())
  return {
    openAt,
    open,
    high: Math.max(high, open, close),
    low: Math.min(low, open, close),
    close,
    volume: 1 + Math.floor(random() * 1_000) / 8,
  }
}

const widened = (bar: Bar, random: () => number): Bar => ({
  ...bar,
  high: Math.max(bar.high, rounded(bar.high * (1 + 0.03 * random()))),
  low: Math.min(bar.low, rounded(bar.low * (1 - 0.03 * random()))),
})

/** Seven digits, as prices are quoted. */
export const rounded = (price: number): number => Number(price.toPrecision(7))

/** Box and Muller, 1958. */
export const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())

/** A whole number from `least` to `most`, each as likely. */
export const between = (random: () => number, least: number, most: number): number =>
  least + Math.floor(random() * (most - least + 1))

/** A length from `least` to `most`, each order of magnitude as likely. */
export const anyLength = (random: () => number, least: number, most: number): number =>
  least * (most / least) ** random()

export function oneOf<T>(random: () => number, among: readonly T[]): T {
  const found = among[Math.floor(random() * among.length)]
  if (found === undefined) throw new Error('nothing to choose from')
  return found
}
