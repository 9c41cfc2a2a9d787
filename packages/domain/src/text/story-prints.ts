import { fold } from './fold.ts'
import { emptyWords, factWords } from './story-words.ts'
import { wordHash } from './word-hash.ts'

/** What two documents are compared by. */
export type Print = {
  /** Equal for documents whose every word is equal. */
  readonly exact: string
  /** What the headline states: coins, numbers, days, direction. Different facts make different stories. */
  readonly facts: string
  /** Hashes of the headline's words. */
  readonly subject: ReadonlySet<number>
  /** Hashes of pairs of neighbouring words of the whole text; empty when there is little beside the headline. */
  readonly pairs: ReadonlySet<number>
  /** The coins and the numbers of the beginning. */
  readonly coins: string
  readonly numbers: ReadonlySet<string>
}

/** A document is compared by so many of its words; a headline is as long as the second figure. */
const WORDS = 400
const HEADLINE = 40
/** From so many words on there is a text beside the headline. */
const BODY = 25
/** Characters beyond are not read: WORDS are there by then. */
const CHARACTERS = 6000

const isNumber = (word: string): boolean => /^\d/.test(word)

/** The words that carry a story: folded, without links, mentions, shares' heads and what is empty. */
function wordsOf(text: string): string[] {
  const plain = fold(text.slice(0, CHARACTERS))
    .replace(/\bhttps?:\/\/\S+|\bwww\.\S+|@\w+/g, ' ')
    .replace(/(\d),(?=\d{3})/g, '$1')
    .replace(/['’]/g, '')
  const words = plain.match(/\d+(?:\.\d+)?[a-z]*|[\p{L}\p{M}]+/gu) ?? []
  return words.filter((word) => !emptyWords.has(word)).slice(0, WORDS)
}

const sorted = (values: Iterable<string>): string => [...new Set(values)].toSorted().join(' ')
const coinsIn = (words: readonly string[]): string =>
  sorted(words.flatMap((word) => (factWords.get(word)?.startsWith('=') ? [factWords.get(word)!] : [])))

/** Prints a document; its publisher's own name is no part of what it tells. */
export function printOf(title: string, text: string, publisher: string): Print {
  const own = new Set(wordsOf(publisher))
  const head = wordsOf(title).filter((word) => !own.has(word))
  const body = wordsOf(text).filter((word) => !own.has(word))
  const all = [...head, ...body]
  const subject = (head.length > 0 ? head : body).slice(0, HEADLINE)
  const pairs = new Set<number>()
  if (all.length >= BODY) for (let i = 1; i < all.length; i++) pairs.add(wordHash(`${all[i - 1]!} ${all[i]!}`))
  return {
    exact: `${head.join(' ')}|${body.join(' ')}`,
    facts: sorted(subject.flatMap((word) => (isNumber(word) ? [word] : (factWords.get(word) ?? [])))),
    subject: new Set(subject.map(wordHash)),
    pairs,
    coins: coinsIn(all.slice(0, HEADLINE)),
    numbers: new Set(all.slice(0, 2 * HEADLINE).filter(isNumber)),
  }
}

function shared<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): number {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a]
  let count = 0
  for (const one of few) if (many.has(one)) count++
  return count
}

/** The same headline: one adds to the other, or both are long and nearly equal. A word put for another is another story. */
export function isSameSubject(a: Print, b: Print): boolean {
  if (a.facts !== b.facts) return false
  const both = shared(a.subject, b.subject)
  const less = Math.min(a.subject.size, b.subject.size)
  const more = Math.max(a.subject.size, b.subject.size)
  if (both === more) return both > 0
  if (both === less) return both >= 4 && both / more >= 0.6
  return less >= 12 && both / (less + more - both) >= 0.75
}

/** Word for word the same headline, long enough not to be a column's name. */
export const isSameHeadline = (a: Print, b: Print): boolean =>
  a.facts === b.facts && a.subject.size >= 6 && a.subject.size === b.subject.size && isSameSubject(a, b)

/** The same text: most pairs of words are in both, of the same coins, with the same numbers. */
export function isSameText(a: Print, b: Print): boolean {
  if (a.pairs.size === 0 || b.pairs.size === 0 || a.coins !== b.coins) return false
  const both = shared(a.pairs, b.pairs)
  const less = Math.min(a.pairs.size, b.pairs.size)
  const isNear = both / (a.pairs.size + b.pairs.size - both) >= 0.5 || both / less >= 0.75
  const figures = Math.min(a.numbers.size, b.numbers.size)
  return isNear && (figures === 0 || shared(a.numbers, b.numbers) / figures >= 0.5)
}
