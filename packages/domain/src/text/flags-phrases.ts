import { fillers, flagWordGroups, marks } from './flag-words.ts'
import { wordHash } from './word-hash.ts'

/** A phrase as the finder walks it: one set of word ids a slot, and how many words may stand before it. */
type Phrase = { readonly name: number; readonly slots: readonly Uint8Array[]; readonly gaps: readonly number[] }

/** How many words `..` may stand for. */
const GAP = 4

/** Ids: 0 a word that no phrase knows, 1 a filler, then the marks, then the words of the phrases. */
const firstMark = 2
export const markIds = Object.fromEntries(marks.map((mark, i) => [mark, firstMark + i])) as Readonly<
  Record<(typeof marks)[number], number>
>
export const fillerId = 1

const isNumber = (word: string): boolean => /^\d+$/.test(word)

/** The words of one slot: `a|b`, `@group`; without those that a scan leaves out. */
function slotWords(slot: string): string[] {
  const words = slot.split('|').flatMap((part) => {
    if (!part.startsWith('@')) return [part]
    const group = flagWordGroups[part.slice(1)]
    if (group === undefined) throw new RangeError(`No group of words is called ${part}.`)
    return group.split(' ')
  })
  return words.filter((word) => !fillers.includes(word))
}

/** Ids by the hash of a word: open addressing, a power of two, at most a quarter full. */
function createTable(words: readonly string[], firstId: number) {
  const size = 1 << Math.ceil(Math.log2(words.length * 4))
  const keys = new Int32Array(size)
  const ids = new Uint16Array(size)
  const placeOf = (hash: number): number => {
    let at = hash & (size - 1)
    while (keys[at] !== 0 && keys[at] !== hash) at = (at + 1) & (size - 1)
    return at
  }
  const put = (word: string, id: number): void => {
    const hash = wordHash(word)
    const at = placeOf(hash)
    if (keys[at] === hash) throw new RangeError(`"${word}" has the hash of another word.`)
    keys[at] = hash
    ids[at] = id
  }
  words.forEach((word, i) => put(word, firstId + i))
  for (const word of fillers) put(word, fillerId)
  return (hash: number): number => ids[placeOf(hash)]!
}

/** What the phrases of all names know: their words by hash, and which phrases a text contains. */
export function createPhrases(named: Readonly<Record<string, string>>) {
  const names = Object.keys(named)
  const written = names.flatMap((name, i) =>
    named[name]!.split('/').map((phrase) => ({
      name: i,
      parts: phrase
        .trim()
        .split(/\s+/)
        .filter((part) => slotWords(part).length > 0),
    })),
  )
  const isWord = (word: string): boolean => word !== '..' && !(word in markIds)
  const words = [...new Set(written.flatMap(({ parts }) => parts.flatMap(slotWords)).filter(isWord))]
  const firstWord = firstMark + marks.length
  const count = firstWord + words.length
  const idOf = new Map<string, number>([
    ...Object.entries(markIds),
    ...words.map((w, i) => [w, firstWord + i] as const),
  ])
  const numbers = words.filter(isNumber)

  const slotOf = (slot: string): Uint8Array => {
    const set = new Uint8Array(count)
    const own = slotWords(slot)
    for (const word of own.includes('#num') ? [...own, ...numbers] : own) set[idOf.get(word)!] = 1
    return set
  }

  const phrases: Phrase[] = written.map(({ name, parts }) => {
    const gaps: number[] = []
    const slots: Uint8Array[] = []
    parts.forEach((part, i) => {
      if (part === '..') return
      slots.push(slotOf(part))
      gaps.push(parts[i - 1] === '..' ? GAP : 0)
    })
    return { name, slots, gaps }
  })
  const starts = Array.from({ length: count }, (_, id) => phrases.filter(({ slots }) => slots[0]![id] === 1))
  return { names, wordId: createTable(words, firstWord), find: createFinder(starts) }
}

/** Sets the names whose phrases stand in a text of word ids: one of each slot in order, the nearest taken, none across a sentence's end. */
function createFinder(starts: readonly (readonly Phrase[])[]) {
  const stop = markIds['#break']
  const follows = ({ slots, gaps }: Phrase, ids: readonly number[], from: number): boolean => {
    let at = from
    for (let slot = 1; slot < slots.length; slot++) {
      const set = slots[slot]!
      const last = Math.min(at + 1 + gaps[slot]!, ids.length - 1)
      let next = at + 1
      while (next <= last && set[ids[next]!] === 0 && ids[next] !== stop) next++
      if (next > last || ids[next] === stop) return false
      at = next
    }
    return true
  }
  return (ids: readonly number[], found: Uint8Array): void => {
    for (let i = 0; i < ids.length; i++) {
      const begun = starts[ids[i]!]!
      for (let p = 0; p < begun.length; p++) {
        const phrase = begun[p]!
        if (found[phrase.name] === 0 && follows(phrase, ids, i)) found[phrase.name] = 1
      }
    }
  }
}
