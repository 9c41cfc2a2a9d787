import { isBidi, isOverlay, isUnseen } from './fold.ts'
import { looksLike } from './fold-table.ts'

/** What a text hides from the eye, counted. */
export type Hidden = {
  /** Invisible characters inside or beside letters; the joiners of pictures are not counted. */
  readonly unseen: number
  /** Tag characters outside a flag: a second text that only machines read. */
  readonly tags: number
  readonly bidi: number
  /** Words that mix Latin with Cyrillic or Greek letters. */
  readonly mixed: number
  /** Letters from the alphabets for formulas, boxes and full width. */
  readonly styled: number
  /** Marks stacked on marks. */
  readonly stacked: number
}

const nothing: Hidden = { unseen: 0, tags: 0, bidi: 0, mixed: 0, styled: 0, stacked: 0 }

const isLatin = (code: number): boolean =>
  (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || (code >= 0xc0 && code <= 0x24f && code !== 0xd7)
const isOtherAlphabet = (code: number): boolean =>
  (code >= 0x370 && code <= 0x58f) || (code >= 0x13a0 && code <= 0x13ff) || (code >= 0x2c80 && code <= 0x2cff)
const isStyled = (code: number): boolean =>
  (code >= 0x1d400 && code <= 0x1d7ff) ||
  (code >= 0x1f130 && code <= 0x1f189) ||
  (code >= 0xff21 && code <= 0xff5a) ||
  (code >= 0x24b6 && code <= 0x24e9)
const isLetter = (code: number): boolean =>
  isLatin(code) || isOtherAlphabet(code) || (code > 0x24f && looksLike.has(code))

/** A joiner or selector belongs to a picture, and in many scripts to a letter: only beside Latin, Greek or Cyrillic it hides. */
const hides = (before: number, after: number): boolean => isLetter(before) && (isLetter(after) || isUnseen(after))

const BLACK_FLAG = 0x1f3f4

/** Counts what is hidden in a text; plain ASCII hides nothing here. */
export function hiddenIn(text: string): Hidden {
  if (/^[\0-~]*$/.test(text)) return nothing
  const found = { ...nothing }
  let before = 0
  let inFlag = false
  let word = 0 // bit 1: Latin, bit 2: another alphabet
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i)!
    if (code > 0xffff) i++
    if (code === BLACK_FLAG) inFlag = true
    else if (code < 0xe0000) inFlag = false
    if (code >= 0xe0000 && code <= 0xe007f) {
      if (!inFlag) found.tags++
    } else if (isBidi(code)) found.bidi++
    else if (isUnseen(code)) {
      if (hides(before, text.codePointAt(i + 1) ?? 0)) found.unseen++
      if (isUnseen(before)) found.unseen += code >= 0xfe00 && code <= 0xfe0f ? 0 : 1
    } else if (isStyled(code)) found.styled++
    if (isOverlay(code) && isOverlay(before)) found.stacked++
    if (isLatin(code)) word |= 1
    else if (isOtherAlphabet(code)) word |= 2
    else if (!isUnseen(code) && !isOverlay(code)) {
      if (word === 3) found.mixed++
      word = 0
    }
    before = code
  }
  if (word === 3) found.mixed++
  return found
}

const digitsOf64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** At most so many characters of a run are decoded: enough to see whether it is a text. */
const LOOK = 160

/** Whether a long run of letters and digits is base64 of a text with words. */
export function isEncodedText(run: string): boolean {
  let bits = 0
  let held = 0
  let words = 0
  let bytes = 0
  for (let i = 0; i < run.length && i < LOOK; i++) {
    const value = digitsOf64.indexOf(run[i]!)
    if (value < 0) return false
    held = ((held << 6) | value) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    const byte = (held >> bits) & 0xff
    if (byte < 0x20 || byte > 0x7e) return false
    if (byte === 0x20) words++
    bytes++
  }
  return bytes >= 12 && words >= 1
}
