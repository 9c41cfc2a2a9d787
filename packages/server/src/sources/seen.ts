import {
  figureFault,
  toIso,
  type Danger,
  type Document,
  type Figure,
  type FigureName,
  type Hazard,
} from '@pumpiq/domain'
import type { Heard } from '../network/asked.ts'
import { mishapFailure } from '../network/mishap.ts'

/** What everything in one answer has in common. `observedAt` and `fetchedAt` are epoch ms; the earlier of the two is when it was true. */
export type Told = { source: string; token: string | null; observedAt: number; fetchedAt: number }

/** What an answer tells that says nothing of when it was true: it was when it was given. */
export const toldOf = (source: string, token: string | null, { serverAt, fetchedAt }: Heard): Told => ({
  source,
  token,
  observedAt: serverAt ?? fetchedAt,
  fetchedAt,
})

const instants = ({ source, token, observedAt, fetchedAt }: Told) => ({
  source,
  token,
  observedAt: toIso(Math.min(observedAt, fetchedAt)),
  fetchedAt: toIso(fetchedAt),
})

/** Figures of one answer; null and undefined are what the vendor does not say. A value that cannot be true refuses the whole answer. */
export function figuresOf(told: Told, values: Partial<Record<FigureName, number | null | undefined>>): Figure[] {
  return (Object.entries(values) as [FigureName, number | null | undefined][]).flatMap(([name, value]): Figure[] => {
    if (value === null || value === undefined) return []
    const fault = figureFault(name, value)
    if (fault) throw mishapFailure({ source: told.source, mishap: 'drift' }, `answered what cannot be: ${fault}`)
    return [{ what: 'figure', ...instants(told), name, value }]
  })
}

/** Dangers of one answer; null and undefined are what the vendor does not know. */
export const hazardsOf = (told: Told, dangers: Partial<Record<Danger, boolean | null | undefined>>): Hazard[] =>
  (Object.entries(dangers) as [Danger, boolean | null | undefined][]).flatMap(([danger, present]): Hazard[] =>
    present === null || present === undefined ? [] : [{ what: 'hazard', ...instants(told), danger, present }],
  )

/** The parts of a document that a vendor may leave out. */
type Optional = Partial<Pick<Document, 'author' | 'tags' | 'likes' | 'reposts' | 'views' | 'vendorSentiment' | 'url'>>

type Written = Optional & Pick<Document, 'kind' | 'title' | 'text' | 'publisher'> & { id: string }

const lengths = { id: 300, title: 1_000, text: 20_000, publisher: 200, author: 200, tag: 128, url: 2_000 } as const
const tagsAtMost = 50

/** A document, with what is too long or cannot be kept cut, and a link only where it is one of the web. `id` is the vendor's own. */
export function documentOf(
  told: Told,
  { id, title, text, publisher, author = null, tags = [], url = null, ...more }: Written,
): Document {
  return {
    what: 'document',
    likes: null,
    reposts: null,
    views: null,
    vendorSentiment: null,
    ...instants(told),
    ...more,
    author: author && {
      ...author,
      id: cut(author.id, lengths.author),
      name: author.name === null ? null : cut(author.name, lengths.author),
    },
    tags: [...new Set(tags.slice(0, tagsAtMost).map((tag) => cut(tag, lengths.tag)))].filter((tag) => tag !== ''),
    id: cut(`${told.source}:${id}`, lengths.id),
    title: cut(title, lengths.title),
    text: cut(text, lengths.text),
    publisher: cut(publisher, lengths.publisher),
    url: url === null ? null : linkIn(cut(url, lengths.url + 1)),
  }
}

/** The text where it is a link of the web, whole. */
const linkIn = (text: string): string | null =>
  text.length <= lengths.url && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : null

/** Cut between characters, without halves of one, and without what databases cannot keep. */
const cut = (text: string, most: number): string => text.slice(0, most).toWellFormed().replaceAll('\u0000', '').trim()
