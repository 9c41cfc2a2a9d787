import {
  createDecider,
  houseProfile,
  judge,
  toIso,
  trendOf,
  weightsOf,
  type Costs,
  type RiskTolerance,
  type Timeframe,
} from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import { fitsWithin } from './calibrate/fits-within.ts'
import { backtest, type CreateDecider, type Judge, type Recorded } from './backtest.ts'
import { createFindings, type Findings } from './report.ts'
import { toRow } from './row.ts'
import { readRecorded, survey, windowOf, type Survey, type Window } from './survey.ts'

export type BacktestSettings = {
  readonly paths: readonly string[]
  readonly timeframe: Timeframe
  readonly risk: RiskTolerance
  readonly costs: Costs
  readonly everyMs: number
  readonly lagMs: number
  /** Epoch ms; what is undefined is what the files hold. */
  readonly from: number | undefined
  readonly to: number | undefined
  readonly asOf: number | undefined
  readonly seed: number
  /** Confidence from walk-forward fits made within the run; else, or absent, the prior stands. */
  readonly calibrated?: boolean
}

type Needs = {
  readonly clock: Clock
  readonly abort: AbortSignal
  /** Takes rows as JSON, many at a time, a comma between any two; null when nobody wants them. */
  readonly rows: ((text: string) => void | Promise<void>) | null
  readonly createDecider?: CreateDecider
  /** Of the engine, told with the fits that it makes. */
  readonly version?: string
}

/** What every figure of a recorded run is called wherever it is shown. */
export const labels = [
  'backtest',
  'hypothetical',
  'recorded',
  'single venue',
  'technical kind only',
  'token safety not assessed',
] as const

export type BacktestReport = {
  readonly settings: BacktestSettings
  readonly survey: Survey
  readonly window: Window
  readonly findings: Findings
  /** Fits that were made within the run; null where none was asked for. */
  readonly fits: number | null
  readonly seconds: number
}

/** Rows leave in pieces of about this many characters. */
const pieceLength = 65_536

/** Decides and follows file after file; only one file's candles and a few columns of figures are held at a time. */
export async function runBacktest(settings: BacktestSettings, needs: Needs): Promise<BacktestReport> {
  const { clock, abort } = needs
  const startedAt = clock.monotonic()
  const found = await survey(settings.paths, settings.timeframe)
  const window = windowOf(settings, found, settings.lagMs)
  const within = settings.calibrated
    ? await fitsWithin({ settings: settingsWithin(settings, window), version: needs.version ?? '' }, abort)
    : null
  const method = within ? 'backtest' : 'prior'
  const findings = createFindings({ ...settings, asOf: window.asOf, method })
  const create: CreateDecider = within
    ? (candles, profile) => createDecider(candles, profile, { fitsKnownAt: within.knownAt })
    : (needs.createDecider ?? createDecider)
  const write = pieces(needs.rows)
  for (const [token, { path }] of found.files.entries()) {
    abort.throwIfAborted()
    await runFile({
      recorded: found.only ?? (await readRecorded(path, settings.timeframe)),
      token,
      settings,
      window,
      findings,
      write,
      createDecider: create,
    })
  }
  await write.end()
  return {
    settings,
    survey: found,
    window,
    findings: findings.findings(),
    fits: within && within.fits.length,
    seconds: (clock.monotonic() - startedAt) / 1_000,
  }
}

const settingsWithin = ({ asOf: _, ...settings }: BacktestSettings, { from, to, asOf }: Window) => ({
  ...settings,
  from,
  to,
  asOf,
})

type FileRun = {
  readonly recorded: Recorded
  readonly token: number
  readonly settings: BacktestSettings
  readonly window: Window
  readonly findings: ReturnType<typeof createFindings>
  readonly write: ReturnType<typeof pieces>
  readonly createDecider: CreateDecider
}

async function runFile({
  recorded,
  token,
  settings,
  window,
  findings,
  write,
  createDecider: create,
}: FileRun): Promise<void> {
  const { timeframe, risk, costs } = settings
  const trend = trendOf(recorded.candles)
  const mode = 'technical-only'
  const profile = { ...houseProfile, timeframe, riskTolerance: risk, mode, weights: weightsOf(mode), costs } as const
  const follow: Judge = (plan, { candles, finer }) =>
    judge(plan, candles, { costs, asOf: window.asOf, ...(finer && { finer: [finer] }) })
  for (const decided of backtest(
    recorded,
    { ...settings, ...window, profile },
    { createDecider: create, judge: follow },
  )) {
    findings.add(token, decided, recorded, trend)
    const full = write.wanted && write.row(toRow(decided, recorded.candles.id, timeframe))
    if (full) await full
  }
}

/** Rows to text, handed on in pieces; a slow reader is waited for. */
function pieces(rows: Needs['rows']) {
  let waiting = ''
  let first = true
  return {
    wanted: rows !== null,
    row(row: unknown): void | Promise<void> {
      waiting += `${first ? '' : ',\n'}${JSON.stringify(row)}`
      first = false
      if (waiting.length < pieceLength) return
      const piece = waiting
      waiting = ''
      return rows?.(piece)
    },
    async end(): Promise<void> {
      if (waiting) await rows?.(waiting)
    },
  }
}

/** The summary as printed: what was run on what, and what came of it. */
export function summaryOf({ settings, survey: found, window, findings, fits, seconds }: BacktestReport) {
  const { performance, calibration, measured, decisions, abstained, verdict } = findings
  return {
    labels,
    verdict,
    timeframe: settings.timeframe,
    mode: 'technical-only',
    riskTolerance: settings.risk,
    costs: settings.costs,
    everyMs: settings.everyMs,
    lagMs: settings.lagMs,
    seed: settings.seed,
    period: { from: toIso(window.from), to: toIso(window.to), asOf: toIso(window.asOf) },
    files: found.files,
    bars: found.files.reduce((sum, { bars }) => sum + bars, 0),
    decisions,
    abstained,
    ...performance,
    calibration,
    ...(measured && { measured: { fits, ...measured } }),
    seconds,
  }
}
