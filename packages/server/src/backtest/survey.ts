import { Failure, intervals, showInterval, timeframes, toIso, type Timeframe } from '@pumpiq/domain'
import { aggregate } from './aggregate.ts'
import type { Recorded } from './backtest.ts'
import { readCandleFile } from './candle-files.ts'

export type Survey = {
  readonly files: readonly {
    readonly path: string
    readonly token: string
    readonly bars: number
    readonly intervalMs: number
  }[]
  /** Open of the first candle and close of the last over all files; epoch ms. */
  readonly firstOpenAt: number
  readonly lastCloseAt: number
  /** The candles themselves where there is one file only, so that it is not read twice. */
  readonly only: Recorded | null
}

/** A file as the timeframe wants it: its own bars, or bars made from its finer ones, which then settle what happened inside one. */
export async function readRecorded(path: string, timeframe: Timeframe): Promise<Recorded> {
  const candles = await readCandleFile(path)
  const wanted = intervals[timeframes[timeframe].interval]
  if (wanted < candles.intervalMs || wanted % candles.intervalMs !== 0) {
    throw new Failure(
      'invalid',
      `${path}: candles of ${showInterval(candles.intervalMs)}; ${timeframe} is decided on ${timeframes[timeframe].interval}, so they must be that or divide it`,
    )
  }
  return wanted === candles.intervalMs
    ? { candles, finer: null }
    : { candles: aggregate(candles, wanted), finer: candles }
}

/**
 * Reads every file once before anything is decided: a file that is refused is refused before the first line of an answer, and only the
 * end of the last file tells a pair that was delisted from one whose record stops here.
 */
export async function survey(paths: readonly string[], timeframe: Timeframe): Promise<Survey> {
  const files: Survey['files'][number][] = []
  let only: Recorded | null = null
  let firstOpenAt = Number.POSITIVE_INFINITY
  let lastCloseAt = Number.NEGATIVE_INFINITY
  for (const path of paths) {
    const recorded = await readRecorded(path, timeframe)
    if (paths.length === 1) only = recorded
    const own = recorded.finer ?? recorded.candles
    const twice = files.find(({ token }) => token === own.id)
    if (twice)
      throw new Failure('invalid', `--candles ${path}: ${own.id} was already given by ${twice.path}; one file a token`)
    files.push({ path, token: own.id, bars: own.length, intervalMs: own.intervalMs })
    if (own.length === 0) continue
    firstOpenAt = Math.min(firstOpenAt, own.openAt[0]!)
    lastCloseAt = Math.max(lastCloseAt, own.openAt[own.length - 1]! + own.intervalMs)
  }
  if (!Number.isFinite(lastCloseAt))
    throw new Failure('invalid', `--candles: there is no candle in ${paths.join(', ')}`)
  return { files, firstOpenAt, lastCloseAt, only }
}

type Asked = { readonly from: number | undefined; readonly to: number | undefined; readonly asOf: number | undefined }
export type Window = { readonly from: number; readonly to: number; readonly asOf: number }

/** The first and last instant of decisions and the instant up to which outcomes are known; what is not asked for is what the files hold. */
export function windowOf({ from, to, asOf }: Asked, { firstOpenAt, lastCloseAt }: Survey, lagMs: number): Window {
  const known = asOf ?? lastCloseAt
  const window = { from: from ?? firstOpenAt, to: to ?? known + lagMs, asOf: known }
  if (window.from > window.to) {
    throw new Failure(
      'invalid',
      `--from ${toIso(window.from)} lies behind --to ${toIso(window.to)}; the candles run from ${toIso(firstOpenAt)} to ${toIso(lastCloseAt)}`,
    )
  }
  if (asOf !== undefined && to !== undefined && to > asOf + lagMs) {
    throw new Failure(
      'invalid',
      `--to ${toIso(to)} lies behind --as-of ${toIso(asOf)}: nothing is decided on what is not known yet`,
    )
  }
  return window
}
