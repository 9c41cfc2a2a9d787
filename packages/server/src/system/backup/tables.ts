import type { Tables } from '../../db/schema.ts'

/** What is true for a minute and written again by whoever runs. */
export const passing = [
  'sourceReport',
  'watched',
  'modelReservation',
  'quotaSpent',
  'idempotencyKey',
  // Whoever had signed out before a restore stays signed out: after one, everybody signs in anew.
  'authSession',
  'authVerification',
  'authSetup',
  'authRevision',
] as const satisfies readonly (keyof Tables)[]

/**
 * Every table of ours by its name in the database, what is referred to before what refers to it: in this order they can be filled. The
 * queue's tables are not among them, what must happen is a row of ours; nor the migrator's, which a restore fills by migrating.
 */
const names = {
  installation: 'installation',
  dbCapability: 'db_capability',
  authUser: 'auth_user',
  authAccount: 'auth_account',
  authJwks: 'auth_jwks',
  authTwoFactor: 'auth_two_factor',
  authApiKey: 'auth_api_key',
  tokens: 'tokens',
  ledger: 'ledger',
  inputs: 'inputs',
  recommendations: 'recommendations',
  candle: 'candle',
  lease: 'lease',
  following: 'following',
  outcomes: 'outcomes',
  candleCursor: 'candle_cursor',
  candleVerdict: 'candle_verdict',
  ask: 'ask',
  watchlist: 'watchlist',
  portfolioTransaction: 'portfolio_transaction',
  followState: 'follow_state',
  batch: 'batch',
  batchItem: 'batch_item',
  observation: 'observation',
  newestFigure: 'newest_figure',
  rollup: 'rollup',
  rollupDue: 'rollup_due',
  forgotten: 'forgotten',
  outbox: 'outbox',
  notificationPreference: 'notification_preference',
  notificationChannel: 'notification_channel',
  notice: 'notice',
  delivery: 'delivery',
  formerName: 'former_name',
  document: 'document',
  claim: 'claim',
  documentToken: 'document_token',
  outcomeBaseline: 'outcome_baseline',
  hook: 'hook',
  hookAlert: 'hook_alert',
  authorCall: 'author_call',
  confidenceFit: 'confidence_fit',
  userSettings: 'user_settings',
  systemSettings: 'system_settings',
  modelSpend: 'model_spend',
  modelJournal: 'model_journal',
  modelAttempt: 'model_attempt',
  auditLog: 'audit_log',
} satisfies Record<Exclude<keyof Tables, (typeof passing)[number]>, string>

export const tableNames: readonly string[] = Object.values(names)

/** Rows in these make no installation "not empty": they are there from the first start on, and a restore replaces them. */
export const replaced: readonly string[] = ['installation', 'db_capability', 'lease', 'auth_user']

/** What venues tell again and what is computed of it: most of what is kept, and nothing of the record. */
export const toldAgain: readonly string[] = [
  names.candle,
  names.candleCursor,
  names.candleVerdict,
  names.observation,
  names.newestFigure,
  names.rollup,
  names.rollupDue,
  names.forgotten,
  names.document,
  names.claim,
  names.documentToken,
]
