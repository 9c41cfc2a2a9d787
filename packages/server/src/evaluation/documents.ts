import {
  hours,
  lexiconReader,
  readText,
  toIso,
  trustOf,
  type Document,
  type NameIndex,
  type TokenId,
} from '@pumpiq/domain'
import type { Documents, ReadDocument } from '../evidence/documents.ts'
import { sha256Hex } from '../platform/hash.ts'
import { documentOf } from '../sources/seen.ts'
import { instantOf, knownAtOf } from './arrival.ts'
import type { DocumentSeries } from './plan.ts'
import { cellOf, type Table } from './tables.ts'

/** A document about one token, with when that was known; epoch ms. */
export type Told = ReadDocument & { readonly token: TokenId; readonly knownAt: number; readonly writtenAt: number }

/** A source that was asked about a token tells of it, though its text may name it only in passing: as live. */
const askedRelevance = 0.5

type Reading = {
  readonly series: DocumentSeries
  readonly table: Table
  readonly tokens: ReadonlyMap<string, TokenId>
  readonly names: NameIndex
}

/** Rows to what the reader makes of them, once for each token they are about. */
export function documentsIn({ series, table, tokens, names }: Reading): Told[] {
  const known = new Map<string, Told['claim'] & { readonly document: string }>()
  return rowsOf(series, table).flatMap((entry, i) => {
    const cell = (column: string | undefined, field: string) =>
      column === undefined ? undefined : cellOf(table, entry, column, `${series.id}.columns.${field}`)
    const where = (column: string) => `${table.file}, line ${entry.line}, ${column}`
    const { columns, arrival } = series
    const knownAt = knownAtOf(arrival, cellOf(table, entry, arrival.of, `${series.id}.arrival.of`), where(arrival.of))
    const written =
      columns.written === undefined ? knownAt : instantOf(cell(columns.written, 'written'), where(columns.written))
    const writtenAt = Math.min(knownAt, written)
    const title = plain(cell(columns.title, 'title'))
    const text = plain(cell(columns.text, 'text'))
    const author = plain(cell(columns.author, 'author'))
    const document = documentOf(
      { source: series.source, token: null, observedAt: writtenAt, fetchedAt: knownAt },
      {
        kind: series.kind,
        id: sha256Hex(`${series.id}\n${i}`).slice(0, 24),
        title,
        text,
        publisher: publisherOf(series, plain(cell(columns.publisher, 'publisher')), i),
        url: plain(cell(columns.url, 'url')) || null,
        author: author === '' ? null : { ...unknownAuthor, id: author, name: author },
      },
    )
    const same = `${title}\n${text}`
    const reading = known.get(same) ?? {
      document: document.id,
      ...readText({ title, text }, names),
      reader: lexiconReader,
    }
    known.set(same, reading)
    const claim = { ...reading, document: document.id }
    const asked = tokenOf(series, tokens, plain(cell(columns.token, 'token')))
    return linksOf(claim, asked, new Set(tokens.values())).map(([token, relevance]) => ({
      document,
      claim,
      relevance,
      token,
      knownAt,
      writtenAt,
    }))
  })
}

const unknownAuthor = { createdAt: null, followers: null, following: null, posts: null, verified: null }

const plain = (cell: unknown): string =>
  typeof cell === 'string' ? cell : typeof cell === 'number' ? String(cell) : ''

/** The rows of a table, or the members of the list that each holds. */
function rowsOf({ each, id }: DocumentSeries, table: Table): Table['rows'] {
  if (each === undefined) return table.rows
  return table.rows.flatMap((entry) => {
    const list = cellOf(table, entry, each, `${id}.each`)
    if (!Array.isArray(list)) return []
    return list.map((member: Record<string, unknown>) => ({ line: entry.line, row: { ...entry.row, ...member } }))
  })
}

/** Where nobody says who published it, each document is somebody else's, whom we do not know. */
const publisherOf = ({ publisher, publishers, id }: DocumentSeries, name: string, i: number): string =>
  publisher ?? (name === '' ? `unnamed-${id}-${i}` : Object.hasOwn(publishers, name) ? publishers[name]! : name)

function tokenOf({ token, tokens }: DocumentSeries, ids: Reading['tokens'], cell: string): TokenId | null {
  const symbol = token ?? (tokens ? tokens[cell] : cell)
  return (symbol !== undefined && ids.get(symbol)) || null
}

/** As live: what the text names, and what the source was asked about. */
function linksOf(claim: Told['claim'], asked: TokenId | null, ours: ReadonlySet<string>): [TokenId, number][] {
  const named = new Map(claim.tokens.filter(({ id }) => ours.has(id)).map(({ id, relevance }) => [id, relevance]))
  if (asked) named.set(asked, Math.max(named.get(asked) ?? 0, askedRelevance))
  return [...named] as [TokenId, number][]
}

/** What live evidence asks of kept documents, of those that had arrived by an instant that is moved by hand. */
export type RecordedDocuments = Pick<Documents, 'of' | 'hourly' | 'firstAt'> & {
  moveTo(at: number): void
  /** Whether any series tells of the token in this kind at all. */
  tells(token: string, kind: Document['kind']): boolean
}

/** Told documents as a store that knows only what had arrived. */
export function recordedDocuments(told: readonly Told[]): RecordedDocuments {
  const lists = new Map<string, Told[]>()
  for (const one of told.toSorted((a, b) => a.knownAt - b.knownAt || (a.document.id < b.document.id ? -1 : 1))) {
    const key = `${one.document.kind} ${one.token}`
    const list = lists.get(key)
    if (list) list.push(one)
    else lists.set(key, [one])
  }
  const trust = trustBook()
  let now = Number.NEGATIVE_INFINITY
  const between = (token: string, kind: string, since: number): Told[] => {
    const list = lists.get(`${kind} ${token}`) ?? []
    return list.slice(firstKnown(list, since), firstKnown(list, now + 1))
  }
  return {
    moveTo: (at) => void (now = at),
    tells: (token, kind) => lists.has(`${kind} ${token}`),
    of: ({ token, kind, since, perVoice, limit }) =>
      Promise.resolve(chosen(between(token, kind, since), perVoice, limit, trust)),
    hourly({ token, kind, from, to }) {
      const counts = new Map<number, number>()
      for (const { writtenAt } of between(token, kind, from)) {
        const hour = Math.floor((writtenAt - from) / hours(1))
        if (writtenAt >= from && writtenAt < to) counts.set(hour, (counts.get(hour) ?? 0) + 1)
      }
      return Promise.resolve([...counts.values()])
    },
    firstAt(token, kind) {
      const [first] = between(token, kind, Number.NEGATIVE_INFINITY)
      return Promise.resolve(first ? first.knownAt : null)
    },
  }
}

/** The index of the first that was known at or after the instant. */
function firstKnown(list: readonly Told[], at: number): number {
  let [low, high] = [0, list.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (list[middle]!.knownAt < at) low = middle + 1
    else high = middle
  }
  return low
}

const voiceOf = ({ document: { kind, publisher, author, id } }: Told): string =>
  kind === 'news' ? publisher : (author?.id ?? id)

const newestFirst = (a: Told, b: Told): number => b.knownAt - a.knownAt || (a.document.id < b.document.id ? -1 : 1)

/** The newest so many of each voice, of the most believed voices first: the order of the store. */
function chosen(told: readonly Told[], perVoice: number, limit: number, trust: (told: Told) => number): ReadDocument[] {
  const heard = new Map<string, number>()
  const kept = told.toSorted(newestFirst).filter((one) => {
    const nth = (heard.get(voiceOf(one)) ?? 0) + 1
    heard.set(voiceOf(one), nth)
    return nth <= perVoice
  })
  return kept.toSorted((a, b) => trust(b) - trust(a) || newestFirst(a, b)).slice(0, limit)
}

/** How far publishers are believed, each looked up once. */
function trustBook(): (told: Told) => number {
  const known = new Map<string, number>()
  return ({ document: { kind, publisher } }) => {
    if (kind !== 'news') return 0
    const trust = known.get(publisher) ?? trustOf(publisher).trust
    known.set(publisher, trust)
    return trust
  }
}

/** First and last arrival, as on the wire. */
export const spanOf = (knownAt: readonly number[]): { first: string | null; last: string | null } => {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const at of knownAt) {
    first = Math.min(first, at)
    last = Math.max(last, at)
  }
  return knownAt.length === 0 ? { first: null, last: null } : { first: toIso(first), last: toIso(last) }
}
