import { join } from 'node:path'
import {
  createNameIndex,
  Failure,
  intervals,
  showInterval,
  timeframes,
  toIso,
  tokenId,
  type Candles,
  type Timeframe,
  type Token,
  type TokenId,
} from '@pumpiq/domain'
import { aggregate } from '../backtest/aggregate.ts'
import type { Recorded } from '../backtest/backtest.ts'
import { parseCandles } from '../backtest/candle-files.ts'
import { documentsIn, spanOf, type Told } from './documents.ts'
import { constantLine, figuresIn, type FigureLines } from './figures.ts'
import type { Arrival, Plan, Window } from './plan.ts'
import type { ManifestEntry } from './report.ts'
import { readBytes, readTable } from './tables.ts'

/** All that stands in the folder for one window, by token of it. */
export type Shelf = {
  readonly tokens: readonly { readonly token: Token; readonly recorded: Recorded; readonly lagMs: number }[]
  readonly documents: readonly Told[]
  readonly figures: FigureLines
}

/** Reads the files of a plan, each once, whichever windows use it, and lists what was read. */
export function createLibrary(folder: string, plan: Plan) {
  const manifest = new Map<string, ManifestEntry>()
  const ids = new Map<string, TokenId>(plan.tokens.map(({ symbol, id }) => [symbol, id]))
  const names = createNameIndex(plan.tokens)
  const once = <T>(make: (id: string) => Promise<T>) => {
    const made = new Map<string, Promise<T>>()
    return (id: string): Promise<T> => {
      const known = made.get(id) ?? make(id)
      made.set(id, known)
      return known
    }
  }

  const candles = once(async (id) => {
    const series = plan.candles.find((one) => one.id === id)!
    const { bytes, sha256 } = await readBytes(folder, series.file)
    const read = parseCandles(bytes, join(folder, series.file))
    if (read.length === 0) throw new Failure('invalid', `${series.file}: there is no candle in it`)
    if (read.intervalMs !== intervals[series.interval])
      throw new Failure(
        'invalid',
        `${series.file}: bars of ${showInterval(read.intervalMs)}, where the plan says ${series.interval} (candles ${id}, interval)`,
      )
    const arrival = `the close of the bar${lagWords(series.lag)}`
    const span = { first: toIso(read.openAt[0]!), last: toIso(read.openAt[read.length - 1]!) }
    manifest.set(id, {
      series: id,
      of: 'candles',
      file: series.file,
      rows: read.length,
      ...span,
      bytes: bytes.length,
      sha256,
      arrival,
    })
    return read
  })

  const documents = once(async (id) => {
    const series = plan.documents.find((one) => one.id === id)!
    const { rows, ...table } = await readTable(folder, series.file)
    const told = documentsIn({ series, table: { rows, ...table }, tokens: ids, names })
    const span = spanOf(told.map(({ knownAt }) => knownAt))
    const arrival = arrivalWords(series.arrival)
    manifest.set(id, { series: id, of: series.kind, rows: rows.length, ...span, ...table, arrival })
    return told
  })

  const figures = once(async (id) => {
    const series = plan.figures.find((one) => one.id === id)!
    const { rows, ...table } = await readTable(folder, series.file)
    const lines = figuresIn({ series, table: { rows, ...table }, tokens: ids })
    const span = spanOf(lines.flatMap(({ points }) => points.map(({ knownAt }) => knownAt)))
    const arrival = `${arrivalWords(series.arrival)}, fresh for ${showInterval(series.freshFor)}`
    manifest.set(id, { series: id, of: 'figures', rows: rows.length, ...span, ...table, arrival })
    return lines
  })

  const listed = <T extends { id: string }>(all: readonly T[], window: Window): T[] =>
    all.filter(({ id }) => window.series.includes(id))

  return {
    /** In the plan's order: which file is read first is chance. */
    manifest: (): ManifestEntry[] =>
      [...plan.candles, ...plan.documents, ...plan.figures].flatMap(({ id }) => manifest.get(id) ?? []),
    async shelfFor(window: Window): Promise<Shelf> {
      const tokens = await Promise.all(
        window.tokens.map(async (symbol) => {
          const series = listed(plan.candles, window).find(({ token }) => token === symbol)!
          const recorded = recordedFor(await candles(series.id), window.timeframe, series.file)
          return { token: tokenOf(plan, symbol), recorded, lagMs: series.lag }
        }),
      )
      const told = await Promise.all(listed(plan.documents, window).map(({ id }) => documents(id)))
      const lines = await Promise.all(listed(plan.figures, window).map(({ id }) => figures(id)))
      const constants = listed(plan.constants, window).map((one) => constantLine(one, ids.get(one.token)!))
      return { tokens, documents: told.flat(), figures: [...lines.flat(), ...constants] }
    },
  }
}

function recordedFor(own: Candles, timeframe: Timeframe, file: string): Recorded {
  const wanted = intervals[timeframes[timeframe].interval]
  if (wanted % own.intervalMs !== 0)
    throw new Failure(
      'invalid',
      `${file}: candles of ${showInterval(own.intervalMs)}; ${timeframe} is decided on ${showInterval(wanted)}, so they must be that or divide it`,
    )
  return own.intervalMs === wanted ? { candles: own, finer: null } : { candles: aggregate(own, wanted), finer: own }
}

function tokenOf({ tokens }: Plan, symbol: string): Token {
  const { id, name, marketCapRank } = tokens.find((one) => one.symbol === symbol)!
  const [chain = '', address = ''] = id.split(':')
  return {
    id: tokenId(id),
    chain,
    address,
    symbol,
    name,
    marketCapRank,
    catalogueId: null,
    marketCapUsd: null,
    priceUsd: null,
  }
}

const lagWords = (lagMs: number): string => (lagMs === 0 ? '' : ` + ${showInterval(lagMs)}`)

const arrivalWords = (arrival: Arrival): string =>
  arrival.at === 'end-of-day'
    ? `end of the day of ${arrival.of}${lagWords(arrival.lag)}`
    : `${arrival.of}${lagWords(arrival.lag)}${arrival.dayStamps ? ', at midnight the end of that day' : ''}`
