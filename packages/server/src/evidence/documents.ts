import { sql } from 'kysely'
import { Claim, Document, toIso, trustOf } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createRecent, type Looked } from './recent.ts'

/** A document that is about a token, with what the reader made of it. */
export type ReadDocument = Reading & { readonly relevance: number }
type Reading = { readonly document: Document; readonly claim: Claim }

/** Documents that are not read from the database again while they are asked for. */
const recentAtMost = 10_000

export type Documents = ReturnType<typeof createDocuments>

/** `perVoice`: of one publisher (news) or author (social) the newest so many, so that whoever floods hides nobody else. */
type Wanted = {
  token: string
  kind: Document['kind']
  since: number
  /** Now unless said. */
  until?: number
  perVoice: number
  limit: number
}

/** Whose word a document is: a publisher's, or a post's author's. One whose author nobody tells is nobody else's. */
const voiceOf = ({ kind, publisher, author, id }: Document): string =>
  kind === 'news' ? publisher : (author?.id ?? id)

const trustIn = ({ kind, publisher }: Document): number => (kind === 'news' ? trustOf(publisher).trust : 0)

/** Articles and posts as they came, what was read in them, and which tokens they are about. */
export function createDocuments({ db, looked }: { db: Db; looked?: Looked }) {
  const recent = createRecent<Reading>(recentAtMost, looked)

  /** A document never changes, and what was read in it only with the reader: those that were read lately are not read again. */
  async function readingsOf(wanted: readonly { id: string; reader: string }[]): Promise<Map<string, Reading>> {
    const known = new Map<string, Reading>()
    for (const { id, reader } of wanted) {
      const reading = recent.get(`${reader} ${id}`)
      if (reading) known.set(id, reading)
    }
    const unknown = wanted.filter(({ id }) => !known.has(id)).map(({ id }) => id)
    if (unknown.length === 0) return known
    const rows = await db
      .selectFrom('document')
      .innerJoin('claim', 'claim.documentId', 'document.id')
      .select(['document.document', 'claim.document as claim'])
      .where('document.id', 'in', unknown)
      .execute()
    for (const row of rows) {
      const reading = { document: Document.parse(row.document), claim: Claim.parse(row.claim) }
      known.set(reading.document.id, reading)
      recent.set(`${reading.claim.reader} ${reading.document.id}`, reading)
    }
    return known
  }

  return {
    /** Of a document that is told twice the first stays; those that were not known before come back. */
    async keep(documents: readonly Document[]): Promise<Document[]> {
      if (documents.length === 0) return []
      const texts = (pick: (one: Document) => string) => sql`${documents.map(pick)}`
      const { rows } = await sql<{ id: string }>`
        insert into document (id, kind, source, observed_at, fetched_at, document)
        select * from unnest(${texts(({ id }) => id)}::text[], ${texts(({ kind }) => kind)}::text[],
          ${texts(({ source }) => source)}::text[], ${texts(({ observedAt }) => observedAt)}::timestamptz[],
          ${texts(({ fetchedAt }) => fetchedAt)}::timestamptz[], ${texts((one) => JSON.stringify(one))}::jsonb[])
        on conflict do nothing returning id`.execute(db)
      const added = new Set(rows.map(({ id }) => id))
      return documents.filter(({ id }) => added.has(id))
    },

    /** The tokens a document is about, by relevance; kept twice is kept once, with what was said first. */
    async link(links: readonly { document: Document; token: string; relevance: number }[]): Promise<void> {
      if (links.length === 0) return
      const texts = (pick: (one: (typeof links)[number]) => string) => sql`${links.map(pick)}`
      await sql`
        insert into document_token (token_id, kind, fetched_at, observed_at, document_id, relevance, voice, trust)
        select * from unnest(${texts(({ token }) => token)}::text[], ${texts(({ document }) => document.kind)}::text[],
          ${texts(({ document }) => document.fetchedAt)}::timestamptz[],
          ${texts(({ document }) => document.observedAt)}::timestamptz[], ${texts(({ document }) => document.id)}::text[],
          ${sql`${links.map(({ relevance }) => relevance)}`}::double precision[],
          ${texts(({ document }) => voiceOf(document))}::text[],
          ${sql`${links.map(({ document }) => trustIn(document))}`}::double precision[])
        on conflict do nothing`.execute(db)
    },

    /** What is kept of documents under these ids, as it was first told. */
    async byIds(ids: readonly string[]): Promise<Document[]> {
      if (ids.length === 0) return []
      const rows = await db.selectFrom('document').select('document').where('id', 'in', ids).execute()
      return rows.map(({ document }) => Document.parse(document))
    },

    /** Those that became known in [since, until], of the most believed voices first, then the newest. */
    async of({ token, kind, since, until, perVoice, limit }: Wanted): Promise<ReadDocument[]> {
      const { rows } = await sql<{ id: string; reader: string; relevance: number }>`
        select link.document_id as id, claim.reader, relevance from (
          select document_id, relevance, fetched_at, trust,
            row_number() over (partition by voice order by fetched_at desc, document_id) as nth
          from document_token
          where token_id = ${token} and kind = ${kind} and fetched_at >= ${toIso(since)}::timestamptz
            ${until === undefined ? sql`` : sql`and fetched_at <= ${toIso(until)}::timestamptz`}
        ) link
        join claim on claim.document_id = link.document_id
        where nth <= ${perVoice}
        order by trust desc, link.fetched_at desc, link.document_id limit ${limit}`.execute(db)
      const readings = await readingsOf(rows)
      return rows.flatMap(({ id, relevance }) => {
        const reading = readings.get(id)
        return reading ? [{ ...reading, relevance }] : []
      })
    },

    /**
     * Documents of a token that were written in each hour of [from, to), epoch ms, whenever they came; hours without any are left out.
     * None came before it was written.
     */
    async hourly({ token, kind, from, to }: { token: string; kind: Document['kind']; from: number; to: number }) {
      const start = sql`${toIso(from)}::timestamptz`
      const { rows } = await sql<{ n: number }>`
        select count(*)::int as n from document_token
        where token_id = ${token} and kind = ${kind} and fetched_at >= ${start}
          and observed_at >= ${start} and observed_at < ${toIso(to)}::timestamptz
        group by floor(extract(epoch from observed_at - ${start}) / 3600)`.execute(db)
      return rows.map(({ n }) => n)
    },

    /** The tokens that documents which came since an instant (epoch ms) are about, in order. */
    async toldSince(since: number, kind: Document['kind']): Promise<string[]> {
      const { rows } = await sql<{ id: string }>`
        select distinct token_id as id from document join document_token on document_id = document.id
        where document.fetched_at >= ${toIso(since)}::timestamptz and document.kind = ${kind} order by id`.execute(db)
      return rows.map(({ id }) => id)
    },

    /** When the first document about the token was known, epoch ms. */
    async firstAt(token: string, kind: Document['kind']): Promise<number | null> {
      const { rows } = await sql<{ at: Date | null }>`
        select min(fetched_at) as at from document_token where token_id = ${token} and kind = ${kind}`.execute(db)
      return rows[0]?.at?.getTime() ?? null
    },
  }
}

/** What the reader made of documents, once for all users. */
export function createClaimStore({ db }: { db: Db }) {
  return {
    async get(ids: readonly string[]): Promise<Map<string, Claim>> {
      if (ids.length === 0) return new Map()
      const rows = await db.selectFrom('claim').select('document').where('documentId', 'in', ids).execute()
      const claims = rows.map(({ document }) => Claim.parse(document))
      return new Map(claims.map((claim) => [claim.document, claim]))
    },

    /** A newer reader's word takes the place of an older one's. */
    async put(claims: readonly Claim[]): Promise<void> {
      if (claims.length === 0) return
      const texts = (pick: (one: Claim) => string) => sql`${claims.map(pick)}`
      await sql`
        insert into claim (document_id, reader, document)
        select * from unnest(${texts(({ document }) => document)}::text[], ${texts(({ reader }) => reader)}::text[],
          ${texts((one) => JSON.stringify(one))}::jsonb[])
        on conflict (document_id) do update set reader = excluded.reader, document = excluded.document`.execute(db)
    },
  }
}
