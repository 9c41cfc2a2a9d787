import { z } from 'zod'
import { IsoInstant, PositionSize, Price, tradeKinds, TokenId, type Tier } from '@pumpiq/domain'
import { endpoint } from '../endpoint.ts'
import { page, paging } from '../page.ts'
import { Amount, AmountUsd, Note, TokenIdText, TokenRef } from './tokens.ts'
import { HouseCall, LastPrice } from './watchlist.ts'

export const TradeKind = z.enum(tradeKinds)

/** The longest file that is taken, in lines without the header. */
export const importAtMost = 10_000

/** How many transactions an account may have. */
export const transactionsAtMost: Readonly<Record<Tier, number>> = {
  free: 10_000,
  basic: 15_000,
  premium: 20_000,
  pro: 30_000,
}

/** A name of one's own, such as that of the exchange: what bears one is taken once. */
const Ref = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .refine((text) => !/\p{Cc}/u.test(text), 'must be text without control characters')

const said = {
  quantity: Amount.refine((quantity) => quantity !== '0', 'must be above 0'),
  /** Of one unit, in USD. What is bought or sold has one; of what came in it may be null: then its cost is unknown. */
  priceUsd: AmountUsd.nullable(),
  /** In USD, paid beside the price; of purchases and sales only. */
  feeUsd: AmountUsd,
  at: IsoInstant,
  note: Note.nullable(),
}

/** What happened to a holding, as it was said. */
export const Transaction = z.object({
  id: z.uuid(),
  token: TokenId,
  symbol: z.string(),
  kind: TradeKind,
  quantity: Price,
  priceUsd: Price.nullable(),
  feeUsd: Price,
  at: IsoInstant,
  note: z.string().nullable(),
  ref: z.string().nullable(),
})
export type Transaction = z.output<typeof Transaction>

export const NewTransaction = z.strictObject({
  token: TokenRef,
  kind: TradeKind,
  quantity: said.quantity,
  priceUsd: said.priceUsd.optional(),
  feeUsd: said.feeUsd.optional(),
  /** Now, unless said. */
  at: said.at.optional(),
  note: said.note.optional(),
  ref: Ref.optional(),
})
export type NewTransaction = z.output<typeof NewTransaction>

/**
 * Money is in USD, to the last digit; percents are of the cost. Exactly: `realised` + `unrealised` = `value` - `netInvested`, wherever all
 * of it is known.
 */
const money = {
  /** Null where there is no price. */
  value: Price.nullable(),
  /** Of what is held, fees of buying included; null where it is not known. */
  cost: Price.nullable(),
  /** Of what was sold. */
  realised: Price,
  unrealised: Price.nullable(),
  unrealisedPct: z.number().nullable(),
  /** All that went in less all that came out. */
  netInvested: Price,
  fees: Price,
}

export const Holding = z.object({
  token: TokenId,
  symbol: z.string(),
  name: z.string(),
  chain: z.string(),
  quantity: Price,
  averageCost: Price.nullable(),
  ...money,
  /** False where something was sold whose cost is not known: `realised` is without it. */
  realisedIsWhole: z.boolean(),
  /** Of the value of all that has a price, in percent. */
  sharePct: z.number().nullable(),
  /** Null where nobody has told one lately. */
  price: LastPrice.nullable(),
  call: HouseCall.nullable(),
  /** How much of it the house's newest call would have somebody buy who has your portfolio and takes your risk; null unless it is a BUY. */
  advised: PositionSize.nullable(),
})
export type Holding = z.output<typeof Holding>

const Exposure = z.object({ name: z.string(), value: Price, sharePct: z.number().nullable() })

export const Portfolio = z.object({
  at: IsoInstant,
  totals: z.object({
    ...money,
    value: Price,
    cost: Price,
    unrealised: Price,
    total: Price,
    /** Realised and unrealised, in percent of all that ever went in. */
    totalPct: z.number().nullable(),
    /** Sums leave out what is not known; `missing` says what, in words. Only where there is nothing of it do they add up. */
    complete: z.boolean(),
    missing: z.array(z.string()),
    /** Of the oldest price that is counted. */
    oldestPriceAt: IsoInstant.nullable(),
  }),
  exposure: z.object({ byToken: z.array(Exposure), byChain: z.array(Exposure) }),
  /** What is held, the most valuable first; then what was held. */
  holdings: z.array(Holding),
})
export type Portfolio = z.output<typeof Portfolio>

export const ImportReport = z.object({
  dryRun: z.boolean(),
  /** Lines of the file without its header. */
  lines: z.int().nonnegative(),
  /** Taken, or that would be. */
  added: z.int().nonnegative(),
  /** Left out because their `ref` is known already. */
  known: z.int().nonnegative(),
  /** Whatever is wrong, by the number of its line in the file, the first hundred; where there is any, nothing is taken. */
  faults: z.array(z.object({ line: z.int().positive(), why: z.string() })),
})
export type ImportReport = z.output<typeof ImportReport>

const ById = z.strictObject({ id: z.uuid() })
const flag = z.stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive' })

/** What a user holds, as his transactions made it. Nobody else sees it, and no call depends on it. */
export const portfolio = {
  value: endpoint({
    method: 'GET',
    path: '/user/portfolio',
    access: 'user',
    summary:
      'What you hold, at average cost: value, realised and unrealised gain, exposure; each holding with its price, its age and source, the house’s call and the size it advises for your risk.',
    reply: Portfolio,
  }),
  transactions: endpoint({
    method: 'GET',
    path: '/user/portfolio/transactions',
    access: 'user',
    summary: 'What you said that happened to your holdings, newest first.',
    query: z.strictObject({ token: TokenIdText.optional(), ...paging(200, 50) }),
    reply: page(Transaction),
  }),
  one: endpoint({
    method: 'GET',
    path: '/user/portfolio/transactions/:id',
    access: 'user',
    summary: 'One of your transactions.',
    params: ById,
    reply: Transaction,
  }),
  add: endpoint({
    method: 'POST',
    path: '/user/portfolio/transactions',
    access: 'user',
    summary:
      'Adds a purchase, a sale, or what came in or went out otherwise (`receive`, `send`): a plain holding is a `receive`.',
    body: NewTransaction,
    reply: Transaction,
    creates: true,
    idempotent: true,
  }),
  change: endpoint({
    method: 'PATCH',
    path: '/user/portfolio/transactions/:id',
    access: 'user',
    summary: 'Corrects a transaction; its token stays.',
    params: ById,
    body: NewTransaction.omit({ token: true, ref: true }).partial(),
    reply: Transaction,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/user/portfolio/transactions/:id',
    access: 'user',
    summary: 'Takes a transaction away.',
    params: ById,
    reply: ById,
  }),
  import: endpoint({
    method: 'POST',
    path: '/user/portfolio/import',
    access: 'user',
    summary: `Adds the transactions of a CSV file (text/csv, or JSON with it in \`csv\`), all or none; at most ${importAtMost} lines. \`dryRun=true\` only says what would come of it.`,
    query: z.strictObject({ dryRun: flag.optional() }),
    body: z.union([z.string().max(4_000_000), z.strictObject({ csv: z.string().max(4_000_000) })]),
    bodyBytes: 5_000_000,
    reply: ImportReport,
    idempotent: true,
    timeoutMs: 60_000,
  }),
  export: endpoint({
    method: 'GET',
    path: '/user/portfolio/export',
    access: 'user',
    summary: 'Your transactions as CSV, oldest first, in the form that is imported.',
    reply: z.string(),
    lines: { contentType: 'text/csv; charset=utf-8' },
    timeoutMs: 120_000,
  }),
}
