import { toIso, type Author, type Document } from '@pumpiq/domain'
import { mishapFailure } from '../network/mishap.ts'
import { firstMarketAt, skewMs } from './bars.ts'
import { documentOf } from './seen.ts'

/** A post as its vendor tells it. `at` and the author's `createdAt` are epoch ms; what is left out the vendor does not say. */
export type Post = Pick<Document, 'text' | 'publisher'> &
  Partial<Pick<Document, 'title' | 'url' | 'tags' | 'likes' | 'reposts' | 'views' | 'vendorSentiment'>> & {
    id: string
    at: number
    author: PostAuthor | null
  }

type PostAuthor = Partial<Omit<Author, 'id' | 'createdAt'>> & { id: string; createdAt?: number | null }

/** What one answer's posts have in common. `now` is where the caller stands. */
type Heard = { source: string; token: string | null; now: number; fetchedAt: number }

/**
 * The posts of one answer as documents, each once, without those that say nothing in words. A post from the future is left out, and one from
 * before there were markets; an answer of such posts only means another unit, and is refused.
 */
export function postsOf({ source, token, now, fetchedAt }: Heard, posts: readonly Post[]): Document[] {
  const timely = posts.filter(({ at }) => at >= firstMarketAt && at <= now + skewMs)
  if (posts.length > 0 && timely.length === 0)
    throw mishapFailure({ source, mishap: 'drift' }, 'answered posts of no possible time only: another unit?')
  const documents = timely
    .map(({ at, author, title = '', ...post }) => {
      const told = { source, token, observedAt: Math.min(at, now), fetchedAt }
      return documentOf(told, { kind: 'social', title, author: author && authorOf(author, at), ...post })
    })
    .filter(({ title, text }) => title !== '' || text !== '')
  return [...new Map(documents.map((document) => [document.id, document])).values()]
}

/** The author, with what cannot be about him at the instant of the post left out. */
function authorOf({ id, name = null, createdAt = null, ...known }: PostAuthor, postedAt: number): Author {
  const possible = createdAt !== null && createdAt > 0 && createdAt <= postedAt + skewMs
  return {
    followers: null,
    following: null,
    posts: null,
    verified: null,
    ...known,
    id,
    name,
    createdAt: possible ? toIso(createdAt) : null,
  }
}
