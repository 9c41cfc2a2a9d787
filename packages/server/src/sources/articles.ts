import { minutes, type Document } from '@pumpiq/domain'
import { sha256Hex } from '../platform/hash.ts'
import { plainText } from './plain.ts'
import { documentOf, type Told } from './seen.ts'

/** One article as a vendor tells it: texts may be HTML, `url` may carry trackers. `publishedAt` is epoch ms. */
export type Article = {
  /** The vendor's own, else the address. */
  id: string
  title: string
  text?: string | null | undefined
  url: string
  publishedAt: number
  /** The domain of who published it. */
  publisher: string
  author?: string | null | undefined
  tags?: readonly string[] | undefined
  likes?: number | null | undefined
  vendorSentiment?: number | null | undefined
}

/** A vendor's clock may be ahead of ours so far; what is dated later is announced, not published, and left out. */
const aheadAtMostMs = minutes(1)
const idAtMost = 200

/** Before the first coin and after this century nothing is published: such a time is of another unit. */
const earliestAt = Date.UTC(2009, 0)
const latestAt = Date.UTC(2100, 0)

/** Why a time cannot be when an article was published, or null. */
export function faultOfPublished(articles: readonly Pick<Article, 'publishedAt'>[]): string | null {
  const wrong = articles.find(({ publishedAt: at }) => !(at >= earliestAt && at < latestAt))
  return wrong ? `an article is of ${wrong.publishedAt}: another unit?` : null
}

/** Who asked and when it was answered; epoch ms. */
export type NewsTold = Pick<Told, 'source' | 'token' | 'fetchedAt'> & { now: number }

/**
 * The articles of one answer as documents, newest first. One that comes twice, by its id or its address without trackers, is told once,
 * as it was published first. What has no title, no link of the web or no publisher is left out.
 */
export function articlesOf({ now, ...told }: NewsTold, articles: readonly Article[]): Document[] {
  const known = new Set<string>()
  const documents: Document[] = []
  for (const article of articles.toSorted((a, b) => a.publishedAt - b.publishedAt)) {
    const url = withoutTrackers(article.url)
    const title = plainText(article.title)
    const publisher = plainText(article.publisher)
    const marks = [`id ${article.id}`, `url ${url}`]
    if (url === null || title === '' || publisher === '') continue
    if (article.publishedAt > now + aheadAtMostMs || marks.some((mark) => known.has(mark))) continue
    for (const mark of marks) known.add(mark)
    const observedAt = Math.min(article.publishedAt, now)
    documents.push(documentOf({ ...told, observedAt }, { ...written(article), kind: 'news', title, publisher, url }))
  }
  return documents.toReversed()
}

const written = ({ id, text, author, tags = [], likes, vendorSentiment }: Article) => ({
  id: shortId(id),
  text: plainText(text ?? ''),
  author: authorOf(author),
  tags: tags.map(plainText).filter((tag) => tag !== ''),
  likes: likes ?? null,
  vendorSentiment: vendorSentiment ?? null,
})

/** An id that can be kept whole, and is still the only one of its kind where it is too long or has characters that nothing keeps. */
function shortId(id: string): string {
  const plain = plainText(id)
  return plain === id && id.length <= idAtMost ? id : `${plain.slice(0, 100).toWellFormed()}#${sha256Hex(id)}`
}

/** News tell an author's name and nothing more. */
function authorOf(author: string | null | undefined): Document['author'] {
  const name = plainText(author ?? '')
  if (name === '') return null
  return {
    id: name,
    name,
    createdAt: null,
    followers: null,
    following: null,
    posts: null,
    verified: null,
  }
}

/** The address without `utm_...` and fragment; null for what is no link of the web. */
function withoutTrackers(address: string): string | null {
  const text = address.trim()
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  if (!/^https?:$/.test(url.protocol) || url.username || url.password) return null
  const trackers = [...url.searchParams.keys()].filter((name) => /^utm_/i.test(name))
  for (const name of trackers) url.searchParams.delete(name)
  url.hash = ''
  return url.href
}

/** The domain of an address, without `www.`; empty for what is none. */
export const domainOf = (address: string): string =>
  URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '').replace(/\.$/, '') : ''
