import { readFile } from 'node:fs/promises'
import {
  Costs,
  Failure,
  defaultCosts,
  followedOf,
  judge as judgeOf,
  outcomeOf,
  planOf,
  type Candles,
  type Outcome,
} from '@pumpiq/domain'
import { readCandleFile, unreadable } from '../backtest/candle-files.ts'
import { flag, instant, number, optional, readArgs, repeated, required, text } from './args.ts'
import type { Command } from './command.ts'

export const judge: Command = {
  name: 'judge',
  summary: 'follow a recommendation to its outcome on recorded candles',
  usage: `pumpiq judge --recommendation FILE --candles FILE [--candles FINER ...] [--as-of ISO] [--fees PCT] [--slippage BPS] [--json]

  --recommendation FILE  JSON with type, issuedAt, validUntil, expiresAt, entry {low, high}, targets [{price, share}] and
                         stopLoss, optional invalidation; HOLD has band {low, high} instead, AVOID neither; a whole
                         recommendation or a line of a ledger's export will do
  --candles FILE         ts,open,high,low,close,volume; of several the largest interval is followed and the others settle
                         what happened inside a bar
  --as-of ISO            the instant up to which the market is known (default: the close of the last candle); a day of
                         silence before it, beyond the horizon, is a delisting
  --fees PCT             percent a side (default: as recommended, else 0.1)
  --slippage BPS         basis points a side (default: as recommended, else 5)
  --json                 { status, at, filledAt, fillPrice, events, rMultiple, returnGrossPct, returnNetPct, mfeR, maeR, ... }

OPEN means that the candles end before it is decided.`,
  async run(args, outside) {
    const { values } = readArgs(args, {
      recommendation: required(text),
      candles: repeated(text),
      'as-of': optional(instant),
      fees: optional(number({ min: 0, max: 10 })),
      slippage: optional(number({ min: 0, max: 1000 })),
      json: flag(),
    })
    const document = await readDocument(values.recommendation)
    const plan = named(values.recommendation, () => planOf(followedOf(document)))
    const [candles, ...finer] = await readSeries(values.candles)
    for (const { id } of finer)
      if (id !== candles.id) outside.stderr(`${id} refines ${candles.id}: the files bear different symbols\n`)
    const costs = costsOf(document, values)
    const asOf = values['as-of']
    const ending = judgeOf(plan, candles, { costs, finer, ...(asOf === undefined ? {} : { asOf }) })
    const outcome = { ...outcomeOf(ending, candles, plan.issuedAt), costs }
    await outside.stdout(values.json ? `${JSON.stringify(outcome)}\n` : sheet(outcome, plan.type, candles))
    return 0
  },
}

async function readDocument(path: string): Promise<unknown> {
  const written = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new Failure('invalid', `--recommendation ${path}: ${unreadable(cause)}`, { cause })
  })
  try {
    return JSON.parse(written.replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new Failure('invalid', `--recommendation ${path}: not one JSON document (${(cause as Error).message})`, {
      cause,
    })
  }
}

/** What is refused in a file bears the file's name. */
function named<T>(path: string, read: () => T): T {
  try {
    return read()
  } catch (thrown) {
    if (thrown instanceof Failure)
      throw new Failure(thrown.code, `--recommendation ${path}: ${thrown.message}`, { cause: thrown })
    throw thrown
  }
}

/** The largest interval first. Two files of one interval would be two truths. */
async function readSeries(paths: readonly string[]): Promise<[Candles, ...Candles[]]> {
  const read = await Promise.all(paths.map(async (path) => ({ path, candles: await readCandleFile(path) })))
  read.sort((a, b) => b.candles.intervalMs - a.candles.intervalMs)
  for (const [i, { path, candles }] of read.entries()) {
    const before = read[i - 1]
    if (before?.candles.intervalMs === candles.intervalMs)
      throw new Failure(
        'invalid',
        `--candles ${path}: the same interval as ${before.path}; each file must have another`,
      )
  }
  const [first, ...rest] = read
  return [first!.candles, ...rest.map(({ candles }) => candles)]
}

type Asked = { readonly fees: number | undefined; readonly slippage: number | undefined }

/** What is asked for, else what the recommendation reckoned with, else the usual. */
function costsOf(document: unknown, { fees, slippage }: Asked): Costs {
  const own = Costs.safeParse((document as { costs?: unknown }).costs)
  const base = own.success ? own.data : defaultCosts
  return { feePctPerSide: fees ?? base.feePctPerSide, slippageBpsPerSide: slippage ?? base.slippageBpsPerSide }
}

function sheet(outcome: Outcome & { costs: Costs }, type: string, candles: Candles): string {
  const figure = (value: number | null, unit: string) => (value === null ? '-' : `${value.toFixed(3)}${unit}`)
  const rows: [string, string][] = [
    ['call', `${type} on ${candles.id}, bars of ${candles.intervalMs / 60_000} minutes`],
    [
      'status',
      `${outcome.status}${outcome.at ? ` at ${outcome.at}` : ''}${outcome.ambiguous ? ' (ambiguous: the order inside a bar is unknown)' : ''}`,
    ],
    ...(outcome.held === null ? [] : [['band', outcome.held ? 'held' : 'broken'] as [string, string]]),
    ...outcome.events.map(({ at, event, price }): [string, string] => [
      event.toLowerCase().replace('_', ' '),
      `${price} at ${at}`,
    ]),
    ['R multiple', figure(outcome.rMultiple, ' R net')],
    [
      'return',
      `${figure(outcome.returnGrossPct, ' %')} gross, ${figure(outcome.returnNetPct, ' %')} net of ${outcome.costs.feePctPerSide} % and ${outcome.costs.slippageBpsPerSide} bps a side`,
    ],
    ['excursion', `${figure(outcome.mfeR, ' R')} for, ${figure(outcome.maeR, ' R')} against`],
    ['hours', outcome.hoursToOutcome === null ? '-' : String(outcome.hoursToOutcome)],
  ]
  return rows.map(([name, said]) => `${name.padEnd(12)}${said}\n`).join('')
}
