import type { Claim, Document, Token } from '@pumpiq/domain'
import type { Documents } from './documents.ts'

type Needs = {
  documents: Pick<Documents, 'keep' | 'link' | 'byIds'>
  /** What the reader makes of documents, one claim each, in any order. */
  read(documents: readonly Document[]): Promise<readonly Claim[]>
}

/** A source that was asked about a token tells of it, though its text may name it only in passing. */
const askedRelevance = 0.5

/** Keeps documents as they came, has those read that were not known, and notes which tokens they are about. */
export function createTake({ documents, read }: Needs) {
  return async function take(told: readonly Document[], token: Token | null): Promise<void> {
    await documents.keep(told)
    // As they were first told: a document is known since then, whoever tells it again.
    const kept = await documents.byIds(told.map(({ id }) => id))
    const claims = new Map((await read(kept)).map((claim) => [claim.document, claim]))
    const links = kept.flatMap((document) => {
      const named = new Map(claims.get(document.id)?.tokens.map(({ id, relevance }) => [id, relevance]))
      if (token) named.set(token.id, Math.max(named.get(token.id) ?? 0, askedRelevance))
      return [...named].map(([id, relevance]) => ({ document, token: id, relevance }))
    })
    await documents.link(links)
  }
}
