import { folded, foldedUnit, isDigit, isLetter, kindOf, unit, unitAt } from './letters.ts'
import { cashtagHash, mentionHash, type Tokens, trait } from './tokens.ts'
import { hashPrime, hashSeed } from './word-hash.ts'

const numberSign = 0x23
const apostrophe = 0x27

/** What the last word was made of. */
const seen = { hash: 0, upper: 0, letters: 0, digits: 0, elongated: false, value: 0, possessive: false }

/**
 * Reads the word that begins at `from` as the next token and answers where it ends; a web address is passed over.
 */
export function word(
  text: string,
  from: number,
  length: number,
  before: number,
  into: Tokens,
  between: number,
): number {
  const end = spell(text, from, length)
  if (seen.letters > 0 && isAddress(text, from, end)) return afterAddress(text, end, length)
  const row = into.count++
  const traits = traitsOf(text, from, end, before)
  into.hash[row] = wordOrTag(traits, before)
  into.traits[row] = traits
  into.gaps[row] = between
  into.start[row] = from
  into.end[row] = end
  into.value[row] = seen.value
  return end
}

/** The loop of the scanner: one function for the sake of speed. */
function spell(text: string, from: number, length: number): number {
  let hash = hashSeed
  let upper = 0
  let digits = 0
  let letters = 0
  let run = 0
  let elongated = false
  let last = 0
  let decimals = -1
  let value = 0
  let i = from
  seen.possessive = false
  for (; i < length; i++) {
    // Most units are plain small letters: they skip calls and tables.
    const raw = text.charCodeAt(i)
    const code = raw < 0x80 ? raw : foldedUnit(raw)
    const isPlain = code >= 0x61 && code <= 0x7a
    const kind = isPlain ? unit.letter : kindOf(code)
    if (kind === unit.letter) {
      const letter = isPlain ? code : folded[code]!
      letters++
      if (code !== letter) upper++
      if (letter !== last) run = 0
      else if (++run === 2) elongated = true
      last = letter
      hash = Math.imul(hash ^ letter, hashPrime)
    } else if (kind === unit.digit) {
      if (last !== numberSign) hash = Math.imul(hash ^ numberSign, hashPrime)
      last = numberSign
      digits++
      if (letters > 0) continue
      value = value * 10 + (folded[code]! - 0x30)
      if (decimals >= 0) decimals++
    } else if (kind === unit.skip) continue
    else if ((code === 0x2e || code === 0x2c) && last === numberSign && isDigit(unitAt(text, i + 1))) {
      if (code === 0x2e) decimals = 0
    } else if (code === apostrophe && letters > 0 && isLetter(unitAt(text, i + 1))) {
      seen.possessive = isPossessive(text, i)
      if (!seen.possessive) continue
      i += 2
      break
    } else break
  }
  seen.hash = hash === 0 ? 1 : hash
  seen.upper = upper
  seen.letters = letters
  seen.digits = digits
  seen.elongated = elongated
  seen.value = decimals > 0 ? value / 10 ** decimals : value
  return i
}

const isPossessive = (text: string, i: number): boolean =>
  (unitAt(text, i + 1) | 0x20) === 0x73 && !isLetter(unitAt(text, i + 2))

function traitsOf(text: string, from: number, end: number, before: number): number {
  const { upper, letters, digits, elongated } = seen
  const first = unitAt(text, from)
  let traits = seen.possessive ? trait.possessive : 0
  if (digits > 0 && isDigit(first)) traits |= numberTraits(text, from, end, before)
  else if (before === 0x24) traits |= trait.cashtag
  if (upper > 1 && upper === letters) traits |= trait.capitals
  if (upper > 0 && folded[first] !== first) traits |= trait.capital
  return elongated ? traits | trait.elongated : traits
}

function numberTraits(text: string, from: number, end: number, before: number): number {
  const next = text.charCodeAt(end)
  const isPercent = next === 0x25 || (next === 0x20 && text.charCodeAt(end + 1) === 0x25)
  const money = before === 0x24 || before === 0x20ac || before === 0xa3 ? trait.money : 0
  return trait.number | money | (isPercent ? trait.percent : 0) | signBefore(text, from, money)
}

const wordOrTag = (traits: number, before: number): number =>
  (traits & trait.cashtag) !== 0 ? cashtagHash : before === 0x40 ? mentionHash : seen.hash

/** A plus or minus that belongs to the number at `from`: nothing but a currency stands between, and no word before. */
function signBefore(text: string, from: number, money: number): number {
  const at = money !== 0 ? from - 2 : from - 1
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
