import { toldIn } from '../decide/cited-text.ts'
import type { Reference } from '../decide/references.ts'

const bracketed = / ?\[([a-z][\w.-]*(?:, [a-z][\w.-]*)*)\]/gi

/** One by one: a full stop before a space ends a sentence; those within numbers and ids stand before none. */
export const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?])\s+/).filter((sentence) => sentence !== '')

/** The ids in brackets, each once, in their order. */
export const referencesIn = (sentence: string): string[] => [
  ...new Set([...sentence.matchAll(bracketed)].flatMap(([, ids = '']) => ids.split(', '))),
]

/** Every numeral outside of brackets, of any script. */
export const numbersIn = (sentence: string): string[] =>
  sentence.replaceAll(bracketed, '').match(/[+-]?\p{N}+(?:[.,]\p{N}+)*/gu) ?? []

/** The numerals of a sentence that no reference in it tells, and the ids in it that refer to nothing. */
export function unresolvedIn(sentence: string, references: readonly Reference[]): string[] {
  const ids = referencesIn(sentence)
  const own = references.filter(({ id }) => ids.includes(id))
  const unknown = ids.filter((id) => !own.some((reference) => reference.id === id))
  const bare = sentence.replaceAll(bracketed, '')
  let rest = ''
  let done = 0
  for (const { at, text } of toldIn(bare, own)) {
    rest += `${bare.slice(done, at)} `
    done = at + text.length
  }
  return [...numbersIn(rest + bare.slice(done)), ...unknown.map((id) => `[${id}]`)]
}
