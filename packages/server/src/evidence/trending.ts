import { sql } from 'kysely'
import { days, hours, round, toIso } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'

export type Trend = {
  readonly token: string
  readonly voices: number
  readonly documents: number
  readonly usualVoices: number | null
  readonly timesUsual: number | null
}

/** Of so many tokens that most wrote of, it is found out how usual that is. */
const candidates = 40
/** Fewer voices are no talk. */
const voicesAtLeast = 5
/** As if so many more wrote each day: one that nobody ever spoke of does not lead by five voices. */
const priorVoices = 3
const usualDays = 6

export const trendingRule =
  `Who wrote of a token in the last 24 hours, each once and without what looks like a fraud, over how many do on a usual day of the ${usualDays} ` +
  `before, both plus ${priorVoices}; ${voicesAtLeast} voices at least. A token that was not listened to for a day before has no usual day: those follow, by voices.`

type Row = { token: string; voices: number; documents: number; pairs: number; since: Date | null }

/** Tokens that are written of more than usual, of all that are kept. The texts of news and posts are told alike. */
export async function trendingTokens(db: Db, now: number, limit: number): Promise<Trend[]> {
  const [lately, former] = [toIso(now - hours(24)), toIso(now - hours(24) - days(usualDays))]
  const { rows } = await sql<Row>`
    with plain as (
      select document.id from document join claim on claim.document_id = document.id
      where document.fetched_at >= ${lately}::timestamptz and claim.document -> 'flags' = '[]'::jsonb),
    talk as (
      select token_id, count(*)::int as voices, sum(n)::int as documents from (
        select link.token_id, link.voice, count(*) as n from plain
        join document_token link on link.document_id = plain.id group by link.token_id, link.voice) as spoken
      group by token_id having count(*) >= ${voicesAtLeast} order by 2 desc, 1 limit ${candidates})
    select talk.token_id as token, talk.voices, talk.documents, usual.pairs, usual.since from talk
    join tokens on tokens.id = talk.token_id,
    lateral (select count(*)::int as pairs, min(since) as since from (
      select min(fetched_at) as since from document_token link
      where link.token_id = talk.token_id and link.kind in ('news', 'social')
        and link.fetched_at >= ${former}::timestamptz and link.fetched_at < ${lately}::timestamptz
      group by voice, (fetched_at at time zone 'utc')::date) as spoken) as usual`.execute(db)
  return rows
    .map((row) => trendOf(row, now))
    .toSorted(
      (a, b) => (b.timesUsual ?? 0) - (a.timesUsual ?? 0) || b.voices - a.voices || (a.token < b.token ? -1 : 1),
    )
    .slice(0, limit)
}

function trendOf({ token, voices, documents, pairs, since }: Row, now: number): Trend {
  const heardDays = since === null ? 0 : (now - hours(24) - since.getTime()) / days(1)
  if (heardDays < 1) return { token, voices, documents, usualVoices: null, timesUsual: null }
  const usual = pairs / heardDays
  const timesUsual = round((voices + priorVoices) / (usual + priorVoices), 2)
  return { token, voices, documents, usualVoices: round(usual, 2), timesUsual }
}
