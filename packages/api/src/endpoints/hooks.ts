import { z } from 'zod'
import { intervalNames, IsoInstant, price, Price, TokenId, type Interval } from '@pumpiq/domain'
import { endpoint } from '../endpoint.ts'
import { TokenRef } from './tokens.ts'

const Interval = z.enum(intervalNames as readonly [Interval, ...Interval[]])
const Count = z.int().nonnegative()
const Rate = z.number().min(0).max(1)

/** Who sends alerts is told by how they turned out: `judged` counts all, the rest those that stand apart from each other in time. */
export const HookRecord = z.object({
  alerts: Count,
  judged: Count,
  apart: Count,
  hits: Count,
  misses: Count,
  undecided: Count,
  /** Hits among the decided; null under 30. Pure chance gives about one half. */
  hitRatio: Rate.nullable(),
  low: Rate.nullable(),
  high: Rate.nullable(),
})
export type HookRecord = z.output<typeof HookRecord>

const name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((text) => !/\p{Cc}/u.test(text), 'must be text without control characters')

const Hook = z.object({
  id: z.uuid(),
  name,
  /** Where alerts are posted to, below the address under which this server is reached. */
  path: z.string(),
  createdAt: IsoInstant,
})

/** `secret` is told this once: only its hash is kept. */
export const NewHook = Hook.extend({ secret: z.string() })
export type NewHook = z.output<typeof NewHook>

export const HookWithRecord = Hook.extend({ record: HookRecord })
export type HookWithRecord = z.output<typeof HookWithRecord>

const sides = { long: 'long', buy: 'long', short: 'short', sell: 'short', close: 'close', flat: 'close' } as const

/** Minutes as TradingView writes them (`15`, `240`), or `30S`, `4H`, `1D`, `W`: of our intervals the widest that is no wider. */
function intervalOf(text: string): Interval {
  const [, number = '', unit = ''] = /^(\d{0,4})([SHDWM]?)$/.exec(text)!
  const minutes = Number(number || '1') * { S: 1 / 60, '': 1, H: 60, D: 1_440, W: 10_080, M: 43_200 }[unit]!
  const widths: readonly [Interval, number][] = [
    ['1d', 1_440],
    ['4h', 240],
    ['1h', 60],
    ['15m', 15],
    ['5m', 5],
  ]
  return widths.find(([, width]) => minutes >= width)?.[0] ?? '1m'
}

const PriceGiven = z
  .union([z.number().positive().lt(1e15), z.string().regex(/^\d{1,15}(\.\d{1,18})?$/, 'must be a decimal number')])
  .transform((given) => price(String(given)))

/** What an alert says. Other members are let pass: it is a person who writes the message. */
export const AlertBody = z
  .object({
    secret: z.string().min(1).max(200),
    /** Identity or ticker; `ticker` is TradingView's own word, such as BINANCE:BTCUSDT.P. */
    token: TokenRef.optional(),
    ticker: z.string().trim().min(1).max(60).optional(),
    side: z
      .string()
      .toLowerCase()
      .pipe(z.enum(Object.keys(sides) as [keyof typeof sides, ...(keyof typeof sides)[]]))
      .transform((side) => sides[side]),
    price: PriceGiven.optional(),
    interval: z
      .string()
      .toUpperCase()
      .regex(/^(?=.)\d{0,4}[SHDWM]?$/, 'must be minutes such as 15 or 240, or 1D')
      .transform(intervalOf)
      .default('1h'),
    /** Names the alert, so that one that is sent again counts once. */
    id: z
      .union([z.string().min(1).max(100), z.int()])
      .transform(String)
      .optional(),
    time: IsoInstant.optional(),
  })
  .refine(({ token, ticker }) => (token === undefined) !== (ticker === undefined), {
    path: ['token'],
    message: 'either token or ticker must be given',
  })
export type AlertBody = z.output<typeof AlertBody>

export const AlertTaken = z.object({
  id: z.uuid(),
  token: TokenId,
  side: z.enum(['long', 'short', 'close']),
  interval: Interval,
  /** When it was here, which is what it is judged from. */
  at: IsoInstant,
  price: Price.nullable(),
  /** It was here already. */
  repeated: z.boolean(),
})
export type AlertTaken = z.output<typeof AlertTaken>

const ById = z.object({ id: z.uuid() })

/** Alerts of others that come in, each judged later by what the price did. */
export const hooks = {
  list: endpoint({
    method: 'GET',
    path: '/hooks',
    access: 'admin',
    summary: 'The hooks by which alerts come in, each with its record.',
    reply: z.object({ items: z.array(HookWithRecord) }),
  }),
  create: endpoint({
    method: 'POST',
    path: '/hooks',
    access: 'admin',
    summary: 'Makes a hook. Its secret is told this once.',
    body: z.strictObject({ name }),
    reply: NewHook,
    creates: true,
    idempotent: true,
  }),
  remove: endpoint({
    method: 'DELETE',
    path: '/hooks/:id',
    access: 'admin',
    summary: 'Removes a hook with its alerts and its record.',
    params: ById,
    reply: ById,
  }),
  alert: endpoint({
    method: 'POST',
    path: '/hooks/tradingview/:id',
    access: 'public',
    summary: 'Takes an alert as TradingView posts it: JSON of at most 4 kB, with the secret of the hook in it.',
    params: ById,
    body: AlertBody,
    bodyBytes: 4_096,
    reply: AlertTaken,
    timeoutMs: 3_000,
  }),
}
