import { foldedUnit, kindOf, unit } from './letters.ts'
import { emoticon, symbol } from './scan-symbol.ts'
import { word } from './scan-word.ts'
import { gap, textLimit, tokenLimit, type Tokens } from './tokens.ts'

/**
 * One pass over a text to its word tokens: folded, hashed, with what their writing tells. Digits inside a word count as one `#`, so that
 * `100x` and `20x` are one word. Addresses of the web are passed over.
 */
export function scan(text: string, into: Tokens): Tokens {
  const length = Math.min(text.length, textLimit)
  into.count = into.exclamations = into.questions = 0
  let between: number = gap.sentence
  let before = 0x20
  for (let i = 0; i < length && into.count < tokenLimit;) {
    const raw = text.charCodeAt(i)
    const code = raw < 0x80 ? raw : foldedUnit(raw)
    if (code === 0x20) {
      before = code
      i++
      continue
    }
    const kind = kindOf(code)
    const taken = into.count
    if (kind === unit.letter || kind === unit.digit) {
      i = word(text, i, length, before, into, between)
      before = 0x61
    } else if (kind === unit.other) {
      i = symbol(text, i, into, between)
      before = 0x20
    } else {
      if (kind === unit.mark) between = Math.max(between, mark(text, i, code, before, into))
      else if (code === 0x0a) between = gap.sentence
      const next = kind === unit.mark ? emoticon(text, i, length, before, into, between) : 0
      if (kind !== unit.skip) before = next > 0 ? 0x20 : code
      i = next > 0 ? next : i + 1
    }
    if (into.count > taken) between = gap.none
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
