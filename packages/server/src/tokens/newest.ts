import { sql } from 'kysely'
import { fromIso, toIso, type Figure } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'

/**
 * What lists show and are sorted by. `firstPoolAt` is the epoch ms at which the oldest pool was made; changes are of the price, against a
 * day and a week before.
 */
export const newestNames = [
  'priceUsd',
  'marketCapUsd',
  'liquidityUsd',
  'volume24hUsd',
  'holders',
  'curveProgressRatio',
  'curveComplete',
  'firstPoolAt',
  'change24hRatio',
  'change7dRatio',
  'fearGreed',
] as const
export type NewestName = (typeof newestNames)[number]

/** `token` is empty for the market as a whole; `value` a decimal, `observedAt` epoch ms. */
export type Newest = {
  readonly token: string
  readonly name: NewestName
  readonly source: string
  readonly observedAt: number
  readonly value: string
}

/** Each figure of a token in place of the one before, unless that was observed later. Rows go in one order, so that two writers never wait for each other. */
export async function putNewest(db: Db, told: readonly Newest[]): Promise<void> {
  if (told.length === 0) return
  const column = (pick: (one: Newest) => string) => sql`${told.map(pick)}`
  await sql`
    insert into newest_figure (token_id, name, source, observed_at, value)
    select distinct on (token_id, name) * from unnest(${column(({ token }) => token)}::text[],
      ${column(({ name }) => name)}::text[], ${column(({ source }) => source)}::text[],
      ${column(({ observedAt }) => toIso(observedAt))}::timestamptz[], ${column(({ value }) => value)}::numeric[])
      as told (token_id, name, source, observed_at, value)
    order by token_id, name, observed_at desc, source
    on conflict (token_id, name) do update
      set source = excluded.source, observed_at = excluded.observed_at, value = excluded.value
      where newest_figure.observed_at <= excluded.observed_at`.execute(db)
}

const wanted: ReadonlySet<string> = new Set(newestNames)

/** What of a source's figure lists show. */
export function newestOf({ token, name, source, observedAt, value }: Figure): Newest[] {
  const at = fromIso(observedAt)
  const told = { token: token ?? '', source, observedAt: at }
  if (name === 'poolAgeMs') return [{ ...told, name: 'firstPoolAt', value: String(Math.round(at - value)) }]
  return wanted.has(name) ? [{ ...told, name: name as NewestName, value: String(value) }] : []
}

/** Of the tokens, by token and name. */
export async function newestFigures(
  db: Db,
  tokens: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<NewestName, Newest>>> {
  const found = new Map<string, Map<NewestName, Newest>>()
  if (tokens.length === 0) return found
  const rows = await db
    .selectFrom('newestFigure')
    .selectAll()
    .where('tokenId', 'in', [...tokens])
    .execute()
  for (const { tokenId: token, name, source, observedAt, value } of rows) {
    const own = found.get(token) ?? new Map<NewestName, Newest>()
    found.set(token, own)
    own.set(name as NewestName, { token, name: name as NewestName, source, observedAt: observedAt.getTime(), value })
  }
  return found
}
