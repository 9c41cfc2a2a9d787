import { hours, influences, loudness, round, type Token } from '@pumpiq/domain'
import type { ToldVoice } from '@pumpiq/api'
import type { AuthorCalls } from './author-calls.ts'
import { authorOf } from './author-of.ts'
import type { Documents } from './documents.ts'

/** Posts that are looked at, and authors that are told. */
const reachMs = hours(24)
const postsAtMost = 1_500
const perAuthor = 5
const voicesAtMost = 10

type Needs = { documents: Pick<Documents, 'of'>; calls: Pick<AuthorCalls, 'records'> }

export type VoicesOf = ReturnType<typeof createVoicesOf>

/** Who of those that write of a token has a record, the loudest first. */
export function createVoicesOf({ documents, calls }: Needs) {
  return async function voicesOf({ id: token }: Token, now: number): Promise<ToldVoice[]> {
    const wanted = { token, kind: 'social', since: now - reachMs, perVoice: perAuthor, limit: postsAtMost } as const
    const byAuthor = Map.groupBy(await documents.of(wanted), ({ document }) => authorOf(document))
    const authors = [...byAuthor.keys()].filter((author) => author !== null)
    const influence = influences(await calls.records(authors, now))
    return authors
      .map((author) => ({ author, posts: byAuthor.get(author)!, record: influence(author) }))
      .filter(({ record }) => record.calls > 0)
      .map(({ author, posts, record }) => ({
        author: shown(author),
        name: shown(posts[0]!.document.author?.name ?? '') || null,
        posts: posts.length,
        calls: record.calls,
        hits: record.hits,
        loudness: round(loudness(record), 3),
      }))
      .toSorted((a, b) => b.loudness - a.loudness || b.calls - a.calls || (a.author < b.author ? -1 : 1))
      .slice(0, voicesAtMost)
  }
}

/** Names are what their bearers chose: without what cannot be seen, so that they stand where they are shown and nowhere else. */
const shown = (name: string): string => name.replaceAll(/\p{C}/gu, '').trim().slice(0, 60)
