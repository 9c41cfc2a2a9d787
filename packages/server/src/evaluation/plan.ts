import { days, Failure, FigureName, hours, intervals, IsoInstant, minutes, Timeframe, TokenId } from '@pumpiq/domain'
import { z } from 'zod'

const unitMs = { m: minutes(1), h: hours(1), d: days(1) } as const

/** `0`, `15m`, `24h`, `7d`: read to milliseconds. */
const Length = z
  .string()
  .regex(/^(0|[1-9]\d{0,4}[mhd])$/, 'must be a length such as 0, 15m, 24h or 7d')
  .transform((text) => (text === '0' ? 0 : Number(text.slice(0, -1)) * unitMs[text.at(-1) as keyof typeof unitMs]))
const Span = Length.refine((ms) => ms > 0, 'must be longer than 0')

const Name = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/i, 'must be a short name of letters, digits, dots, dashes')
const Words = z.string().min(1).max(500)
const Column = z.string().min(1).max(100)
const File = z
  .string()
  .min(1)
  .max(500)
  .refine(
    (path) => !path.startsWith('/') && !path.includes('\\') && !path.split('/').includes('..'),
    'must be a path below the data folder',
  )

/**
 * When a row was known. `end-of-day`: when the UTC day that column `of` names had ended, plus `lag`. `instant`: at the instant in column
 * `of` plus `lag`; with `dayStamps` one at midnight stands for its whole day and counts from that day's end.
 */
const Arrival = z.discriminatedUnion('at', [
  z.strictObject({ at: z.literal('end-of-day'), of: Column, lag: Length.default(0) }),
  z.strictObject({
    at: z.literal('instant'),
    of: Column,
    lag: Length.default(0),
    dayStamps: z.boolean().default(false),
  }),
])
export type Arrival = z.output<typeof Arrival>

const series = { id: Name, file: File }

const CandleSeries = z.strictObject({
  ...series,
  token: Name,
  interval: z.enum(Object.keys(intervals) as [keyof typeof intervals]),
  /** Between the close of a bar and its arrival. */
  lag: Length.default(0),
})

const DocumentSeries = z.strictObject({
  ...series,
  kind: z.enum(['news', 'social']),
  /** What they are called in citations; a crowd's platform. */
  source: Name,
  /** Where a row holds a list of documents: the column of the list, whose members take over the row's other columns. */
  each: Column.optional(),
  columns: z.strictObject({
    text: Column,
    title: Column.optional(),
    url: Column.optional(),
    publisher: Column.optional(),
    author: Column.optional(),
    /** The column that names the token a row is about. */
    token: Column.optional(),
    /** When it was written, where that is an instant; a document that does not tell is as old as its arrival. */
    written: Column.optional(),
  }),
  /** All rows are about this token. */
  token: Name.optional(),
  /** What stands in the token column, to tokens of the plan; what is not listed is found by name in the text only. */
  tokens: z.record(z.string(), Name).optional(),
  /** The domain of who published all of it. */
  publisher: z.string().min(1).max(200).optional(),
  /** Names in the publisher column to domains; others stay as they are, and are hardly believed. */
  publishers: z.record(z.string(), z.string().min(1).max(200)).default({}),
  arrival: Arrival,
})
export type DocumentSeries = z.output<typeof DocumentSeries>

const FigureSeries = z.strictObject({
  ...series,
  source: Name,
  /** Null: true of the whole market. */
  token: Name.nullable(),
  /** The column that says which UTC day a row is about. */
  date: Column,
  /** Columns to figures; `factor` turns the file's unit into the figure's. */
  columns: z.record(Column, z.strictObject({ figure: FigureName, factor: z.number().positive().default(1) })),
  arrival: Arrival,
  /** For so long after its arrival a row may be decided on. */
  freshFor: Span,
})
export type FigureSeries = z.output<typeof FigureSeries>

/** What needs no file because a rule makes it, such as the coins that a schedule has issued. */
const Constant = z.strictObject({ id: Name, token: Name, figure: FigureName, value: z.number(), from: IsoInstant })
export type Constant = z.output<typeof Constant>

const Window = z.strictObject({
  id: Name,
  about: Words,
  timeframe: Timeframe,
  /** First and last instant of decisions. */
  from: IsoInstant,
  to: IsoInstant,
  every: Span,
  tokens: z.array(Name).min(1).max(200),
  /** Ids of the series that stand in the folder for it. */
  series: z.array(Name).min(1),
})
export type Window = z.output<typeof Window>

export const Plan = z.strictObject({
  name: Name,
  about: Words,
  tokens: z
    .array(
      z.strictObject({
        symbol: Name,
        name: z.string().min(1).max(120),
        id: TokenId,
        marketCapRank: z.int().positive().nullable().default(null),
      }),
    )
    .min(1),
  candles: z.array(CandleSeries).min(1),
  documents: z.array(DocumentSeries).default([]),
  figures: z.array(FigureSeries).default([]),
  constants: z.array(Constant).default([]),
  windows: z.array(Window).min(1),
})
export type Plan = z.output<typeof Plan>

/** The plan in a document, or a Failure that names the field, what stands there and what is allowed. */
export function planOf(document: unknown, name: string): Plan {
  const parsed = Plan.safeParse(document)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw refused(name, pathOf(issue!.path), issue!.message, valueAt(document, issue!.path))
  }
  checkNames(parsed.data, name)
  return parsed.data
}

const refused = (name: string, field: string, what: string, value?: unknown): Failure =>
  new Failure(
    'invalid',
    `plan ${name}${field === '' ? '' : `, ${field}`}: ${what}${value === undefined ? '' : `, not ${JSON.stringify(value)?.slice(0, 120)}`}`,
  )

const pathOf = (path: readonly PropertyKey[]): string =>
  path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i === 0 ? '' : '.'}${String(key)}`)).join('')

const valueAt = (document: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key], document)

/** Every name that is used is one that the plan gives, once. */
function checkNames(plan: Plan, name: string): void {
  const symbols = plan.tokens.map(({ symbol }) => symbol)
  const ids = [...plan.candles, ...plan.documents, ...plan.figures, ...plan.constants].map(({ id }) => id)
  const once = (names: readonly string[], field: string) => {
    const twice = names.find((one, i) => names.indexOf(one) !== i)
    if (twice !== undefined) throw refused(name, field, `${twice} is there twice; every name stands once`)
  }
  once(symbols, 'tokens')
  once(ids, 'series')
  once(
    plan.windows.map(({ id }) => id),
    'windows',
  )
  const known = (given: string | null | undefined, all: readonly string[], field: string, what: string) => {
    if (given === null || given === undefined || all.includes(given)) return
    throw refused(name, field, `must be ${what} (${all.join(', ')})`, given)
  }
  const token = (given: string | null | undefined, field: string) => known(given, symbols, field, 'a token of the plan')
  plan.candles.forEach((one, i) => token(one.token, `candles[${i}].token`))
  plan.figures.forEach((one, i) => token(one.token, `figures[${i}].token`))
  plan.constants.forEach((one, i) => token(one.token, `constants[${i}].token`))
  plan.documents.forEach((one, i) => {
    token(one.token, `documents[${i}].token`)
    for (const [cell, to] of Object.entries(one.tokens ?? {})) token(to, `documents[${i}].tokens.${cell}`)
  })
  plan.windows.forEach((window, i) => {
    window.tokens.forEach((one, k) => token(one, `windows[${i}].tokens[${k}]`))
    window.series.forEach((one, k) => known(one, ids, `windows[${i}].series[${k}]`, 'a series of the plan'))
    if (Date.parse(window.from) > Date.parse(window.to))
      throw refused(name, `windows[${i}].from`, `must not lie behind to ${window.to}`, window.from)
    for (const symbol of window.tokens) {
      const own = plan.candles.filter((one) => one.token === symbol && window.series.includes(one.id))
      if (own.length !== 1)
        throw refused(name, `windows[${i}].series`, `must hold one candle series of ${symbol}; it holds ${own.length}`)
    }
  })
}
