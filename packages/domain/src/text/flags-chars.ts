import { hashPrime, hashSeed } from './word-hash.ts'

/** What a UTF-16 unit of an unmasked text is. */
export const other = 0
export const letter = 1
export const digit = 2
export const space = 3

/** Of units below 128. */
const classes = new Uint8Array(128)
for (let code = 0; code < 128; code++) {
  const lower = code | 0x20
  if (lower >= 0x61 && lower <= 0x7a) classes[code] = letter
  else if (code >= 0x30 && code <= 0x39) classes[code] = digit
  else if (code <= 0x20) classes[code] = space
}
export const classAt = (text: string, i: number): number => {
  const code = text.charCodeAt(i)
  if (code < 128) return classes[code]!
  return (code < 0x2000 && code > 0xbf) || (code > 0x2fff && code < 0xd800) || code > 0xf8ff ? letter : other
}
export const isWordPart = (text: string, i: number): boolean => {
  const kind = classAt(text, i)
  return kind === letter || kind === digit
}

/** Past the letters and digits from i on; an apostrophe between letters is passed too. */
export function wordEnd(text: string, i: number): number {
  let end = i
  while (end < text.length) {
    if (isWordPart(text, end)) end++
    else if (isApostrophe(text.charCodeAt(end)) && classAt(text, end + 1) === letter) end++
    else break
  }
  return end
}
const isApostrophe = (code: number): boolean => code === 0x27 || code === 0x2019

/** What digits are written for letters, from 0 to 9. */
const leet = 'oizeasgtbg'

export function hashOf(text: string, i: number, end: number, isLeet = false): number {
  let hash = hashSeed
  for (let at = i; at < end; at++) {
    let code = text.charCodeAt(at)
    if (code >= 0x41 && code <= 0x5a) code |= 0x20
    if (isApostrophe(code)) continue
    if (isLeet && code >= 0x30 && code <= 0x39) code = leet.charCodeAt(code - 0x30)
    hash = Math.imul(hash ^ code, hashPrime)
  }
  return hash === 0 ? 1 : hash
}
