import { looksLike } from './fold-table.ts'

const within = (code: number, low: number, high: number): boolean => code >= low && code <= high

/** Turns the direction of writing: U+200E, U+200F, U+061C, embeddings, overrides and isolates. */
export const isBidi = (code: number): boolean =>
  within(code, 0x200e, 0x200f) || within(code, 0x202a, 0x202e) || within(code, 0x2066, 0x2069) || code === 0x61c

/** Not drawn at all: zero-width and soft characters, fillers that look empty, invisible operators, variation selectors, tag characters. */
export function isUnseen(code: number): boolean {
  if (code < 0xad) return false
  if (within(code, 0x200b, 0x200d) || within(code, 0x2060, 0x2064) || within(code, 0xfe00, 0xfe0f)) return true
  if (within(code, 0xe0000, 0xe0fff) || within(code, 0x206a, 0x206f) || within(code, 0x180b, 0x180f)) return true
  return [0xad, 0x34f, 0xfeff, 0x115f, 0x1160, 0x17b4, 0x17b5, 0x2800, 0x3164, 0xffa0].includes(code)
}

/** Marks that are drawn over or under Latin, Greek and Cyrillic letters; those of other scripts are part of their letters. */
export const isOverlay = (code: number): boolean =>
  within(code, 0x300, 0x36f) ||
  within(code, 0x483, 0x489) ||
  within(code, 0x1ab0, 0x1aff) ||
  within(code, 0x1dc0, 0x1dff) ||
  within(code, 0x20d0, 0x20ff) ||
  within(code, 0xfe20, 0xfe2f)

/** Tab and line ends stay: they are white space. */
export const isControl = (code: number): boolean =>
  (code < 0x20 && !within(code, 0x09, 0x0d)) || within(code, 0x7f, 0x9f)

const hasLatinBase = (text: string): boolean => text.charCodeAt(0) < 0x250 || looksLike.has(text.codePointAt(0)!)

function unmaskAfresh(character: string): string {
  const code = character.codePointAt(0)!
  if (within(code, 0x1f300, 0x1faff)) return character // pictures, which posts are full of
  if (isUnseen(code) || isBidi(code) || isOverlay(code) || isControl(code)) return ''
  const like = looksLike.get(code)
  if (like !== undefined) return like
  const parts = character.normalize('NFKD')
  if (!hasLatinBase(parts)) return character.normalize('NFKC')
  let plain = ''
  for (const part of parts) {
    if (!isOverlay(part.codePointAt(0)!)) plain += looksLike.get(part.codePointAt(0)!) ?? part
  }
  return plain
}

/** What every unit of the basic plane becomes; filled as characters are met, because most never are. */
const known: (string | undefined)[] = []

const isPlain = (text: string): boolean => /^[\t-\r -~]*$/.test(text)

/** The text as an eye reads it, case kept: letters drawn like ASCII become ASCII, and what cannot be seen is gone. */
export function unmask(text: string): string {
  if (isPlain(text)) return text
  let seen = ''
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x7f && code > 0x1f) seen += text[i]!
    else if (code >= 0xd800 && code <= 0xdbff && i + 1 < text.length) {
      const character = String.fromCodePoint(text.codePointAt(i)!)
      if (character.length === 2) i++
      seen += unmaskAfresh(character)
    } else seen += known[code] ??= unmaskAfresh(text[i]!)
  }
  return seen
}

/** The skeleton of a text: equal for texts that look the same in any case. Repeating it changes nothing. */
export function fold(text: string): string {
  const lower = unmask(text).toLowerCase()
  return isPlain(lower) ? lower : unmask(lower).toLowerCase()
}
