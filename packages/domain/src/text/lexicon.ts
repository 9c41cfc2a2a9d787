import { phrasesOf } from './phrases.ts'
import { phraseHash } from './word-hash.ts'
import type { WordKind, WordList } from './word-list.ts'

/** Kinds as numbers, for columns; 0 is a row that only leads on to a phrase or bears fitted weights. */
export const kinds = [
  'none',
  'value',
  'mild',
  'up',
  'down',
  'good-object',
  'bad-object',
  'not',
  'more',
  'less',
  'but',
  'despite',
  'calm',
  'compare',
  'crypto',
] as const satisfies readonly ('none' | WordKind)[]
export const kindNumber = Object.fromEntries(kinds.map((kind, k) => [kind, k])) as Readonly<
  Record<(typeof kinds)[number], number>
>

/** One weight of a fit, in hundredths of log odds: toward good and toward bad against neither. */
export type FittedWord = { readonly words: string; readonly good: number; readonly bad: number }

export type Lexicon = {
  /** The row of a word or phrase by its hash; -1 when there is none. */
  find(hash: number): number
  readonly kind: Uint8Array
  readonly weight: Int8Array
  /** 1 where the row speaks of crypto. */
  readonly crypto: Uint8Array
  /** 1 where a longer phrase may begin with this row. */
  readonly leads: Uint8Array
  /** 1 where a fitted pair may begin with this row. */
  readonly pairs: Uint8Array
  readonly good: Int16Array
  readonly bad: Int16Array
}

type Row = { kind: number; weight: number; crypto: number; leads: number; pairs: number; good: number; bad: number }

/** An open hash table over words, phrases and what was fitted. Of an entry that stands twice the first counts. */
export function createLexicon(lists: readonly WordList[], fitted: readonly FittedWord[]): Lexicon {
  const rows = new Map<number, Row>()
  const rowOf = (hash: number): Row => {
    const row = rows.get(hash) ?? { kind: 0, weight: 0, crypto: 0, leads: 0, pairs: 0, good: 0, bad: 0 }
    rows.set(hash, row)
    return row
  }
  for (const [kind, weight, words] of lists) {
    for (const hashes of phrasesOf(words)) {
      const row = rowOf(chain(hashes, rowOf))
      if (kind === 'crypto') row.crypto = 1
      else if (row.kind === 0) Object.assign(row, { kind: kindNumber[kind], weight })
    }
  }
  for (const { words, good, bad } of fitted)
    for (const hashes of phrasesOf(words)) Object.assign(rowOf(pairHash(hashes, rowOf)), { good, bad })
  return columnsOf(rows)
}

/** Marks every beginning of a phrase as leading on; answers the hash of the whole. */
function chain(hashes: readonly number[], rowOf: (hash: number) => Row): number {
  return hashes.reduce((before, next) => {
    rowOf(before).leads = 1
    return phraseHash(before, next)
  })
}

function pairHash([first = 1, second]: readonly number[], rowOf: (hash: number) => Row): number {
  if (second === undefined) return first
  rowOf(first).pairs = 1
  return phraseHash(first, second)
}

function columnsOf(rows: ReadonlyMap<number, Row>): Lexicon {
  const size = 2 ** Math.ceil(Math.log2(rows.size * 2 + 1))
  const key = new Int32Array(size)
  const kind = new Uint8Array(size)
  const weight = new Int8Array(size)
  const crypto = new Uint8Array(size)
  const leads = new Uint8Array(size)
  const pairs = new Uint8Array(size)
  const good = new Int16Array(size)
  const bad = new Int16Array(size)
  const slot = (hash: number): number => {
    let at = (hash ^ (hash >>> 15)) & (size - 1)
    while (key[at] !== 0 && key[at] !== hash) at = (at + 1) & (size - 1)
    return at
  }
  for (const [hash, row] of rows) {
    const at = slot(hash)
    key[at] = hash
    kind[at] = row.kind
    weight[at] = row.weight
    crypto[at] = row.crypto
    leads[at] = row.leads
    pairs[at] = row.pairs
    good[at] = row.good
    bad[at] = row.bad
  }
  const find = (hash: number): number => {
    const at = slot(hash)
    return key[at] === 0 ? -1 : at
  }
  return { find, kind, weight, crypto, leads, pairs, good, bad }
}
