import { quantile } from '@pumpiq/domain'
import type { Random } from '../platform/random.ts'
import type { Trade } from './record.ts'

/** What many coins made of the same calls: mean net R of each, and how many of them did worse than the calls. */
export type Coins = {
  readonly seeds: number
  readonly low: number
  readonly median: number
  readonly high: number
  /** Percent of the coins below the calls' mean R; equal ones count half. */
  readonly percentile: number
}

/**
 * Coins that show as many BUYs and SELLs as the calls, on the calls' own windows and levels. `shuffled` deals each side out anew, call by
 * call. `inRuns` turns the whole sequence of sides round in time, all tokens by the same share of it: sides then come in the calls' own
 * runs, so that overlapping windows do not make luck look like skill. The second is the honest one.
 */
export type CoinFlips = { readonly shuffled: Coins; readonly inRuns: Coins }

const seeds = 1_000
const least = 30

/** Null where there are too few calls, or they show one side only: then every coin is the calls. */
export function coinFlips(trades: readonly Trade[], random: Random): CoinFlips | null {
  const own = trades.filter(({ r }) => !Number.isNaN(r))
  if (own.length < least || new Set(own.map(({ type }) => type)).size < 2) return null
  const ours = own.reduce((sum, { r }) => sum + r, 0) / own.length
  return {
    shuffled: drawn(ours, () => meanR(trades, shuffledSides(trades, random))),
    inRuns: drawn(ours, () => meanR(trades, rotatedSides(trades, random()))),
  }
}

function drawn(ours: number, draw: () => number): Coins {
  const means = Float64Array.from({ length: seeds }, draw).toSorted()
  const below = means.reduce((sum, one) => sum + (one < ours ? 1 : one === ours ? 0.5 : 0), 0)
  return {
    seeds,
    low: quantile(means, 0.025),
    median: quantile(means, 0.5),
    high: quantile(means, 0.975),
    percentile: (100 * below) / seeds,
  }
}

/** Mean over the calls that came to something on the side they were given. */
function meanR(trades: readonly Trade[], isBuy: Uint8Array): number {
  let [sum, count] = [0, 0]
  for (const [i, { buyR, sellR }] of trades.entries()) {
    const r = isBuy[i] === 1 ? buyR : sellR
    if (Number.isNaN(r)) continue
    sum += r
    count++
  }
  return count === 0 ? 0 : sum / count
}

const sidesOf = (trades: readonly Trade[]): Uint8Array =>
  Uint8Array.from(trades, ({ type }) => (type === 'BUY' ? 1 : 0))

/** Fisher and Yates. */
function shuffledSides(trades: readonly Trade[], random: Random): Uint8Array {
  const sides = sidesOf(trades)
  for (let i = sides.length - 1; i > 0; i--) {
    const k = Math.floor(random() * (i + 1))
    const side = sides[i]!
    sides[i] = sides[k]!
    sides[k] = side
  }
  return sides
}

/** Token by token, in time, the sides of so large a share later; what runs over the end begins anew. */
function rotatedSides(trades: readonly Trade[], share: number): Uint8Array {
  const sides = sidesOf(trades)
  const turned = new Uint8Array(sides.length)
  for (let from = 0; from < trades.length;) {
    let to = from
    while (to < trades.length && trades[to]!.token === trades[from]!.token) to++
    const size = to - from
    const by = Math.floor(share * size)
    for (let i = 0; i < size; i++) turned[from + i] = sides[from + ((i + by) % size)]!
    from = to
  }
  return turned
}
