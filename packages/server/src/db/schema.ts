import type { ColumnType, JSONColumnType } from 'kysely'

/** Written as ISO 8601 text, read as a Date cut to milliseconds. */
type Instant = ColumnType<Date, string, string>
/** Read as a number while it is a safe integer, else as a BigInt. */
type Int8 = ColumnType<number, number, never>
/** Read as the decimal text it was written as. */
type Numeric = ColumnType<string, string, string>
/** Read parsed; always written as text: `pg` takes a JavaScript array for an array of PostgreSQL. */
type Json = JSONColumnType<object>

/** The token catalogue; `id` is `chain:address`. */
export type TokensTable = {
  id: string
  chain: string
  address: string
  symbol: string
  name: string
  catalogueId: string | null
  marketCapRank: number | null
  marketCapUsd: number | null
  priceUsd: ColumnType<string | null, string | null, string | null>
  updatedAt: Instant
}

/** What is queried is a column, the whole document is `document`. */
export type RecommendationsTable = {
  id: string
  userId: string
  house: boolean
  tokenId: string
  symbol: string
  type: string
  timeframe: string
  mode: string
  issuedAt: Instant
  expiresAt: Instant
  score: number
  document: Json
  ledgerSeq: ColumnType<number | null, number | null, never>
}

/** What decisions were made from, once each: canonical JSON under its SHA-256. */
export type InputsTable = { hash: string; body: string }

/** Append-only; `body` is canonical JSON as text, because jsonb reorders. */
export type LedgerTable = { seq: Int8; prevHash: string; hash: string; body: string }

/** Closed candles; `ts` is the bar's open, `revision` counts corrections by the source. */
export type CandleTable = {
  tokenId: string
  source: string
  tf: string
  ts: Instant
  o: Numeric
  h: Numeric
  l: Numeric
  c: Numeric
  v: Numeric
  fetchedAt: Instant
  revision: ColumnType<number, number | undefined, number>
}

/** One row: whether this database holds live or simulated data. */
export type InstallationTable = {
  one: ColumnType<boolean, boolean, never>
  homeLabel: string
  madeAt: ColumnType<Date, never, never>
}

/** What was found in the database server, for the health page. */
export type DbCapabilityTable = { name: string; value: string }

export type Tables = {
  tokens: TokensTable
  recommendations: RecommendationsTable
  inputs: InputsTable
  ledger: LedgerTable
  candle: CandleTable
  installation: InstallationTable
  dbCapability: DbCapabilityTable
}
