import { wordHash } from './word-hash.ts'

/** No more of a text than this is read, in UTF-16 units: what matters stands at the beginning. */
export const textLimit = 20_000
export const tokenLimit = 4_096

/** What a token is besides its word. `capitals` has no small letter in it, `capital` begins with a capital letter. */
export const trait = {
  capitals: 1,
  capital: 2,
  elongated: 4,
  number: 8,
  percent: 16,
  cashtag: 32,
  emoji: 64,
  possessive: 128,
  minus: 256,
  plus: 512,
  money: 1_024,
} as const

/** What stands between a token and the one before it. */
export const gap = { none: 0, clause: 1, sentence: 2 } as const

/** Columns of tokens, overwritten by the next scan. */
export type Tokens = {
  count: number
  readonly hash: Int32Array
  readonly traits: Uint16Array
  readonly gaps: Uint8Array
  readonly start: Int32Array
  readonly end: Int32Array
  /** Of numbers without their unit; else 0. */
  readonly value: Float64Array
  exclamations: number
  questions: number
}

export const createTokens = (): Tokens => ({
  count: 0,
  hash: new Int32Array(tokenLimit),
  traits: new Uint16Array(tokenLimit),
  gaps: new Uint8Array(tokenLimit),
  start: new Int32Array(tokenLimit),
  end: new Int32Array(tokenLimit),
  value: new Float64Array(tokenLimit),
  exclamations: 0,
  questions: 0,
})

/** All cashtags, all mentions and all numbers are one word each to the lexicon. */
export const cashtagHash = wordHash('$')
export const mentionHash = wordHash('@')

/** One more token. */
export function putToken(
  into: Tokens,
  hash: number,
  traits: number,
  between: number,
  start: number,
  end: number,
): void {
  const row = into.count++
  into.hash[row] = hash
  into.traits[row] = traits
  into.gaps[row] = between
  into.start[row] = start
  into.end[row] = end
  into.value[row] = 0
}
