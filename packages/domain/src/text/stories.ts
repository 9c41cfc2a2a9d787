import { hours } from '../words/time.ts'
import { isSameHeadline, isSameSubject, isSameText, type Print, printOf } from './story-prints.ts'
import { wordHash } from './word-hash.ts'

/** A document as far as stories are concerned. `publisher` is who stands for it: a house, or an author. */
export type StoryTold = {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly publisher: string
  readonly at: number
}

/** One story, however often it was told. */
export type StoryGroup = {
  /** The id of the document that told it first. */
  readonly id: string
  /** When it was first told: copies do not make it new. */
  readonly at: number
  readonly documents: number
  /** How many different ones told it. */
  readonly publishers: number
  /** Ids in the order of their telling. */
  readonly members: readonly string[]
}

/** A headline alone tells the same event again only within this time; a whole text is a copy for ever. */
const SAME_HEADLINE_MS = hours(48)

/** Two texts under one headline tell the same event within this time; a daily column is written anew after it. */
const REWRITTEN_MS = hours(12)

/** MinHash (Broder 1997): so many least hashes of a headline's words, and so many couples of a text's pairs of words. */
const HEADLINE_BANDS = 8
const TEXT_BANDS = 16

/** Of one bucket so many stories are compared at most, so that a flood of near-copies costs no more than its size. */
const BUCKET = 12

const seeds = Array.from({ length: 2 * TEXT_BANDS }, (_, i) => wordHash(`band ${i}`) | 1)

function leastHash(values: ReadonlySet<number>, seed: number): number {
  let least = 0x7fffffff
  for (const value of values) {
    const mixed = Math.imul(value ^ (value >>> 15), seed)
    const hash = mixed ^ (mixed >>> 13)
    if (hash < least) least = hash
  }
  return least
}

function bucketsOf(print: Print): string[] {
  const buckets: string[] = []
  for (let i = 0; i < HEADLINE_BANDS; i++) buckets.push(`h${i} ${leastHash(print.subject, seeds[i]!)} ${print.facts}`)
  if (print.pairs.size === 0) return buckets
  for (let i = 0; i < TEXT_BANDS; i++)
    buckets.push(`t${i} ${leastHash(print.pairs, seeds[2 * i]!)} ${leastHash(print.pairs, seeds[2 * i + 1]!)}`)
  return buckets
}

type Open = {
  readonly print: Print
  readonly first: StoryTold
  readonly members: string[]
  readonly publishers: Set<string>
}

function isSame(story: Open, print: Print, at: number): boolean {
  const agoMs = at - story.first.at
  if (story.print.pairs.size === 0 || print.pairs.size === 0)
    return agoMs <= SAME_HEADLINE_MS && isSameSubject(story.print, print)
  return isSameText(story.print, print) || (agoMs <= REWRITTEN_MS && isSameHeadline(story.print, print))
}

const byTelling = (a: StoryTold, b: StoryTold): number => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/**
 * Groups documents that tell the same thing in nearly the same words. The result depends on the set only, not on its order: every document
 * is compared with the first teller of the stories before it. Nearly linear in the number of documents.
 */
export function storiesOf(documents: readonly StoryTold[]): StoryGroup[] {
  const stories: Open[] = []
  const exact = new Map<string, Open>()
  const buckets = new Map<string, Open[]>()

  function known(print: Print, key: string, at: number, places: readonly string[]): Open | null {
    const copy = exact.get(key)
    if (copy && isSame(copy, print, at)) return copy
    for (const place of places) for (const story of buckets.get(place) ?? []) if (isSame(story, print, at)) return story
    return null
  }

  function open(print: Print, first: StoryTold, places: readonly string[]): Open {
    const story: Open = { print, first, members: [], publishers: new Set() }
    stories.push(story)
    for (const place of places) {
      const bucket = buckets.get(place)
      if (bucket === undefined) buckets.set(place, [story])
      else {
        bucket.push(story)
        if (bucket.length > BUCKET) bucket.shift()
      }
    }
    return story
  }

  for (const told of documents.toSorted(byTelling)) {
    const print = printOf(told.title, told.text, told.publisher)
    const copy = exact.get(print.exact)
    const places = copy && isSame(copy, print, told.at) ? [] : bucketsOf(print)
    const story = known(print, print.exact, told.at, places) ?? open(print, told, places)
    exact.set(print.exact, story)
    story.members.push(told.id)
    story.publishers.add(told.publisher)
  }
  return stories.map(({ first, members, publishers }) => ({
    id: first.id,
    at: first.at,
    documents: members.length,
    publishers: publishers.size,
    members,
  }))
}
