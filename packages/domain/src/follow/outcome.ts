import { z } from 'zod'
import { Band, Invalidation, Target } from '../decide/recommendation.ts'
import { IsoInstant } from '../words/time.ts'
import { Price } from '../words/price.ts'

export type { Plan } from '../decide/plan.ts'

/** OPEN is not an end; all others are terminal. */
export const OutcomeStatus = z.enum([
  'OPEN',
  'TARGET_3',
  'STOPPED',
  'EXPIRED',
  'INVALIDATED',
  'NOT_FILLED',
  'UNRESOLVED',
  'DELISTED',
])
export type OutcomeStatus = z.output<typeof OutcomeStatus>

export const OutcomeEvent = z.enum(['FILLED', 'TARGET_1', 'TARGET_2', 'TARGET_3', 'STOP', 'EXPIRY', 'INVALIDATION'])
export type OutcomeEvent = z.output<typeof OutcomeEvent>

/** What `judge` follows: a BUY or SELL by its levels, a HOLD by its band, an AVOID by the market. Instants and prices as on the wire. */
export const Followed = z.discriminatedUnion('type', [
  z.object({
    type: z.enum(['BUY', 'SELL']),
    issuedAt: IsoInstant,
    validUntil: IsoInstant,
    expiresAt: IsoInstant,
    entry: Band,
    targets: z.array(Target).length(3),
    stopLoss: Price,
    invalidation: z.array(Invalidation).optional(),
  }),
  z.object({
    type: z.literal('HOLD'),
    issuedAt: IsoInstant,
    validUntil: IsoInstant.optional(),
    expiresAt: IsoInstant,
    band: Band,
  }),
  z.object({
    type: z.literal('AVOID'),
    issuedAt: IsoInstant,
    validUntil: IsoInstant.optional(),
    expiresAt: IsoInstant,
  }),
])
export type Followed = z.output<typeof Followed>

/** How a plan ended, in numbers. R = |fill - stop as issued|. Ratios are fractions of the fill price. */
export type Ending = {
  readonly status: OutcomeStatus
  /** Epoch ms of the open of the bar that decided it; for an expiry, the close of the last bar inside the horizon. Null while OPEN. */
  readonly at: number | null
  readonly filledAt: number | null
  readonly fillPrice: number | null
  readonly events: readonly { readonly at: number; readonly event: OutcomeEvent; readonly price: number }[]
  /** Which came first among T1, stop and the end of the horizon; null when not filled or not decided. */
  readonly first: 'target' | 'stop' | 'expiry' | null
  /** Share-weighted mean exit price of what was closed; null when nothing was. */
  readonly exitPrice: number | null
  readonly rMultiple: number | null
  readonly returnGrossRatio: number | null
  readonly returnNetRatio: number | null
  readonly mfeR: number | null
  readonly maeR: number | null
  readonly ambiguous: boolean
  /** HOLD: did price stay inside its band to the end; null otherwise. AVOID: the market's return is in `returnGrossRatio`. */
  readonly held: boolean | null
  /** Index into the judged candles of the bar that decided it. */
  readonly decidedBy: number | null
}

/** Nothing has happened yet. */
export const openEnding: Ending = {
  status: 'OPEN',
  at: null,
  filledAt: null,
  fillPrice: null,
  events: [],
  first: null,
  exitPrice: null,
  rMultiple: null,
  returnGrossRatio: null,
  returnNetRatio: null,
  mfeR: null,
  maeR: null,
  ambiguous: false,
  held: null,
  decidedBy: null,
}

/** The outcome as on the wire. */
export const Outcome = z.object({
  status: OutcomeStatus,
  at: IsoInstant.nullable(),
  filledAt: IsoInstant.nullable(),
  fillPrice: Price.nullable(),
  events: z.array(z.object({ at: IsoInstant, event: OutcomeEvent, price: Price })),
  first: z.enum(['target', 'stop', 'expiry']).nullable(),
  rMultiple: z.number().nullable(),
  returnGrossPct: z.number().nullable(),
  returnNetPct: z.number().nullable(),
  mfeR: z.number().nullable(),
  maeR: z.number().nullable(),
  hoursToOutcome: z.number().nullable(),
  ambiguous: z.boolean(),
  held: z.boolean().nullable(),
  decidedBy: z
    .object({ openAt: IsoInstant, intervalMs: z.number(), open: Price, high: Price, low: Price, close: Price })
    .nullable(),
})
export type Outcome = z.output<typeof Outcome>
