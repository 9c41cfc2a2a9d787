import { fillers, flagWordGroups, marks } from './flag-words.ts'
import { wordHash } from './word-hash.ts'

/** A set of word ids, a bit each: thousands of slots have to stay in the processor's cache. */
type Slot = Uint32Array
const isIn = (slot: Slot, id: number): boolean => ((slot[id >> 5]! >>> (id & 31)) & 1) === 1

/** A phrase as the finder walks it: one set of word ids a slot, and how many words may stand before it. */
type Phrase = { readonly name: number; readonly slots: readonly Slot[]; readonly gaps: readonly number[] }

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

/** Ids by the hash of a word: open addressing, a power of two, at most half full. */
function createTable(words: readonly string[], firstId: number) {
  const size = 1 << Math.ceil(Math.log2(words.length * 2))
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

  const slotsByText = new Map<string, Slot>()
  const slotOf = (slot: string): Slot => {
    const known = slotsByText.get(slot)
    if (known !== undefined) return known
    const set = new Uint32Array((count + 31) >> 5)
    const own = slotWords(slot)
    for (const word of own.includes('#num') ? [...own, ...numbers] : own) {
      const id = idOf.get(word)!
      set[id >> 5]! |= 1 << (id & 31)
    }
    slotsByText.set(slot, set)
    return set
  }

  const phrases: Phrase[] = written.map(({ name, parts }) => {
    const gaps: number[] = []
    const slots: Slot[] = []
    parts.forEach((part, i) => {
      if (part === '..') return
      slots.push(slotOf(part))
      gaps.push(parts[i - 1] === '..' ? GAP : 0)
    })
    return { name, slots, gaps }
  })
  return { names, wordId: createTable(words, firstWord), find: createFinder(startsOf(phrases, count)) }
}

/** What begins with one word: names of phrases of that word alone, and longer ones, near and far by where their second word may stand. */
type Start = { readonly alone: readonly number[]; readonly near: Begun; readonly far: Begun }
/** Phrases, and all their second words: where none of these follows, no phrase is looked at. */
type Begun = { readonly phrases: readonly Phrase[]; readonly seconds: Slot }

function startsOf(phrases: readonly Phrase[], count: number): readonly (Start | undefined)[] {
  const begun = (some: readonly Phrase[]): Begun => {
    const seconds = new Uint32Array((count + 31) >> 5)
    for (const { slots } of some) slots[1]!.forEach((bits, i) => (seconds[i]! |= bits))
    return { phrases: some, seconds }
  }
  return Array.from({ length: count }, (_, id) => {
    const own = phrases.filter(({ slots }) => isIn(slots[0]!, id))
    if (own.length === 0) return undefined
    const longer = own.filter(({ slots }) => slots.length > 1)
    return {
      alone: own.filter(({ slots }) => slots.length === 1).map(({ name }) => name),
      near: begun(longer.filter(({ gaps }) => gaps[1] === 0)),
      far: begun(longer.filter(({ gaps }) => gaps[1]! > 0)),
    }
  })
}

/** Sets the names whose phrases stand in a text of word ids: one of each slot in order, the nearest taken, none across a sentence's end. */
function createFinder(starts: readonly (Start | undefined)[]) {
  const stop = markIds['#break']
  /** Where a word of the slot stands, at most so many words behind; 0 where none does. */
  const placeIn = (slot: Slot, ids: readonly number[], from: number, gap: number): number => {
    const last = Math.min(from + gap, ids.length - 1)
    for (let at = from; at <= last && ids[at] !== stop; at++) if (isIn(slot, ids[at]!)) return at
    return 0
  }
  const follows = ({ slots, gaps }: Phrase, ids: readonly number[], from: number): boolean => {
    let at = from
    for (let slot = 1; slot < slots.length; slot++) {
      at = placeIn(slots[slot]!, ids, at + 1, gaps[slot]!)
      if (at === 0) return false
    }
    return true
  }
  const look = (phrases: readonly Phrase[], ids: readonly number[], i: number, found: Uint8Array): void => {
    for (let p = 0; p < phrases.length; p++) {
      const phrase = phrases[p]!
      if (found[phrase.name] === 0 && follows(phrase, ids, i)) found[phrase.name] = 1
    }
  }
  return (ids: readonly number[], found: Uint8Array): void => {
    for (let i = 0; i < ids.length; i++) {
      const start = starts[ids[i]!]
      if (start === undefined) continue
      const { alone, near, far } = start
      for (let n = 0; n < alone.length; n++) found[alone[n]!] = 1
      if (near.phrases.length > 0 && i + 1 < ids.length && isIn(near.seconds, ids[i + 1]!))
        look(near.phrases, ids, i, found)
      if (far.phrases.length > 0 && placeIn(far.seconds, ids, i + 1, GAP) > 0) look(far.phrases, ids, i, found)
    }
  }
}
