import { type Claim, type Document, isModelReader, lexiconReader, type NameIndex, readText } from '@pumpiq/domain'

/** Where claims are kept, one a document. */
export type KeptClaims = {
  get(documents: readonly string[]): Promise<ReadonlyMap<string, Claim>>
  /** Takes the place of what was kept for the same documents. */
  put(claims: readonly Claim[]): Promise<void>
}

/** A model's word stands: it has read what the lexicon made of it. */
const isRead = (claim: Claim | undefined): boolean =>
  claim !== undefined && (claim.reader === lexiconReader || isModelReader(claim.reader))

type Needs = { readonly store: KeptClaims; readonly names: () => NameIndex }

/**
 * Documents to claims, one each and in their order. What was read once is never read again, unless an older version of the reader read
 * it; the catalogue of names is asked for when there is something to read.
 */
export function createReader({ store, names }: Needs) {
  return async function read(documents: readonly Pick<Document, 'id' | 'title' | 'text'>[]): Promise<Claim[]> {
    const once = new Map(documents.map((document) => [document.id, document]))
    const known = new Map(await store.get([...once.keys()]))
    const unread = [...once.values()].filter(({ id }) => !isRead(known.get(id)))
    if (unread.length > 0) {
      const index = names()
      const claims = unread.map((document): Claim => ({
        document: document.id,
        ...readText(document, index),
        reader: lexiconReader,
      }))
      await store.put(claims)
      for (const claim of claims) known.set(claim.document, claim)
    }
    return documents.map(({ id }) => known.get(id)!)
  }
}
