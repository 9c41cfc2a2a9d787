import { sql } from 'kysely'
import { Claim, Document, hours, lexiconReader, type Token, toIso } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { ModelReader, ToRead } from '../reader/model-reader.ts'
import type { KeptClaims } from '../reader/read.ts'

/** What is older bears little on a decision any more. */
const reachMs = hours(24)
/** In one go; the most believed voices and the newest documents first. */
const documentsAtMost = 40

type Needs = {
  db: Db
  claims: Pick<KeptClaims, 'put'>
  read: ModelReader
  /** The tokens that somebody needs, the most needed first. */
  needed(abort?: AbortSignal): Promise<Token[]>
  clock: Pick<Clock, 'now'>
}
export type ReadByModel = ReturnType<typeof createReadByModel>

/** Has a model read what the lexicon read of the tokens that somebody needs, and notes how much each document is about them. */
export function createReadByModel({ db, claims, read, needed, clock }: Needs) {
  async function unread(tokens: readonly string[]): Promise<ToRead[]> {
    const { rows } = await sql<{ document: unknown; claim: unknown; voice: string }>`
      select document.document, claim.document as claim, min(link.voice) as voice
      from document_token link
      join claim on claim.document_id = link.document_id and claim.reader = ${lexiconReader}
      join document on document.id = link.document_id
      where link.token_id = any(${sql`${tokens}`}::text[]) and link.kind = any(array['news', 'social'])
        and link.fetched_at >= ${toIso(clock.now() - reachMs)}::timestamptz
        and jsonb_array_length(claim.document->'tokens') > 0
        and not claim.document->'flags' ?| array['injection', 'phishing', 'scam']
      group by document.id, claim.document_id
      order by max(link.trust) desc, max(link.fetched_at) desc, document.id limit ${documentsAtMost}`.execute(db)
    return rows.map(({ document, claim, voice }) => ({
      document: Document.parse(document),
      claim: Claim.parse(claim),
      voice,
    }))
  }

  /** What a document is about as the model sees it, where that is something else than the lexicon saw. */
  async function relate(made: readonly Claim[], before: ReadonlyMap<string, Claim>): Promise<void> {
    const links = made.flatMap(({ document, tokens }) =>
      tokens.flatMap(({ id, relevance }) => {
        const seen = before.get(document)?.tokens.find((token) => token.id === id)?.relevance
        return seen === relevance ? [] : [{ document, id, relevance }]
      }),
    )
    if (links.length === 0) return
    await sql`
      update document_token set relevance = said.relevance
      from unnest(${sql`${links.map(({ document }) => document)}`}::text[], ${sql`${links.map(({ id }) => id)}`}::text[],
        ${sql`${links.map(({ relevance }) => relevance)}`}::double precision[]) as said (document_id, token_id, relevance)
      where document_token.document_id = said.document_id and document_token.token_id = said.token_id`.execute(db)
  }

  return async function readByModel(abort: AbortSignal): Promise<number> {
    const tokens = (await needed(abort)).map(({ id }) => id)
    if (tokens.length === 0) return 0
    const documents = await unread(tokens)
    const before = new Map(documents.map(({ claim }) => [claim.document, claim]))
    // The claim last: what ends in between is read again.
    const keep = async (made: readonly Claim[]) => {
      await relate(made, before)
      await claims.put(made)
    }
    return read(documents, keep, abort)
  }
}

/** How often a model and the lexicon made different things of one document: another side, or another event. */
export async function readerDisagreements(db: Db): Promise<{ read: number; side: number; event: number }> {
  const side = (column: string) => sql`sign(round((${sql.raw(column)})::numeric * 2.5))`
  const { rows } = await sql<{ read: number; side: number; event: number }>`
    select count(*)::int as read,
      count(*) filter (where ${side("document->>'sentiment'")} <> ${side("document->'lexicon'->>'sentiment'")})::int as side,
      count(*) filter (where document->>'event' <> document->'lexicon'->>'event')::int as event
    from claim where reader <> ${lexiconReader} and document->'lexicon' is not null`.execute(db)
  return rows[0] ?? { read: 0, side: 0, event: 0 }
}
