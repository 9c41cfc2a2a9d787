import { fold, isBidi, isControl, isOverlay, isUnseen, unmask } from './fold.ts'

/** Why a name is not to be believed as it is drawn. */
export type NameFault =
  | 'zero-width'
  | 'bidi'
  | 'control'
  | 'mixed-script'
  | 'confusable'
  | 'stacked-marks'
  | 'odd-space'

const isAsciiWord = (text: string): boolean => /^[0-9A-Za-z]+$/.test(text)
const latin = /\p{Script=Latin}/u
/** Alphabets whose letters pass for Latin ones; no language mixes them with Latin inside one word. */
const passing =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Coptic}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Lisu}\p{Script=Canadian_Aboriginal}\p{Script=Deseret}\p{Script=Georgian}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Thai}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Tifinagh}]/u

/** Letters with accents are letters of languages; the others that come out as ASCII only look like it. */
const isAccented = (character: string): boolean => /^[A-Za-z]\p{Mn}+$/u.test(character.normalize('NFD'))

/** A sign for a trade mark or an ordinal is no disguise. */
const isSign = (character: string): boolean => '™℠®©ªº№'.includes(character)

function looksAscii(character: string): boolean {
  if (character.charCodeAt(0) < 0x80 || isAccented(character) || isSign(character)) return false
  return /^[A-Za-z]+$/.test(unmask(character))
}

function wordFaults(word: string): NameFault[] {
  const faults: NameFault[] = []
  if (latin.test(word) && passing.test(word)) faults.push('mixed-script')
  const disguised = Array.from(word).filter(looksAscii)
  if (disguised.length > 0 && isAsciiWord(unmask(word))) faults.push('confusable')
  return faults
}

/** The longest name that is looked at: longer ones are cut, none that is real comes near. */
const NAME = 200

/** What is wrong with how a token's name or symbol is written; none for names in any honest script. Each fault stands once. */
export function nameFaults(name: string): NameFault[] {
  const cut = name.slice(0, NAME)
  const found = new Set<NameFault>()
  let marks = 0
  let before = ''
  for (const character of cut) {
    const code = character.codePointAt(0)!
    marks = isOverlay(code) ? marks + 1 : 0
    if (isBidi(code)) found.add('bidi')
    else if (isUnseen(code) && !isPictureJoint(code, before)) found.add('zero-width')
    else if (isControl(code) || code === 0xfffd || (code >= 0xd800 && code <= 0xf8ff)) found.add('control')
    else if (/[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]/.test(character) && code !== 0x20) found.add('odd-space')
    if (marks >= 2) found.add('stacked-marks')
    before = character
  }
  if (cut !== cut.trim() || cut.includes('  ')) found.add('odd-space')
  for (const word of cut.split(/[^\p{L}\p{M}\p{N}\p{So}\p{Sc}\p{Cf}]+/u))
    for (const fault of wordFaults(word)) found.add(fault)
  return [...found]
}

/** Pictures are put together with joiners and selectors; behind a letter they only hide. */
const isPictureJoint = (code: number, before: string): boolean =>
  (code === 0x200d || code === 0xfe0f || code >= 0xe0000) &&
  /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f|[\u{e0020}-\u{e007e}]/u.test(before)

export type NamedToken = { readonly id: string; readonly symbol: string; readonly name: string }

/** `look-alike`: drawn the same, written differently. `collision`: the same ticker or name, another token: to be told apart by address. */
export type Imitation = { readonly id: string; readonly how: 'look-alike' | 'collision' }

/** Spaces and dots in between do not make another name. */
const bare = (text: string): string => fold(text).replace(/[\s._\-\u00b7]+/g, '')
const plainOf = (text: string): string => text.toLowerCase()

/** Further readings of a name within ASCII: a capital I among small letters is an l, "rn" an m, "vv" a w. */
function readings(name: string): string[] {
  const tall = name.replace(/(?<=[a-z])I(?=[a-z])/g, 'l')
  return [...new Set([name, tall, tall.replaceAll('rn', 'm').replaceAll('vv', 'w')])].map(bare)
}

export type KnownNames = ReturnType<typeof createKnownNames>

/** Known tokens by skeleton, those of the first in the list kept where two look the same. */
export function createKnownNames(known: readonly NamedToken[]) {
  const bySkeleton = new Map<string, { readonly token: NamedToken; readonly written: string }>()
  for (const token of known) {
    for (const text of [token.symbol, token.name]) {
      const skeleton = bare(text)
      if (skeleton !== '' && !bySkeleton.has(skeleton)) bySkeleton.set(skeleton, { token, written: text })
    }
  }
  return { get: (skeleton: string) => bySkeleton.get(skeleton) ?? null }
}

/**
 * The known token that a name or symbol imitates; null when it is its own. `id` is that of the token which bears it, where it has one:
 * a known token never imitates itself. Nothing is ever merged by this: it only warns.
 */
export function impostorOf(nameOrSymbol: string, known: KnownNames, id: string | null = null): Imitation | null {
  const cut = nameOrSymbol.slice(0, NAME)
  for (const reading of readings(cut)) {
    const match = known.get(reading)
    if (match === null || match.token.id === id) continue
    const { symbol, name } = match.token
    const isSpelled = [symbol, name].some((own) => plainOf(own) === plainOf(cut))
    return { id: match.token.id, how: isSpelled ? 'collision' : 'look-alike' }
  }
  return null
}
