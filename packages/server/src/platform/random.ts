import { getRandomValues } from 'node:crypto'
import { Failure } from '@pumpiq/domain'

/** A number in [0, 1), uniform. */
export type Random = () => number

const words = new Uint32Array(2_048)
let used = words.length

/** The machine's own chance: 53 bits from the cryptographic source, which is asked for many at once, since each asking has its price. */
export const systemRandom: Random = () => {
  if (used === words.length) {
    getRandomValues(words)
    used = 0
  }
  return ((words[used++]! >>> 5) * 2 ** 26 + (words[used++]! >>> 6)) / 2 ** 53
}

/**
 * Chance that can be repeated: the same seed gives the same numbers on every machine. The small fast chaotic generator of
 * C. Doty-Humphrey (sfc, 32 bit, in PractRand), two words for 53 bits. Not for secrets.
 */
export function seededRandom(seed: number): Random {
  if (!Number.isSafeInteger(seed)) throw new Failure('invalid', `a seed is a whole number, not ${seed}`)
  let a = seed | 0
  let b = Math.floor(seed / 2 ** 32) | 0
  let c = 0x5eed
  let counter = 1
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let i = 0; i < 16; i++) next()
  return () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) / 2 ** 53
}
