import type { Outcome } from '@pumpiq/domain'
import type { Tx } from '../db/db.ts'
import type { NoticeKind } from '../notifications/notice.ts'

/** What happened to a followed call. `at` is the open of the candle that shows it, epoch ms; `price` is null where no price ended it. */
export type CallEvent = {
  readonly kind: Extract<
    NoticeKind,
    'entry' | 'target1' | 'target2' | 'target3' | 'stop' | 'expiry' | 'invalidated' | 'corrected'
  >
  readonly recommendationId: string
  readonly at: number
  /** Decimal text, as in the outcome. */
  readonly price: string | null
  /** Of the outcome, where it was corrected: each correction is an event of its own. */
  readonly version?: number
}

/**
 * Hands on what happened, in the transaction that shows it. One event may be told again (after a restart, with a corrected candle): whoever
 * keeps them keeps the first of each recommendation, kind and version.
 */
export type Tell = (tx: Tx, events: readonly CallEvent[]) => Promise<void>

const kinds = {
  FILLED: 'entry',
  TARGET_1: 'target1',
  TARGET_2: 'target2',
  TARGET_3: 'target3',
  STOP: 'stop',
  EXPIRY: 'expiry',
  INVALIDATION: 'invalidated',
} as const satisfies Record<Outcome['events'][number]['event'], CallEvent['kind']>

/** What a judgement has to tell; an end without a price (never entered, no data) is an expiry too. `version` above 1: the record was corrected. */
export function callEventsOf(
  id: string,
  { status, at, events }: Pick<Outcome, 'status' | 'at' | 'events'>,
  version = 1,
): CallEvent[] {
  const told: CallEvent[] = events.map((one) => ({
    kind: kinds[one.event],
    recommendationId: id,
    at: Date.parse(one.at),
    price: one.price,
  }))
  if (status === 'OPEN' || at === null) return told
  const end = { recommendationId: id, at: Date.parse(at), price: null }
  if (status === 'NOT_FILLED' || status === 'UNRESOLVED') told.push({ ...end, kind: 'expiry' })
  if (version > 1) told.push({ ...end, kind: 'corrected', price: events.at(-1)?.price ?? null, version })
  return told
}
