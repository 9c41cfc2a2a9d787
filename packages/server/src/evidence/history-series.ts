import { sql, type RawBuilder } from 'kysely'
import { hours, intervals, round, toIso } from '@pumpiq/domain'
import type { OnchainSeries, SentimentSeries } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import type { Alongside, AlongsideAsk } from '../tokens/routes.ts'
import { epochMs } from './columns.ts'

const onchainNames = [
  'holders',
  'top10Ratio',
  'liquidityUsd',
  'volume24hUsd',
  'buys24h',
  'sells24h',
  'whaleNet24hUsd',
  'curveProgressRatio',
] as const

/** What was told of a token within each of its candles, beside prices: nothing is carried from one candle to the next. */
export const createAlongside = ({ db }: { db: Db }): Alongside => ({
  onchain: (ask) => onchain(db, ask),
  sentiment: (ask) => sentiment(db, ask),
})

const bucket = (at: RawBuilder<unknown>, intervalMs: number) =>
  sql`floor(${epochMs(at)} / ${intervalMs}::numeric)::bigint * ${intervalMs}::bigint`

function spanOf({ opens, interval }: AlongsideAsk) {
  const [from, to] = [Math.min(...opens), Math.max(...opens) + intervals[interval]]
  return { from: sql`${toIso(from)}::timestamptz`, to: sql`${toIso(to)}::timestamptz` }
}

async function onchain(db: Db, ask: AlongsideAsk): Promise<OnchainSeries> {
  const { token, opens, interval } = ask
  const { from, to } = spanOf(ask)
  const { rows } = await sql<{ name: (typeof onchainNames)[number]; source: string; at: number; value: number }>`
    with told as (
      select name, source, ${bucket(sql`observed_at`, intervals[interval])} as at, observed_at, value::float8 as value
      from observation where token_id = ${token} and name <> 'price' and name = any(${sql`${[...onchainNames]}`}::text[])
        and observed_at >= ${from} and observed_at < ${to}),
    fullest as (
      select distinct on (name) name, source from told group by name, source order by name, count(distinct at) desc, source)
    select distinct on (name, at) name, source, at, value from told join fullest using (name, source)
    order by name, at, observed_at desc`.execute(db)
  const column = (name: (typeof onchainNames)[number]) => {
    const values = new Map(rows.filter((row) => row.name === name).map(({ at, value }) => [at, value]))
    return opens.map((ts) => values.get(ts) ?? null)
  }
  const columns = Object.fromEntries(onchainNames.map((name) => [name, column(name)])) as Omit<OnchainSeries, 'sources'>
  return { sources: Object.fromEntries(rows.map(({ name, source }) => [name, source])), ...columns }
}

/** Documents are read late, never early: what came within the candle is of it. */
async function sentiment(db: Db, ask: AlongsideAsk): Promise<SentimentSeries> {
  const { token, opens, interval } = ask
  const { from, to } = spanOf(ask)
  const { rows } = await sql<{ kind: 'news' | 'social'; at: number; n: number; tone: number | null }>`
    select kind, at, sum(n)::int as n, avg(tone) as tone from (
      select link.kind, ${bucket(sql`link.fetched_at`, intervals[interval])} as at, link.voice, count(*) as n,
        avg((claim.document ->> 'sentiment')::float8) filter (where claim.document -> 'flags' = '[]'::jsonb) as tone
      from document_token link join claim on claim.document_id = link.document_id
      where link.token_id = ${token} and link.kind in ('news', 'social')
        and link.fetched_at >= ${from} and link.fetched_at < ${to}
        and link.observed_at >= link.fetched_at - ${`${hours(24)} milliseconds`}::interval
      group by 1, 2, 3) as voices group by kind, at`.execute(db)
  const of = (kind: 'news' | 'social') => new Map(rows.filter((row) => row.kind === kind).map((row) => [row.at, row]))
  const [news, social] = [of('news'), of('social')]
  const tones = (found: typeof news) =>
    opens.map((ts) => {
      const tone = found.get(ts)?.tone ?? null
      return tone === null ? null : round(50 + 50 * tone, 2)
    })
  return {
    news: tones(news),
    social: tones(social),
    newsDocuments: opens.map((ts) => news.get(ts)?.n ?? 0),
    socialDocuments: opens.map((ts) => social.get(ts)?.n ?? 0),
  }
}
