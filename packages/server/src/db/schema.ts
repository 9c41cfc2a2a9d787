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

/** Who may do what only one may do at a time, and until when by the clock of the database. */
export type LeaseTable = { name: string; holder: string; epoch: Int8; expiresAt: ColumnType<Date, never, never> }

/** What is followed, and on which venue; made from `recommendations` and their inputs. `closed`: it has an outcome that stands. */
export type FollowingTable = {
  recommendationId: string
  tokenId: string
  symbol: string
  source: string
  issuedAt: Instant
  expiresAt: Instant
  closed: boolean
}

/** Append-only. `document` is the sealed body; a corrected candle makes a further version. */
export type OutcomesTable = {
  recommendationId: string
  version: number
  status: string
  endedAt: Instant
  rMultiple: number | null
  document: Json
  ledgerSeq: Int8
}

/** Up to when the candles of a token at a venue are known without a hole; `revisedFrom` is the oldest correction not yet judged by. */
export type CandleCursorTable = {
  tokenId: string
  source: string
  fromAt: Instant
  knownUntil: Instant
  askedAt: Instant
  answeredAt: ColumnType<Date | null, string | null, string | null>
  problem: string | null
  revisedFrom: ColumnType<Date | null, string | null, string | null>
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
  lease: LeaseTable
  following: FollowingTable
  outcomes: OutcomesTable
  candleCursor: CandleCursorTable
  installation: InstallationTable
  dbCapability: DbCapabilityTable
}
