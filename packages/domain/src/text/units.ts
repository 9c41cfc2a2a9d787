import { type Lexicon, kindNumber } from './lexicon.ts'
import { shortenedHashes } from './shortened.ts'
import { gap, type Tokens, trait } from './tokens.ts'
import { phraseHash } from './word-hash.ts'

const unitLimit = 1_024

/** What the lexicon knows of a text: its words and phrases in order, and the sums of the fitted weights. Overwritten by the next text. */
export type Units = {
  count: number
  readonly kind: Uint8Array
  readonly weight: Int8Array
  /** The token a unit begins with, and the one behind its last. */
  readonly from: Int32Array
  readonly to: Int32Array
  /** Grows at every comma, colon and end of a sentence: units of one clause bear one number. */
  readonly clause: Int32Array
  readonly loud: Uint8Array
  crypto: number
  good: number
  bad: number
}

export const createUnits = (): Units => ({
  count: 0,
  kind: new Uint8Array(unitLimit),
  weight: new Int8Array(unitLimit),
  from: new Int32Array(unitLimit),
  to: new Int32Array(unitLimit),
  clause: new Int32Array(unitLimit),
  loud: new Uint8Array(unitLimit),
  crypto: 0,
  good: 0,
  bad: 0,
})

/** Tokens to units: the longest phrase first, each token in one unit; fitted words and pairs are summed on the way. */
export function matchUnits(text: string, tokens: Tokens, lexicon: Lexicon, into: Units): Units {
  into.count = into.crypto = into.good = into.bad = 0
  let clause = 0
  let taken = 0
  let before = -1
  for (let i = 0; i < tokens.count && into.count < unitLimit; i++) {
    if (tokens.gaps[i] !== gap.none) clause++
    const hash = tokens.hash[i]!
    let row = lexicon.find(hash)
    if (row < 0 && (tokens.traits[i]! & trait.elongated) !== 0) row = elongated(text, tokens, i, lexicon)
    addFitted(tokens, i, row, before, lexicon, into)
    before = row
    if (row < 0) {
      if ((tokens.traits[i]! & trait.cashtag) !== 0) into.crypto++
      continue
    }
    if (i < taken) continue
    taken = i + 1
    if (lexicon.leads[row] === 1) {
      const words = longestPhrase(tokens, i, row, lexicon)
      taken = i + words
      if (words > 1) row = lexicon.find(hashOf(tokens, i, words))
    }
    into.crypto += lexicon.crypto[row]!
    const kind = lexicon.kind[row]!
    if (kind === kindNumber.none) continue
    const at = into.count++
    into.kind[at] = kind
    into.weight[at] = lexicon.weight[row]!
    into.from[at] = i
    into.to[at] = taken
    into.clause[at] = clause
    into.loud[at] = tokens.traits[i]! & trait.capitals
  }
  return into
}

/** Of the word at `i`, and of the pair it makes with the word before it in its sentence. */
function addFitted(tokens: Tokens, i: number, row: number, before: number, lexicon: Lexicon, into: Units): void {
  if (row >= 0) {
    into.good += lexicon.good[row]!
    into.bad += lexicon.bad[row]!
  }
  if (before < 0 || lexicon.pairs[before] === 0 || tokens.gaps[i] === gap.sentence) return
  const pair = lexicon.find(phraseHash(tokens.hash[i - 1]!, tokens.hash[i]!))
  if (pair < 0) return
  into.good += lexicon.good[pair]!
  into.bad += lexicon.bad[pair]!
}

function elongated(text: string, tokens: Tokens, i: number, lexicon: Lexicon): number {
  const [two, one] = shortenedHashes(text, tokens.start[i]!, tokens.end[i]!)
  const row = lexicon.find(two)
  return row < 0 ? lexicon.find(one) : row
}

/** How many words the longest phrase from `row` on has that means something. */
function longestPhrase(tokens: Tokens, i: number, row: number, lexicon: Lexicon): number {
  let hash = tokens.hash[i]!
  let words = 1
  for (let at = row, next = i + 1; lexicon.leads[at] === 1 && next < tokens.count; next++) {
    if (tokens.gaps[next] === gap.sentence) break
    hash = phraseHash(hash, tokens.hash[next]!)
    at = lexicon.find(hash)
    if (at < 0) break
    if (lexicon.kind[at] !== kindNumber.none || lexicon.crypto[at] === 1) words = next + 1 - i
  }
  return words
}

function hashOf(tokens: Tokens, i: number, words: number): number {
  let hash = tokens.hash[i]!
  for (let next = i + 1; next < i + words; next++) hash = phraseHash(hash, tokens.hash[next]!)
  return hash
}
