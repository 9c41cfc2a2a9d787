import {
  callsIn,
  days,
  fromIso,
  hours,
  storiesOf,
  tokenId,
  type SaidPost,
  type Token,
  type TokenId,
} from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import { isListable } from '../sources/ticker-identity.ts'
import type { AuthorCalls } from './author-calls.ts'
import { authorOf } from './author-of.ts'
import type { Documents, ReadDocument } from './documents.ts'

type Needs = {
  readonly calls: Pick<AuthorCalls, 'note' | 'newestAt'>
  readonly documents: Pick<Documents, 'of' | 'toldSince'>
  readonly byId: (id: TokenId) => Promise<Token | null>
  readonly clock: Pick<Clock, 'now'>
  /** Lets the event loop go on. */
  readonly pause: () => Promise<void>
}

/** No further back is looked for calls that were not noted. */
const reachMs = days(1)
/** Whoever says the same within it shares a call; and whose words a post repeats is looked for as far back. */
const eventMs = days(1)
/** Posts of one token and of one author that are looked at. */
const postsAtMost = 3_000
const perAuthor = 20
/** A post that is about the token at least so much. */
const aboutFrom = 0.5

export type NoteAuthors = ReturnType<typeof createNoteAuthors>

/**
 * Notes which way authors said that tokens would go, of the posts that came since the last time. Only of tokens that the catalogue ranks: what
 * a few posts can move is no test of who wrote them.
 */
export function createNoteAuthors({ calls, documents, byId, clock, pause }: Needs) {
  async function noteOf(id: string, since: number): Promise<void> {
    const token = await byId(tokenId(id))
    if (!token || token.marketCapRank === null || !isListable(token)) return
    const wanted = {
      token: id,
      kind: 'social',
      since: since - eventMs,
      perVoice: perAuthor,
      limit: postsAtMost,
    } as const
    const made = callsIn(postsOf(await documents.of(wanted)))
    await calls.note(
      id,
      made.filter(({ at }) => at >= since),
    )
  }

  return async function noteAuthors(abort?: AbortSignal): Promise<void> {
    const from = clock.now() - reachMs
    // An hour more than was noted: posts of one instant may come in two pieces.
    const since = Math.max(from, ((await calls.newestAt()) ?? from) - hours(1))
    for (const token of await documents.toldSince(since, 'social')) {
      if (abort?.aborted) return
      await noteOf(token, since)
      await pause()
    }
  }
}

function postsOf(told: readonly ReadDocument[]): SaidPost[] {
  const groups = storiesOf(
    told.map(({ document }) => ({
      id: document.id,
      title: document.title,
      text: document.text,
      publisher: authorOf(document) ?? document.id,
      at: fromIso(document.fetchedAt),
    })),
  )
  const storyOf = new Map(groups.flatMap(({ id, members }) => members.map((member) => [member, id] as const)))
  return told
    .filter(({ relevance }) => relevance >= aboutFrom)
    .map(({ document, claim }) => ({
      id: document.id,
      author: authorOf(document),
      createdAt: document.author?.createdAt ? fromIso(document.author.createdAt) : null,
      writtenAt: fromIso(document.observedAt),
      knownAt: fromIso(document.fetchedAt),
      sentiment: claim.sentiment,
      flags: claim.flags,
      storyId: storyOf.get(document.id) ?? document.id,
      tokens: claim.tokens.length,
    }))
}
