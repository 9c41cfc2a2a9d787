import { scan } from './scan.ts'
import { createTokens } from './tokens.ts'
import { formsOf } from './word-list.ts'

const tokens = createTokens()

/** The hashes of the words of every form of every entry; `#` is any number. */
export function phrasesOf(words: string): readonly (readonly number[])[] {
  return words
    .split(/\s+/)
    .flatMap(formsOf)
    .map((form) => Array.from(scan(form.replaceAll('#', '0'), tokens).hash.subarray(0, tokens.count)))
}
