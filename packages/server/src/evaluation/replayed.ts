import { join } from 'node:path'
import { Failure, houseProfile, toIso, trendOf, type Candles, type Fit, type TrendColumns } from '@pumpiq/domain'
import { fitsWithin } from '../backtest/calibrate/fits-within.ts'
import { usualEveryMs } from '../backtest/calibrate/usual-every.ts'
import type { Shelf } from './library.ts'
import type { Window } from './plan.ts'
import { replay, type Moment } from './replay.ts'
import type { EvaluationNeeds, EvaluationSettings } from './settings.ts'

/** The plan's windows within what was asked for. */
export function windowsOf({ plan, from, to }: EvaluationSettings): Window[] {
  const clipped = plan.windows.flatMap((window): Window[] => {
    const first = Math.max(Date.parse(window.from), from ?? Number.NEGATIVE_INFINITY)
    const last = Math.min(Date.parse(window.to), to ?? Number.POSITIVE_INFINITY)
    return first <= last ? [{ ...window, from: toIso(first), to: toIso(last) }] : []
  })
  if (clipped.length > 0) return clipped
  const spans = plan.windows.map((window) => `${window.id} ${window.from} to ${window.to}`).join(', ')
  throw new Failure('invalid', `--from and --to leave nothing of the plan's windows: ${spans}`)
}

type Fitting = { readonly window: Window; readonly settings: EvaluationSettings; readonly needs: EvaluationNeeds }

/**
 * The fits of measured confidence for a window: those handed in and, where that was asked for, walk-forward ones of technical calls on
 * the window's own candle files, of which only what closed before an instant is used there.
 */
export async function fitsFor({ window, settings, needs }: Fitting): Promise<readonly Fit[]> {
  const { folder, plan, seed, fits, calibrated } = settings
  if (!calibrated) return fits
  const { timeframe } = window
  needs.progress(`${window.id}: fitting confidence month by month`)
  const files = plan.candles.filter(({ id, token }) => window.series.includes(id) && window.tokens.includes(token))
  const asked = {
    paths: files.map(({ file }) => join(folder, file)),
    timeframe,
    risk: houseProfile.riskTolerance,
    costs: houseProfile.costs,
    everyMs: usualEveryMs[timeframe],
    lagMs: Math.max(...files.map(({ lag }) => lag)),
    seed,
  }
  return [...fits, ...(await fitsWithin({ settings: asked, version: needs.version }, needs.abort)).fits]
}

/** How long the replay works before others may: ctrl-C is heard then. */
const turnMs = 100

type Replaying = { readonly window: Window; readonly shelf: Shelf; readonly needs: EvaluationNeeds }

/** Every moment of a window to whoever takes it, with a word of progress a month; its tokens and instants in their order. */
export async function replayed(
  { window, shelf, needs: { clock, abort, progress } }: Replaying,
  take: (moment: Moment, trend: TrendColumns) => void | Promise<void>,
): Promise<{ token: number[]; at: number[] }> {
  const trends = new Map<Candles, TrendColumns>()
  const instants = { token: [] as number[], at: [] as number[] }
  let turnAt = clock.monotonic() + turnMs
  let told = ''
  for await (const moment of replay(window, shelf)) {
    const { candles } = moment.recorded
    const trend = trends.get(candles) ?? trendOf(candles)
    trends.set(candles, trend)
    instants.token.push(moment.token)
    instants.at.push(moment.at)
    await take(moment, trend)
    if (clock.monotonic() < turnAt) continue
    await clock.sleep(0, abort)
    turnAt = clock.monotonic() + turnMs
    const now = `${window.id}: ${window.tokens[moment.token]} ${toIso(moment.at).slice(0, 7)}`
    if (now !== told) progress(now)
    told = now
  }
  if (instants.at.length > 0) return instants
  throw new Failure('invalid', `window ${window.id}: no candle was known between ${window.from} and ${window.to}`)
}

/** The moments of a window, a step of all its tokens at a time; null where a token has no more. */
export async function abreast(
  { window, shelf, needs: { clock, abort, progress } }: Replaying,
  take: (moments: readonly (Moment | null)[]) => Promise<void>,
): Promise<void> {
  progress(`${window.id}: looking for what the journal does not hold`)
  const lanes = shelf.tokens.map((token) => replay(window, { ...shelf, tokens: [token] }))
  let turnAt = clock.monotonic() + turnMs
  for (;;) {
    const steps = await Promise.all(lanes.map((lane) => lane.next()))
    const moments = steps.map((step) => (step.done ? null : step.value))
    if (moments.every((moment) => moment === null)) return
    await take(moments)
    if (clock.monotonic() < turnAt) continue
    await clock.sleep(0, abort)
    turnAt = clock.monotonic() + turnMs
  }
}
