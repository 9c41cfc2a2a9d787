import { folded, isLetter, unitAt } from './letters.ts'
import { wordHash } from './word-hash.ts'

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
