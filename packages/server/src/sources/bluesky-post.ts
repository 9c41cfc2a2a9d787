import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import type { Post } from './posts.ts'
import { Instant } from './quote.ts'

const Count = z.int().nonnegative()

/** A post as the network's own servers show it. `indexedAt` is theirs; the record's `createdAt` is whatever its writer says. */
export const BlueskyPost = z.looseObject({
  uri: z.string().regex(/^at:\/\/did:[a-z]+:[\w.:%-]+\/app\.bsky\.feed\.post\/[\w.~:-]+$/),
  author: z.looseObject({
    did: z.string().regex(/^did:[a-z]+:[\w.:%-]+$/),
    handle: z.string().min(1),
    createdAt: Instant.nullish(),
  }),
  record: z.looseObject({ text: z.string() }),
  likeCount: Count.nullish(),
  repostCount: Count.nullish(),
  indexedAt: Instant,
})
type BlueskyPost = z.output<typeof BlueskyPost>

export const blueskyPost = ({ uri, author, record, likeCount, repostCount, indexedAt }: BlueskyPost): Post => ({
  id: uri,
  at: indexedAt,
  text: record.text,
  publisher: 'bsky.app',
  url: `https://bsky.app/profile/${author.did}/post/${uri.split('/').at(-1)}`,
  author: {
    id: author.did,
    name: author.handle,
    createdAt: author.createdAt ?? null,
  },
  likes: likeCount ?? null,
  reposts: repostCount ?? null,
})

const ErrorBody = z.looseObject({ error: z.string() })

/** `{ error, message }`: a name of the manual's, and a text. */
export function blueskyError(status: number, body: unknown): VendorError | null {
  const error = status >= 400 ? ErrorBody.safeParse(body).data?.error : undefined
  if (error === undefined) return null
  if (status === 429 || error === 'RateLimitExceeded')
    return { mishap: 'throttled', reason: 'says that we ask too often' }
  if (status >= 500) return { mishap: 'server', reason: `is in trouble (HTTP ${status})` }
  return { mishap: 'refused', reason: `refused the request (HTTP ${status})` }
}
