import type { EventType } from '../words/claim.ts'
import { clamp, round } from '../words/numbers.ts'
import { type Tokens, trait } from './tokens.ts'
import { wordHash } from './word-hash.ts'

/** How much an event of its kind usually matters to a price, before what the text says of its size. */
const usual: Readonly<Record<EventType, number>> = {
  hack: 0.7,
  etf: 0.6,
  delisting: 0.6,
  lawsuit: 0.5,
  regulation: 0.5,
  outage: 0.5,
  macro: 0.5,
  listing: 0.45,
  unlock: 0.45,
  upgrade: 0.35,
  funding: 0.3,
  partnership: 0.3,
  launch: 0.3,
  whale: 0.3,
  burn: 0.25,
  airdrop: 0.25,
  price: 0.2,
  other: 0.1,
}

/** How much it would matter if it were true, 0 to 1: its kind, how clearly the text leans, and the money it names. */
export const magnitudeOf = (event: EventType, sentiment: number, sum: number): number =>
  round(
    clamp(
      usual[event] + 0.2 * Math.abs(sentiment) + (sum >= 1e9 ? 0.2 : sum >= 1e8 ? 0.15 : sum >= 1e7 ? 0.05 : 0),
      0,
      1,
    ),
    3,
  )

const multiples = new Map(
  Object.entries({ '#k': 1e3, '#m': 1e6, '#mn': 1e6, '#mln': 1e6, '#b': 1e9, '#bn': 1e9, '#t': 1e12 }).map(
    ([suffix, times]) => [wordHash(suffix), times] as const,
  ),
)
const words = new Map(
  Object.entries({ thousand: 1e3, million: 1e6, mn: 1e6, m: 1e6, billion: 1e9, bn: 1e9, trillion: 1e12 }).map(
    ([word, times]) => [wordHash(word), times] as const,
  ),
)

/** The largest sum of money that is named: 0 when there is none. Currencies are not told apart. */
export function largestSum(tokens: Tokens): number {
  let largest = 0
  for (let i = 0; i < tokens.count; i++) {
    if ((tokens.traits[i]! & trait.number) === 0) continue
    const next = i + 1 < tokens.count ? words.get(tokens.hash[i + 1]!) : undefined
    const times = multiples.get(tokens.hash[i]!) ?? next
    if (times === undefined && (tokens.traits[i]! & trait.money) === 0) continue
    largest = Math.max(largest, tokens.value[i]! * (times ?? 1))
  }
  return largest
}
