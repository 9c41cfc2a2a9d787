import { classOf, folded, lowUnit, meantUnit, unit } from './letters.ts'
import { hashPrime, hashSeed, wordHash } from './word-hash.ts'

/** No more of a text than this is read, in UTF-16 units: what matters stands at the beginning. */
export const textLimit = 20_000
const tokenLimit = 4_096

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
const mentionHash = wordHash('@')

const numberSign = 0x23
const apostrophe = 0x27

/** The unit at `i` as the scanner sees it: below U+0250 wherever that is possible. */
function unitAt(text: string, i: number): number {
  const code = text.charCodeAt(i)
  if (code < 0x80) return code
  if (code < 0xa0) return lowUnit(meantUnit(code))
  if (code === 0xad) return -1
  return code < 0x250 ? code : lowUnit(code)
}

const isLetter = (code: number): boolean => code < 0x250 && classOf[code] === unit.letter
const isDigit = (code: number): boolean => code < 0x250 && classOf[code] === unit.digit

/**
 * One pass over a text to its word tokens: folded, hashed, with what their writing tells. Digits inside a word count as one `#`, so that
 * `100x` and `20x` are one word. Addresses of the web are passed over.
 */
export function scan(text: string, into: Tokens): Tokens {
  const length = Math.min(text.length, textLimit)
  into.count = 0
  into.exclamations = 0
  into.questions = 0
  let between: number = gap.sentence
  let before = 0x20
  let i = 0
  while (i < length && into.count < tokenLimit) {
    const code = unitAt(text, i)
    const kind = code < 0 ? unit.skip : code < 0x250 ? classOf[code]! : -1
    if (kind === unit.letter || kind === unit.digit) {
      const next = word(text, i, length, before, into, between)
      if (into.end[into.count] === next && into.start[into.count] === i) {
        into.count++
        between = gap.none
      }
      i = next
      before = 0x61
      continue
    }
    if (kind === -1) {
      const next = symbol(text, i, code, into, between)
      if (next > 0) {
        between = gap.none
        i = next
        before = 0x20
        continue
      }
    } else if (kind === unit.mark) {
      between = Math.max(between, mark(text, i, code, before, into))
      if (code === 0x3a || code === 0x3d || code === 0x3b) {
        const next = emoticon(text, i, length, before, into, between)
        if (next > 0) {
          i = next
          before = 0x20
          between = gap.none
          continue
        }
      }
    } else if (code === 0x0a) between = gap.sentence
    if (kind !== unit.skip) before = code
    i++
  }
  return into
}

/** What a punctuation mark puts between the tokens around it. */
function mark(text: string, i: number, code: number, before: number, into: Tokens): number {
  switch (code) {
    case 0x21: // !
      into.exclamations++
      return gap.sentence
    case 0x3f: // ?
      into.questions++
      return gap.sentence
    case 0x2e: // .
      return i + 1 >= text.length || text.charCodeAt(i + 1) <= 0x22 ? gap.sentence : gap.none
    case 0x2c: // ,
    case 0x3a: // :
    case 0x3b: // ;
    case 0x7c: // |
      return gap.clause
    case 0x2d: // a dash between spaces
      return before === 0x20 && text.charCodeAt(i + 1) === 0x20 ? gap.clause : gap.none
    default:
      return gap.none
  }
}

/** Reads the word that begins at `from` into the next free row and answers where it ends; a web address leaves the row unused. */
function word(text: string, from: number, length: number, before: number, into: Tokens, between: number): number {
  let hash = hashSeed
  let i = from
  let upper = 0
  let lower = 0
  let digits = 0
  let run = 0
  let longest = 0
  let last = 0
  let traits = 0
  let decimals = -1
  let value = 0
  for (; i < length; i++) {
    const code = unitAt(text, i)
    if (code < 0) continue
    if (isLetter(code)) {
      const letter = folded[code]!
      if (code === letter) lower++
      else upper++
      run = letter === last ? run + 1 : 1
      if (run > longest) longest = run
      last = letter
      hash = Math.imul(hash ^ letter, hashPrime)
    } else if (isDigit(code)) {
      if (last !== numberSign) hash = Math.imul(hash ^ numberSign, hashPrime)
      last = numberSign
      digits++
      if (upper + lower === 0) {
        value = value * 10 + (folded[code]! - 0x30)
        if (decimals >= 0) decimals++
      }
    } else if ((code === 0x2e || code === 0x2c) && last === numberSign && isDigit(unitAt(text, i + 1))) {
      if (code === 0x2e) decimals = 0
    } else if (code === apostrophe && upper + lower > 0 && isLetter(unitAt(text, i + 1))) {
      const next = unitAt(text, i + 1) | 0x20
      if (next === 0x73 && !isLetter(unitAt(text, i + 2))) {
        traits |= trait.possessive
        i += 2
        break
      }
    } else break
  }
  if (upper + lower > 0 && isAddress(text, from, i)) return afterAddress(text, i, length)
  const row = into.count
  if (digits > 0 && isDigit(unitAt(text, from))) {
    traits |= trait.number
    if (decimals > 0) value /= 10 ** decimals
    if (text.charCodeAt(i) === 0x25 || (text.charCodeAt(i) === 0x20 && text.charCodeAt(i + 1) === 0x25))
      traits |= trait.percent
    if (before === 0x24 || before === 0x20ac || before === 0xa3) traits |= trait.money
    traits |= signBefore(text, from, traits)
  } else if (before === 0x24) {
    traits |= trait.cashtag
    hash = cashtagHash
  } else if (before === 0x40) hash = mentionHash
  if (upper > 0 && lower === 0 && upper > 1) traits |= trait.capitals
  if (upper > 0 && folded[unitAt(text, from)] !== unitAt(text, from)) traits |= trait.capital
  if (longest > 2) traits |= trait.elongated
  into.hash[row] = hash === 0 ? 1 : hash
  into.traits[row] = traits
  into.gaps[row] = between
  into.start[row] = from
  into.end[row] = i
  into.value[row] = value
  return i
}

/** A plus or minus that belongs to the number at `from`: nothing but a currency stands between, and no word before. */
function signBefore(text: string, from: number, traits: number): number {
  const at = traits & trait.money ? from - 2 : from - 1
  const sign = at < 0 ? 0 : unitAt(text, at)
  if (sign === 0x2b) return trait.plus
  const previous = at < 1 ? 0x20 : text.charCodeAt(at - 1)
  return sign === 0x2d && (previous <= 0x20 || previous === 0x28) ? trait.minus : 0
}

/** `https` before `://`, or `www` before a dot. */
function isAddress(text: string, from: number, end: number): boolean {
  if (text.charCodeAt(end) === 0x3a)
    return text.charCodeAt(end + 1) === 0x2f && text.charCodeAt(end + 2) === 0x2f && end - from < 9
  return text.charCodeAt(end) === 0x2e && end - from === 3 && text.startsWith('www', from)
}

function afterAddress(text: string, from: number, length: number): number {
  let i = from
  while (i < length && text.charCodeAt(i) > 0x20) i++
  return i
}

/** A character of another script, or an emoji: its own token, by code point. 0 where there is nothing to see. */
function symbol(text: string, i: number, code: number, into: Tokens, between: number): number {
  if (code < 0x250) return 0
  const point = text.codePointAt(i)!
  const end = i + (point > 0xffff ? 2 : 1)
  put(into, symbolHash(point), trait.emoji, between, i, end)
  return end
}

/** The hash of a character that is a token by itself. */
export const symbolHash = (point: number): number => Math.imul(point ^ 0x5bd1e995, hashPrime) | 1

function emoticon(text: string, i: number, length: number, before: number, into: Tokens, between: number): number {
  if (before > 0x20 || i + 1 >= length) return 0
  const nosed = text.charCodeAt(i + 1) === 0x2d ? 2 : 1
  const mouth = text.charCodeAt(i + nosed)
  const glad = mouth === 0x29 || mouth === 0x44
  if (!glad && mouth !== 0x28) return 0
  put(into, wordHash(glad ? ':)' : ':('), trait.emoji, between, i, i + nosed + 1)
  return i + nosed + 1
}

function put(into: Tokens, hash: number, traits: number, between: number, start: number, end: number): void {
  const row = into.count++
  into.hash[row] = hash
  into.traits[row] = traits
  into.gaps[row] = between
  into.start[row] = start
  into.end[row] = end
  into.value[row] = 0
}

/** The hashes of an elongated word with every run of a letter cut to two and to one: `soooo` is `so`, `moooon` is `moon`. */
export function shortenedHashes(text: string, from: number, end: number): readonly [number, number] {
  const once = plainWord(text, from, end)
  return [wordHash(once.replace(/(.)\1{2,}/g, '$1$1')), wordHash(once.replace(/(.)\1+/g, '$1'))]
}

function plainWord(text: string, from: number, end: number): string {
  let out = ''
  for (let i = from; i < end; i++) {
    const code = unitAt(text, i)
    if (code >= 0 && isLetter(code)) out += String.fromCharCode(folded[code]!)
  }
  return out
}
