import {
  bootstrapMean,
  forecastMonths,
  knownBefore,
  makeFit,
  mean,
  round,
  scoresOf,
  timeframes,
  toIso,
  weightsOf,
  type BaselineRow,
  type Fit,
  type Scores,
  type Spread,
  type Trials,
} from '@pumpiq/domain'
import { seededRandom } from '../../platform/random.ts'
import { candidates, shippedInputs, simpleModel } from './candidates.ts'
import { collectTrials, type CollectSettings } from './collect-trials.ts'

export type WalkForwardSettings = CollectSettings & {
  /** Of every draw: the same files and seed give the same bytes. */
  readonly seed: number
  /** Tokens are left out in so many parts. */
  readonly folds: number
  /** Names of the models to try beside those that are always there; all of them when left out. */
  readonly only?: readonly string[]
}

/** What every other model is measured against. */
const always: ReadonlySet<string> = new Set(['prior', 'base-rate', simpleModel])

type Group = { readonly name: string; readonly scores: Scores; readonly netR: Spread }
type Candidate = { readonly id: string; readonly what: string; readonly scores: Scores }

/** What was forecast before it came, by fits that had seen neither the month nor the token, and how that fared. */
export type WalkForward = {
  readonly settings: Omit<WalkForwardSettings, 'paths'> & { readonly files: number }
  readonly trials: number
  readonly tokens: number
  readonly period: { readonly from: string; readonly to: string }
  /** Those that were forecast: enough lay behind their month. */
  readonly tested: number
  readonly models: readonly Candidate[]
  readonly tried: string
  readonly chosen: { readonly id: string; readonly why: string }
  readonly verdict: string
  /** Of all that were tested, and by side, regime and year, for the chosen model. */
  readonly groups: readonly Group[]
  readonly baselines: readonly BaselineRow[]
}

/** The whole evaluation, and the fit that would ship: of every call whose window was over when the files end. */
export async function walkForward(settings: WalkForwardSettings, abort: AbortSignal) {
  const { seed, folds, timeframe } = settings
  const { horizonMs } = timeframes[timeframe]
  const random = () => seededRandom(seed)
  const { trials, files, window, baselines } = await collectTrials(settings, { abort, baselines: random() })
  const { only } = settings
  const models = candidates(random).filter(({ id }) => !only || always.has(id) || only.includes(id))
  const forecasts = forecastMonths(trials, { models, horizonMs, folds })
  const of = (id: string) => forecasts.get(id)!
  const rows = Uint32Array.from({ length: trials.length }, (_, i) => i).filter((i) => !Number.isNaN(of('prior')[i]!))
  const score = (id: string, wanted: Uint32Array) =>
    scoresOf(
      columnsOf(trials, wanted, of(id), { prior: of('prior'), 'base-rate': of('base-rate'), score: of(simpleModel) }),
      {
        horizonMs,
        random: random(),
      },
    )
  const told = models.flatMap(({ id, what }) => {
    const scores = score(id, rows)
    return scores ? [{ id, what, scores }] : []
  })
  const chosen = chosenOf(told)
  const groups = groupsOf(trials, rows).flatMap(({ name, wanted }): Group[] => {
    const scores = score(chosen.id, wanted)
    return scores ? [{ name, scores, netR: netOf(trials, wanted, horizonMs, random()) }] : []
  })
  const { paths, ...rest } = settings
  const report: WalkForward = {
    settings: { ...rest, files: paths.length },
    trials: trials.length,
    tokens: new Set(trials.token).size,
    period: { from: toIso(window.from), to: toIso(window.to) },
    tested: rows.length,
    models: told,
    tried: `${models.length} models on ${files.length} files in this run; what was tried before it stands in docs/confidence.md`,
    chosen,
    verdict: verdictOn(told.find(({ id }) => id === chosen.id)?.scores, groups[0]?.netR),
    groups,
    baselines,
  }
  return { report, trials, known: knownBefore(trials, window.asOf) }
}

function columnsOf(
  { hit, at, token }: Trials,
  rows: Uint32Array,
  forecast: Float64Array,
  rivals: Record<string, Float64Array>,
) {
  const of = (column: Float64Array) => Float64Array.from(rows, (i) => column[i]!)
  return {
    forecast: of(forecast),
    happened: Uint8Array.from(rows, (i) => hit[i]!),
    at: of(at),
    token: Uint32Array.from(rows, (i) => token[i]!),
    rivals: Object.fromEntries(Object.entries(rivals).map(([name, column]) => [name, of(column)])),
  }
}

/** The simple model, unless another beats it out of sample with its whole interval. */
function chosenOf(models: readonly Candidate[]): WalkForward['chosen'] {
  const better = models.filter(
    ({ id, scores }) => id !== simpleModel && id !== 'prior' && (scores.skillOver['score']?.low ?? -1) > 0,
  )
  const best = better.toSorted((a, b) => a.scores.brier - b.scores.brier)[0]
  if (!best) return { id: simpleModel, why: 'no other model is shown to be better out of sample' }
  return { id: best.id, why: `its Brier skill over the simple model is ${best.scores.skillOver['score']!.value}` }
}

function verdictOn(scores: Scores | undefined, netR: Spread | undefined): string {
  if (!scores || !netR) return 'too little history: nothing could be tested'
  const over = scores.skillOver['prior']!
  const beats = over.low !== null && over.low > 0
  const earns = netR.low !== null && netR.low > 0
  const skill = beats ? 'better than the prior' : 'no skill beyond the prior is shown'
  return `${scores.skill}; ${skill}; ${earns ? 'the calls earned money after costs' : 'no edge after costs is shown'}`
}

function netOf({ netR, at }: Trials, rows: Uint32Array, horizonMs: number, random: () => number): Spread {
  const values = Float64Array.from(rows, (i) => netR[i]!)
  const when = Float64Array.from(rows, (i) => at[i]!)
  const interval = bootstrapMean(values, { at: when, length: rows.length }, { blockMs: 2 * horizonMs, random })
  return { value: mean(values), low: interval?.low ?? null, high: interval?.high ?? null }
}

type Named = { readonly name: string; readonly wanted: Uint32Array }

/** Thirds of volatility and trend are those of the tested calls: for telling, not for deciding. */
function groupsOf({ input, at }: Trials, rows: Uint32Array): Named[] {
  const where = (name: string, wanted: (i: number) => boolean): Named => ({ name, wanted: rows.filter(wanted) })
  const thirds = (name: string, column: Float64Array): Named[] => {
    const sorted = Float64Array.from(rows, (i) => column[i]!).toSorted()
    const [a, b] = [sorted[Math.floor(sorted.length / 3)]!, sorted[Math.floor((2 * sorted.length) / 3)]!]
    return [
      where(`${name}, lowest third`, (i) => column[i]! < a),
      where(`${name}, middle third`, (i) => column[i]! >= a && column[i]! < b),
      where(`${name}, highest third`, (i) => column[i]! >= b),
    ]
  }
  const years = [...new Set(Array.from(rows, (i) => new Date(at[i]!).getUTCFullYear()))].toSorted((a, b) => a - b)
  return [
    { name: 'all', wanted: rows },
    where('BUY', (i) => input.side[i] === 1),
    where('SELL', (i) => input.side[i] === -1),
    ...thirds('volatility now', input.busy),
    ...thirds('volatility', input.wild),
    ...thirds('trend', input.trend),
    ...years.map((year) => where(String(year), (i) => new Date(at[i]!).getUTCFullYear() === year)),
  ]
}

/** A calibration error above this is told, not shipped. */
const mostError = 0.03
const leastBlocks = 10

type Evaluated = Awaited<ReturnType<typeof walkForward>>

/** The fit that ships, or why none does. */
export function fitOf(
  { report, trials, known }: Evaluated,
  { timeframe, seed }: WalkForwardSettings,
  { engine, command }: { engine: string; command: string },
): { fit: Fit } | { why: string } {
  const scores = report.models.find(({ id }) => id === simpleModel)?.scores
  if (!scores || scores.blocks < leastBlocks)
    return {
      why: `too little history: ${scores?.blocks ?? 0} blocks of time could be tested, ${leastBlocks} are needed`,
    }
  if (Math.max(scores.ece, scores.eceTenths) > mostError)
    return { why: `the calibration error out of sample is ${scores.ece.toFixed(4)}, above ${mostError}` }
  const figure = (value: number) => round(value, 6)
  const spread = ({ value, low, high }: Spread): Spread => ({
    value: figure(value),
    low: low === null ? null : figure(low),
    high: high === null ? null : figure(high),
  })
  return {
    fit: makeFit(trials, {
      method: 'backtest',
      below: 'prior',
      timeframe,
      weights: weightsOf('technical-only'),
      kinds: ['technical'],
      ids: shippedInputs,
      rows: known,
      random: seededRandom(seed),
      skill: {
        verdict: report.verdict,
        n: scores.n,
        effectiveN: scores.effectiveN,
        ece: figure(scores.ece),
        brier: figure(scores.brier),
        skillOverBelow: spread(scores.skillOver['prior']!),
        skillOverBaseRate: spread(scores.skillOver['base-rate']!),
        resolution: figure(scores.murphy.resolutionOverChance),
      },
      provenance: { engine, rows: known.length, seed, command },
    }),
  }
}
