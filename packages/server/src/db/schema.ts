import type { ColumnType, Generated, JSONColumnType } from 'kysely'

/** Written as ISO 8601 text, read as a Date cut to milliseconds. */
type Instant = ColumnType<Date, string, string>
/** Read as a number while it is a safe integer, else as a BigInt. */
type Int8 = ColumnType<number, number, never>
/** Read as the decimal text it was written as. */
type Numeric = ColumnType<string, string, string>
/** Read parsed; always written as text: `pg` takes a JavaScript array for an array of PostgreSQL. */
type Json = JSONColumnType<object>
/** Computed by the database from `document`. */
type Derived<T> = ColumnType<T, never, never>

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
  riskRating: Derived<string>
  actionable: Derived<boolean>
  analyst: Derived<string>
  weights: Derived<string>
  confidenceMethod: Derived<string | null>
  confidenceMeasured: Derived<number | null>
  confidenceShown: Derived<number | null>
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
  filled: Derived<boolean>
  first: Derived<string | null>
  returnGrossPct: Derived<number | null>
  returnNetPct: Derived<number | null>
  ambiguous: Derived<boolean>
  held: Derived<boolean | null>
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

/** What is asked of an engine. Open until it is `done` or `failed`; `question` is the same for whoever asks the same. */
export type AskTable = {
  id: string
  question: string
  userId: string
  house: boolean
  tokenId: string
  profile: Json
  slot: ColumnType<Date | null, string | null, never>
  askedAt: Instant
  deadlineAt: Instant
  state: ColumnType<'waiting' | 'done' | 'failed', 'waiting' | undefined, 'done' | 'failed'>
  recommendationId: ColumnType<string | null, undefined, string | null>
  failure: ColumnType<object | null, undefined, string | null>
  doneAt: ColumnType<Date | null, undefined, string>
  traceparent: ColumnType<string | null, string | null, never>
}

/** How a process finds a source that it asks or listens to. */
export type SourceReportTable = { process: string; source: string; reportedAt: Instant; document: Json }

/** What a source saw of a token at an instant, other than candles; `name` is what it is: `price`. */
export type ObservationTable = {
  tokenId: string
  source: string
  name: string
  observedAt: Instant
  fetchedAt: Instant
  value: Numeric
}

/** What was last told of a token, of the market where `tokenId` is empty; lists are sorted by it. */
export type NewestFigureTable = { tokenId: string; name: string; source: string; observedAt: Instant; value: Numeric }

/** Candles computed from closed minutes; `minutes` of them are in it. */
export type RollupTable = Omit<CandleTable, 'fetchedAt' | 'revision'> & { minutes: number }

/** From when on the minutes of a series changed since they were rolled up. */
export type RollupDueTable = { tokenId: string; source: string; dueFrom: Instant }

/** Before this midnight the candles of a series may be gone. */
export type ForgottenTable = { tokenId: string; source: string; forgottenUntil: Instant }

/** What happened, once for each kind and subject; `spreadAt`: its deliveries are made. */
export type OutboxTable = {
  seq: Generated<number>
  id: string
  kind: string
  subject: string
  userId: string
  house: boolean
  at: Instant
  document: Json
  spreadAt: ColumnType<Date | null, undefined, string>
}

export type NotificationPreferenceTable = { userId: string; document: Json; updatedAt: Instant }

/** `target` is encrypted; `problem` says why it was switched off; nothing is sent before `nextAt`. */
export type NotificationChannelTable = {
  id: string
  userId: string
  kind: string
  name: string
  target: string
  enabled: ColumnType<boolean, boolean | undefined, boolean>
  problem: ColumnType<string | null, undefined, string | null>
  nextAt: Instant
  createdAt: Instant
}

export type NoticeTable = {
  id: string
  userId: string
  at: Instant
  document: Json
  readAt: ColumnType<Date | null, undefined, string>
}

/** One message to one channel, and how it went; `document` names its notices. */
export type DeliveryTable = {
  id: string
  userId: string
  channelId: string
  key: string
  document: Json
  state: ColumnType<'waiting' | 'sending' | 'sent' | 'maybe' | 'refused' | 'expired', 'waiting' | undefined, string>
  attempts: ColumnType<number, undefined, number>
  dueAt: Instant
  expiresAt: Instant
  claimedUntil: ColumnType<Date | null, undefined, string | null>
  lastProblem: ColumnType<string | null, undefined, string | null>
  createdAt: Instant
  endedAt: ColumnType<Date | null, undefined, string>
}

/** What others would have made of a call's window; `problem` says why nothing can be computed. */
export type OutcomeBaselineTable = {
  recommendationId: string
  version: number
  name: string
  returnNetRatio: number | null
  rMultiple: number | null
  problem: string | null
}

/** What another venue said of a candle that stuck out. */
export type CandleVerdictTable = {
  tokenId: string
  source: string
  ts: Instant
  price: Numeric
  stands: boolean
  note: string
  foundAt: Instant
}

/** The last answer of a watch, of the market where `tokenId` is empty; `problem` says why the newest asking failed. */
export type WatchedTable = {
  tokenId: string
  source: string
  watch: string
  askedAt: Instant
  problem: string | null
  fetchedAt: ColumnType<Date | null, string | null, string | null>
  document: Json
}

/** An article or a post as it came. */
export type DocumentTable = {
  id: string
  kind: 'news' | 'social'
  source: string
  observedAt: Instant
  fetchedAt: Instant
  document: Json
}

/** What a token was called before. */
export type FormerNameTable = { tokenId: string; symbol: string; name: string; until: Instant }

export type ClaimTable = { documentId: string; reader: string; document: Json }

export type DocumentTokenTable = {
  tokenId: string
  kind: 'news' | 'social'
  fetchedAt: Instant
  observedAt: Instant
  documentId: string
  relevance: number
  voice: string
  trust: number
}

/** By which alerts of others come in. */
export type HookTable = { id: string; userId: string; name: string; secretHash: string; createdAt: Instant }

/** An alert that came in, and what came of it: `problem` says why that cannot be known. */
export type HookAlertTable = {
  id: string
  hookId: string
  key: string
  tokenId: string
  side: 'long' | 'short' | 'close'
  tf: string
  at: Instant
  price: ColumnType<string | null, string | null, never>
  result: ColumnType<
    'hit' | 'miss' | 'undecided' | 'unknown' | null,
    undefined,
    'hit' | 'miss' | 'undecided' | 'unknown'
  >
  problem: ColumnType<string | null, undefined, string | null>
  judgedAt: ColumnType<Date | null, undefined, string>
}

/** Billionths of a dollar that a UTC day has cost; `owner` is a user, or `*` for all. */
export type ModelSpendTable = { day: string; owner: string; nanoUsd: number }

/** What is set aside for a question to a model that is under way; `inputNano` of it counts as spent when nobody settles it. */
export type ModelReservationTable = {
  id: string
  day: string
  userId: string
  inputNano: number
  nanoUsd: number
  expiresAt: ColumnType<Date, never, never>
}

/** A question to a model by its hash; `answer` is JSON, null while somebody is asking. */
export type ModelJournalTable = {
  promptHash: string
  purpose: string
  model: string
  answer: string | null
  tokens: ColumnType<object | null, string | null, string | null>
  nanoUsd: number | null
  answeredAt: ColumnType<Date | null, string | null, string | null>
  claimHolder: string | null
  claimUntil: ColumnType<Date | null, null, null>
}

/** One call of a model and how it ended; `estimated`: it did not tell what it cost. */
export type ModelAttemptTable = {
  id: string
  promptHash: string
  purpose: string
  userId: string
  model: string
  part: 'question' | 'repair'
  ending: string
  status: number | null
  code: string | null
  tokens: ColumnType<object | null, string | null, never>
  nanoUsd: number
  estimated: boolean
  latencyMs: number
  at: Instant
  response: string | null
}

/** A fit of measured confidence; `key` is what it holds for: the weights and the kinds present. */
export type ConfidenceFitTable = {
  id: string
  timeframe: string
  key: string
  knownUntil: Instant
  madeAt: Instant
  document: Json
}

/** What an author said which way a token would go, the first of a day (days since 1970), and what came of it; `problem`: why that is not known. */
export type AuthorCallTable = {
  author: string
  day: number
  tokenId: string
  direction: 1 | -1
  at: Instant
  share: number
  documentId: string
  returnRatio: ColumnType<number | null, undefined, number | null>
  problem: ColumnType<string | null, undefined, string | null>
  judgedAt: ColumnType<Date | null, undefined, string>
}

/** Calls spent of a quota, and until when they may have gone out. */
export type QuotaSpentTable = { quota: string; until: Instant; calls: number }

export type WatchlistTable = {
  userId: string
  tokenId: string
  note: string | null
  targetPrice: ColumnType<string | null, string | null, string | null>
  addedAt: Instant
}

/** What happened to a user's holdings, as he said it. */
export type PortfolioTransactionTable = {
  id: string
  userId: string
  tokenId: string
  symbol: string
  kind: 'buy' | 'sell' | 'receive' | 'send'
  quantity: Numeric
  priceUsd: ColumnType<string | null, string | null, string | null>
  feeUsd: Numeric
  at: Instant
  note: string | null
  ref: string | null
  createdAt: Instant
}

/** What a user makes of a recommendation. */
export type FollowStateTable = {
  userId: string
  recommendationId: string
  state: 'following' | 'paused' | 'done' | 'dismissed'
  note: string | null
  enteredPrice: ColumnType<string | null, string | null, string | null>
  enteredAt: ColumnType<Date | null, string | null, string | null>
  exitedPrice: ColumnType<string | null, string | null, string | null>
  exitedAt: ColumnType<Date | null, string | null, string | null>
  updatedAt: Instant
}

/** Recommendations asked for in one go, open until `endedAt`. */
export type BatchTable = {
  id: string
  userId: string
  kind: 'recommendation' | 'batch'
  profile: Json
  maxAgeMs: ColumnType<number, number, never>
  createdAt: Instant
  cancelled: ColumnType<boolean, undefined, boolean>
  endedAt: ColumnType<Date | null, undefined, string>
}

export type BatchItemTable = {
  batchId: string
  position: number
  tokenId: string
  symbol: string
  state: ColumnType<
    'waiting' | 'asked' | 'done' | 'failed' | 'cancelled',
    undefined,
    'waiting' | 'asked' | 'done' | 'failed' | 'cancelled'
  >
  askId: ColumnType<string | null, undefined, string | null>
  attempts: ColumnType<number, undefined, number>
  recommendationId: ColumnType<string | null, undefined, string | null>
  problem: ColumnType<string | null, undefined, string | null>
  endedAt: ColumnType<Date | null, undefined, string | null>
}

/** Who has an account; `local` sits at the machine. Roles and tiers are the words of the API. */
export type AuthUserTable = {
  id: string
  name: string
  email: string
  emailVerified: ColumnType<boolean, boolean | undefined, boolean>
  image: ColumnType<string | null, undefined, string | null>
  role: 'user' | 'service' | 'analyst' | 'admin'
  tier: 'free' | 'basic' | 'premium' | 'pro'
  banned: ColumnType<boolean, boolean | undefined, boolean>
  twoFactorEnabled: ColumnType<boolean, boolean | undefined, boolean>
  createdAt: Instant
  updatedAt: Instant
}

/** Of `token` it is the hash. */
export type AuthSessionTable = {
  id: string
  userId: string
  token: string
  expiresAt: Instant
  ipAddress: string | null
  userAgent: string | null
  createdAt: Instant
  updatedAt: Instant
}

/** How a user signs in; by password where `providerId` is `credential`. */
export type AuthAccountTable = {
  id: string
  userId: string
  providerId: string
  accountId: string
  password: string | null
  createdAt: Instant
  updatedAt: Instant
}

export type AuthVerificationTable = { id: string; identifier: string; value: string; expiresAt: Instant }

/** What access tokens are signed with; `publicKey` is a JWK. */
export type AuthJwksTable = {
  id: string
  publicKey: string
  privateKey: string
  alg: string | null
  createdAt: Instant
  expiresAt: ColumnType<Date | null, string | null, string | null>
}

export type AuthTwoFactorTable = { id: string; userId: string; secret: string; backupCodes: string }

/** Of `key` it is the hash; `permissions` is JSON, `{ api: [scopes] }`. */
export type AuthApiKeyTable = {
  id: string
  referenceId: string
  name: string | null
  start: string | null
  key: string
  enabled: boolean | null
  permissions: string | null
  rateLimitMax: number | null
  rateLimitEnabled: boolean | null
  lastRequest: ColumnType<Date | null, undefined, string>
  expiresAt: ColumnType<Date | null, string | null, string | null>
  createdAt: Instant
  updatedAt: Instant
}

/** One row at most: the hash of the token that makes the first administrator. */
export type AuthSetupTable = { one: ColumnType<boolean, boolean, never>; tokenHash: string; madeAt: Instant }

/** One row; rises whenever something that admits somebody was withdrawn. */
export type AuthRevisionTable = { one: ColumnType<boolean, boolean, never>; revision: Int8 }

/** What a user has chosen; `version` counts the changes. */
export type UserSettingsTable = { userId: string; version: number; document: Json; updatedAt: Instant }

/** What the installation says in place of what is built in; the newest version counts, the others are what was. */
export type SystemSettingsTable = { version: number; document: Json; changedBy: string; changedAt: Instant }

/** Only added to: the database refuses all else. */
export type AuditLogTable = {
  id: Generated<number>
  at: Instant
  userId: string | null
  via: string
  address: string | null
  operation: string
  target: string | null
  requestId: string | null
  status: number
  note: string | null
}

/** What a request under a key of its sender's came to; without a status it is still being worked on, until `until` at most. */
export type IdempotencyKeyTable = {
  userId: string
  key: string
  fingerprint: string
  holder: string
  until: Instant
  createdAt: Instant
  status: number | null
  location: string | null
  sealed: string | null
}

export type Tables = {
  auditLog: AuditLogTable
  idempotencyKey: IdempotencyKeyTable
  userSettings: UserSettingsTable
  systemSettings: SystemSettingsTable
  authUser: AuthUserTable
  authSession: AuthSessionTable
  authAccount: AuthAccountTable
  authVerification: AuthVerificationTable
  authJwks: AuthJwksTable
  authTwoFactor: AuthTwoFactorTable
  authApiKey: AuthApiKeyTable
  authSetup: AuthSetupTable
  authRevision: AuthRevisionTable
  watchlist: WatchlistTable
  portfolioTransaction: PortfolioTransactionTable
  followState: FollowStateTable
  batch: BatchTable
  batchItem: BatchItemTable
  authorCall: AuthorCallTable
  quotaSpent: QuotaSpentTable
  confidenceFit: ConfidenceFitTable
  modelSpend: ModelSpendTable
  modelReservation: ModelReservationTable
  modelJournal: ModelJournalTable
  modelAttempt: ModelAttemptTable
  hook: HookTable
  hookAlert: HookAlertTable
  formerName: FormerNameTable
  watched: WatchedTable
  document: DocumentTable
  claim: ClaimTable
  documentToken: DocumentTokenTable
  tokens: TokensTable
  recommendations: RecommendationsTable
  inputs: InputsTable
  ledger: LedgerTable
  candle: CandleTable
  lease: LeaseTable
  following: FollowingTable
  outcomes: OutcomesTable
  candleCursor: CandleCursorTable
  candleVerdict: CandleVerdictTable
  ask: AskTable
  sourceReport: SourceReportTable
  observation: ObservationTable
  newestFigure: NewestFigureTable
  rollup: RollupTable
  rollupDue: RollupDueTable
  forgotten: ForgottenTable
  outbox: OutboxTable
  notificationPreference: NotificationPreferenceTable
  notificationChannel: NotificationChannelTable
  notice: NoticeTable
  delivery: DeliveryTable
  outcomeBaseline: OutcomeBaselineTable
  installation: InstallationTable
  dbCapability: DbCapabilityTable
}
