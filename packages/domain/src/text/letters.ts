/** What a UTF-16 unit is to the scanner. */
export const unit = { space: 0, letter: 1, digit: 2, mark: 3, skip: 4, other: 5 } as const

const size = 0x250

/** Of units below U+0250: the folded lower-case letter, or 0 where there is none. */
export const folded = new Uint16Array(size)

/** Of units below U+0250: one of `unit`. */
const classOf = new Uint8Array(size)

/** Bytes 0x80 to 0x9F are no characters; where they occur, Windows-1252 was read as Latin-1. */
const windows1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

const baseLetter = (character: string): string => character.normalize('NFKD').toLowerCase()

for (let code = 0; code < size; code++) {
  const base = baseLetter(String.fromCharCode(code))
  const first = base.charCodeAt(0)
  if (first >= 0x61 && first <= 0x7a) {
    folded[code] = first
    classOf[code] = unit.letter
  } else if (first >= 0x30 && first <= 0x39 && base.length === 1) {
    folded[code] = first
    classOf[code] = unit.digit
  } else if (code >= 0xc0 && code !== 0xd7 && code !== 0xf7) {
    folded[code] = code | 0
    classOf[code] = unit.letter
  } else if (code > 0x20 && code !== 0xa0 && (code < 0x7f || code > 0x9f)) {
    classOf[code] = unit.mark
  }
}

/** A unit from U+0250 up as one below it, or as a letter of its own; -1 for what is not seen at all, 0 for a space. */
function lowUnit(code: number): number {
  if (code >= 0xff01 && code <= 0xff5e) return code - 0xfee0
  if (code === 0x2018 || code === 0x2019 || code === 0x2bc || code === 0x2032) return 0x27
  if (code === 0x201c || code === 0x201d || code === 0x201e) return 0x22
  if (code >= 0x2010 && code <= 0x2015) return code >= 0x2013 ? 0x3b : 0x2d
  if (code === 0x2212) return 0x2d
  if (code === 0x2026) return 0x2e
  if ((code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e)) return -1
  if ((code >= 0x2060 && code <= 0x206f) || code === 0xfeff) return -1
  if ((code >= 0x300 && code <= 0x36f) || (code >= 0xfe00 && code <= 0xfe0f)) return -1
  if (code >= 0x2000 && code <= 0x206f) return 0x20
  return code
}

/** A unit from 0x80 to 0x9F as what was meant. */
const meantUnit = (code: number): number => windows1252.charCodeAt(code - 0x80)

/** The unit at `i` as the scanner sees it: below U+0250 wherever that is possible, -1 for what is not seen. */
export function unitAt(text: string, i: number): number {
  const code = text.charCodeAt(i)
  return code < 0x80 ? code : foldedUnit(code)
}

/** A unit from 0x80 up as the scanner sees it. */
export function foldedUnit(code: number): number {
  if (code < 0xa0) return lowUnit(meantUnit(code))
  if (code === 0xad) return -1
  return code < size ? code : lowUnit(code)
}

/** One of `unit`; of NaN, which stands behind the end of a text, `unit.other`. */
export const kindOf = (code: number): number => (code < size ? (code < 0 ? unit.skip : classOf[code]!) : unit.other)
export const isLetter = (code: number): boolean => kindOf(code) === unit.letter
export const isDigit = (code: number): boolean => kindOf(code) === unit.digit
