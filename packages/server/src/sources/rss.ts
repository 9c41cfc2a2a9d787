import { Parser } from 'htmlparser2'
import { z } from 'zod'
import { feedTime } from './feed-time.ts'
import { plainText } from './plain.ts'

const charactersAtMost = 5_000_000
const entriesAtMost = 500
const depthAtMost = 50
const fieldAtMost = 200_000

/**
 * One entry, in plain text. `at` is when it was published (Atom: or updated), null when it does not say so in a form that can be read;
 * `outlet` is the site an aggregator names as its source.
 */
const FeedEntry = z.object({
  id: z.string(),
  title: z.string(),
  text: z.string(),
  url: z.string(),
  at: z.number().nullable(),
  author: z.string().nullable(),
  tags: z.array(z.string()),
  outlet: z.object({ name: z.string(), url: z.string() }).nullable(),
})
export type FeedEntry = z.output<typeof FeedEntry>

export const Feed = z.object({ entries: z.array(FeedEntry) })

/**
 * The entries of an RSS 2.0 or Atom feed, for `parse` of a question. Throws a SyntaxError for what is no feed, is cut off, or is not well
 * formed: half an entry may be a wrong one. Entities of a document's own are not expanded.
 */
export function parseFeed(text: string): z.input<typeof Feed> {
  if (text.length > charactersAtMost) throw new SyntaxError('a feed of more than five million characters')
  return { entries: rawEntries(text).map(entryOf) }
}

/** A child of an entry; `name` is its path in lower case: `author/name`. */
type Field = { name: string; attributes: Readonly<Record<string, string>>; text: string }

const roots: ReadonlySet<string> = new Set(['rss', 'feed'])
const entryNames: ReadonlySet<string> = new Set(['item', 'entry'])

function rawEntries(text: string): Field[][] {
  const read = createReading()
  const parser = new Parser(
    {
      onopentag: (tag, attributes) => read.open(tag.toLowerCase(), attributes),
      ontext: (data) => read.text(data),
      onclosetag: (_, isImplied) => read.close(isImplied),
    },
    { xmlMode: true },
  )
  parser.write(text.replace(/^\uFEFF/, ''))
  return read.end()
}

/** What is read while the parser walks through the document. */
function createReading() {
  const path: string[] = []
  const entries: Field[][] = []
  let rooted = false
  let entryDepth = 0 // between entries
  const fields: Field[] = []
  let empty = false
  return {
    open(name: string, attributes: Field['attributes']): void {
      if (path.length === 0 && (rooted || !roots.has(name))) throw new SyntaxError('no feed')
      rooted = true
      empty = true
      if (path.push(name) > depthAtMost) throw new SyntaxError('nested too deeply')
      if (entryDepth > 0) {
        const field = { name: path.slice(entryDepth).join('/'), attributes, text: '' }
        entries.at(-1)!.push(field)
        fields.push(field)
      } else if (entryNames.has(name)) {
        entryDepth = path.length
        entries.push([])
      }
    },
    text(data: string): void {
      empty = false
      for (const field of fields) if (field.text.length < fieldAtMost) field.text += data
    },
    close(isImplied: boolean): void {
      // The end of an empty element is called implied too.
      if (isImplied && !empty) throw new SyntaxError('an element without its end')
      empty = false
      if (path.length === entryDepth) entryDepth = 0
      path.pop()
      fields.pop()
    },
    end(): Field[][] {
      if (!rooted || path.length > 0) throw new SyntaxError('no feed, or one that is cut off')
      return entries.slice(0, entriesAtMost)
    },
  }
}

const filled = (fields: readonly Field[], ...names: string[]): string | null =>
  names.flatMap((wanted) => fields.filter(({ name, text }) => name === wanted && text.trim() !== ''))[0]?.text.trim() ??
  null

function entryOf(fields: Field[]): FeedEntry {
  const url = linkOf(fields)
  const source = fields.find(({ name }) => name === 'source')
  const time = filled(fields, 'pubdate', 'published', 'updated', 'dc:date')
  const author = filled(fields, 'dc:creator', 'author/name', 'author')
  return {
    id: filled(fields, 'guid', 'id') ?? url,
    title: plainText(filled(fields, 'title') ?? ''),
    text: plainText(filled(fields, 'description', 'summary', 'content:encoded', 'content') ?? ''),
    url,
    at: time === null ? null : feedTime(time),
    author: author === null ? null : plainText(author) || null,
    tags: fields
      .filter(({ name }) => name === 'category')
      .map(({ attributes, text }) => plainText(text || (attributes['term'] ?? '')))
      .filter((tag) => tag !== ''),
    outlet: source?.attributes['url'] ? { name: plainText(source.text), url: source.attributes['url'] } : null,
  }
}

/** RSS writes the address as text, Atom as an attribute of the link to the entry itself; RSS feeds may have Atom's links besides. */
function linkOf(fields: readonly Field[]): string {
  const own = fields.find(
    ({ name, attributes: { href, rel = 'alternate' } }) => name === 'link' && href !== undefined && rel === 'alternate',
  )
  const permanent = fields.find(
    ({ name, attributes, text }) =>
      name === 'guid' && attributes['isPermaLink'] !== 'false' && /^https?:/.test(text.trim()),
  )
  return permanent?.text.trim() ?? filled(fields, 'link') ?? own?.attributes['href'] ?? ''
}
