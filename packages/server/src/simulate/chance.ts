import { seededRandom } from '../platform/random.ts'

export type Chance = {
  /** In [0, 1). */
  uniform(): number
  /** Standard normal (Box and Muller 1958). */
  normal(): number
}

/** One number a purpose, so that two uses of one seed, token and time never share their chance. */
export const purpose = {
  market: 1,
  token: 2,
  marketHours: 3,
  tokenHours: 4,
  marketMinutes: 5,
  tokenMinutes: 6,
  deviation: 7,
  gap: 8,
  halt: 9,
  pump: 10,
  split: 11,
  address: 12,
  pool: 13,
  contract: 14,
  happening: 15,
  desk: 16,
  talk: 17,
  futures: 18,
  chainValue: 19,
} as const

/** Chance that depends on its keys alone: the same seed and keys give the same numbers, whatever was asked before. */
export function chanceOf(seed: number, ...keys: readonly number[]): Chance {
  let high = mix(Math.floor(seed / 2 ** 32) | 0)
  let low = mix((seed | 0) ^ 0x51ed270b)
  for (const key of keys) {
    low = mix(low ^ (key | 0))
    high = mix((high + low) | 0) ^ (Math.floor(key / 2 ** 32) | 0)
  }
  const uniform = seededRandom((high & 0x1fffff) * 2 ** 32 + (low >>> 0))
  let spare = Number.NaN
  return {
    uniform,
    normal() {
      if (!Number.isNaN(spare)) {
        const kept = spare
        spare = Number.NaN
        return kept
      }
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()))
      const angle = 2 * Math.PI * uniform()
      spare = radius * Math.sin(angle)
      return radius * Math.cos(angle)
    },
  }
}

/** A bijection of 32 bits in which every input bit moves about half of the output bits. */
function mix(word: number): number {
  let x = (word + 0x9e3779b9) | 0
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return x ^ (x >>> 16)
}
