import {
  createBaselineTally,
  createDecider,
  createTrials,
  horizonBars,
  houseProfile,
  judge,
  leanOf,
  priorEndings,
  signals,
  timeframes,
  trendOf,
  weightsOf,
  type CallWindow,
  type Costs,
  type Decider,
  type Profile,
  type Random,
  type Seen,
  type Timeframe,
  type Trial,
} from '@pumpiq/domain'
import { backtest, type Decided, type Judge, type Recorded } from '../backtest.ts'
import { readRecorded, survey, windowOf } from '../survey.ts'

export type CollectSettings = {
  readonly paths: readonly string[]
  readonly timeframe: Timeframe
  readonly risk: Profile['riskTolerance']
  readonly costs: Costs
  readonly everyMs: number
  readonly lagMs: number
  readonly from?: number
  readonly to?: number
  readonly asOf?: number
}

type Also = {
  readonly abort: AbortSignal
  /** Of the coins of the baselines; absent: none is played. */
  readonly baselines?: Random
}

/** Signals of candles that lean: the columns of the models that are compared. */
export const leaningSignals: readonly string[] = signals.filter(({ weight }) => weight > 0).map(({ id }) => id)

export const technicalProfile = ({ timeframe, risk, costs }: CollectSettings): Profile => ({
  ...houseProfile,
  timeframe,
  riskTolerance: risk,
  mode: 'technical-only',
  weights: weightsOf('technical-only'),
  costs,
})

/** Decides on the files as a backtest does, on the prior alone, and keeps of each filled and decided BUY and SELL what a fit reads. */
export async function collectTrials(settings: CollectSettings, { abort, baselines: random }: Also) {
  const found = await survey(settings.paths, settings.timeframe)
  const asked = { from: settings.from, to: settings.to, asOf: settings.asOf }
  const window = windowOf(asked, found, settings.lagMs)
  const trials = createTrials(leaningSignals.length)
  const { horizonMs } = timeframes[settings.timeframe]
  const baselines = random ? createBaselineTally({ horizonMs, random }) : null
  for (const [token, { path }] of found.files.entries()) {
    abort.throwIfAborted()
    const recorded = found.only ?? (await readRecorded(path, settings.timeframe))
    const trend = baselines && trendOf(recorded.candles)
    for (const { trial, decided } of trialsOf(recorded, token, settings, window)) {
      trials.add(trial)
      if (trend) baselines.add(token, windowIn(decided, recorded, { trend, costs: settings.costs, asOf: window.asOf }))
    }
  }
  return { trials: trials.trials(), files: found.files, window, baselines: baselines?.rows() ?? [] }
}

type Within = { readonly from: number; readonly to: number; readonly asOf: number }

const windowIn = (
  { call, ending }: Decided,
  { candles, finer }: Recorded,
  also: Pick<CallWindow, 'trend' | 'costs' | 'asOf'>,
): CallWindow => ({
  plan: call.plan as CallWindow['plan'],
  ending: ending!,
  candles,
  ...also,
  ...(finer && { finer: [finer] }),
})

type Taken = { readonly trial: Trial; readonly decided: Decided }

function* trialsOf(recorded: Recorded, token: number, settings: CollectSettings, window: Within): Generator<Taken> {
  const profile = technicalProfile(settings)
  const { costs } = settings
  let last: Seen | null = null
  const create = (candles: Recorded['candles'], own: Profile): Decider =>
    createDecider(candles, own, { saw: (seen) => (last = seen) })
  const follow: Judge = (plan, { candles, finer }) =>
    judge(plan, candles, { costs, asOf: window.asOf, ...(finer && { finer: [finer] }) })
  const run = { ...settings, ...window, profile }
  for (const decided of backtest(recorded, run, { createDecider: create, judge: follow })) {
    const trial = last && trialOf(decided, last, token, settings.timeframe)
    if (trial) yield { trial, decided }
  }
}

function trialOf({ call, ending }: Decided, seen: Seen, token: number, timeframe: Timeframe): Trial | null {
  const { plan, levels, confidence, price, score } = call
  const isSide = plan?.type === 'BUY' || plan?.type === 'SELL'
  if (!isSide || !levels || !confidence || price === null || !ending || ending.rMultiple === null) return null
  const sign = plan.type === 'BUY' ? 1 : -1
  const bars = horizonBars(timeframe)
  const barriers = { type: plan.type, price, target: levels.targets[0], stop: levels.stop, bars }
  return {
    token,
    issuedAt: plan.issuedAt,
    expiresAt: plan.expiresAt,
    endedAt: ending.at!,
    call: { type: plan.type, score, below: confidence.measured, facts: seen.facts, views: seen.views },
    walkExpiry: seen.facts ? priorEndings(seen.facts, barriers).expiry : Number.NaN,
    rewardR: Math.abs(levels.targets[0] - price) / Math.abs(price - levels.stop),
    first: ending.first,
    grossR: (ending.returnGrossRatio! * ending.fillPrice!) / Math.abs(ending.fillPrice! - plan.stop),
    netR: ending.rMultiple,
    extra: leaningSignals.map((id) => sign * leanOf(seen.views, id)),
  }
}
