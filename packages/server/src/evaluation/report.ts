import { IsoInstant, Kind, Mode, Timeframe, Weights } from '@pumpiq/domain'
import { z } from 'zod'

const Maybe = z.number().nullable()
const Count = z.int().nonnegative()

/** A share or mean with its 95 % interval; null with a note where there is too little. */
const Told = z.object({
  value: Maybe,
  low: Maybe,
  high: Maybe,
  n: Count,
  effectiveN: z.number(),
  note: z.string().nullable(),
})
export type Told = z.output<typeof Told>

/** The same with the interval that holds for all tries together. */
const Wide = Told.extend({ wideLow: Maybe, wideHigh: Maybe })

const Bin = z.object({
  from: z.number(),
  to: z.number(),
  n: Count,
  meanForecast: Maybe,
  observed: Maybe,
  low: Maybe,
  high: Maybe,
})

const Forecast = z.object({
  n: Count,
  effectiveN: z.number(),
  brier: Maybe,
  brierSkill: Maybe,
  baseRate: Maybe,
  logLoss: Maybe,
  ece: Maybe,
  bins: z.array(Bin),
  note: z.string().nullable(),
})

const Coins = z.object({ seeds: Count, low: z.number(), median: z.number(), high: z.number(), percentile: z.number() })

const BaselineRow = z.object({
  id: z.string(),
  label: z.string(),
  n: Count,
  effectiveN: z.number(),
  meanReturnNetPct: Maybe,
  low: Maybe,
  high: Maybe,
  winRate: Maybe,
  meanR: Maybe,
  leadPct: Maybe,
  leadLow: Maybe,
  leadHigh: Maybe,
  note: z.string().nullable(),
})

const Loss = z.object({
  token: z.string(),
  at: IsoInstant,
  type: z.string(),
  r: z.number(),
  score: z.number(),
  /** Foreign text. */
  headline: z.string().nullable(),
})

/** Sums of R after each end, one R staked on each call, thinned out for drawing. */
const Curve = z.object({ id: z.string(), label: z.string(), points: z.array(z.tuple([z.number(), z.number()])) })
export type Curve = z.output<typeof Curve>

const Result = z.object({
  decisions: Count,
  abstained: Count,
  byType: z.record(z.string(), Count),
  /** BUY and SELL. */
  calls: Count,
  decided: Count,
  filled: Told,
  /** T1 before the stop, among the filled and decided. */
  hit: Told,
  /** T1 before the stop, among all BUYs and SELLs that were issued. */
  hitShareOfCalls: Maybe,
  /** Net R of a filled and decided call. */
  r: Wide,
  /** Net R of an instant, nothing where nothing was traded. */
  rPerInstant: Told,
  /** The same less that of the reference row, instant by instant; null for the reference itself. */
  lead: Told.nullable(),
  totalR: z.number(),
  maxDrawdownR: z.number(),
  exposure: z.object({ share: z.number(), meanOpen: z.number() }),
  confidence: z.object({ methods: z.array(z.string()), shown: Forecast, measured: Forecast }),
  baselines: z.array(BaselineRow),
  coins: z.object({ shuffled: Coins, inRuns: Coins }).nullable(),
  /** Over the sums of R of blocks of a horizon; `lucky` is what the best of so many tries shows by luck, `probability` the deflated Sharpe ratio. */
  sharpe: z
    .object({
      blocks: Count,
      sharpe: z.number(),
      skew: z.number(),
      kurtosis: z.number(),
      lucky: z.number(),
      probability: z.number(),
    })
    .nullable(),
  /** Instants at which a model would be asked, since there is a call to weigh, and those of them at which a usable answer was recorded. */
  askable: Count,
  heard: Count,
  curves: z.array(Curve),
  losses: z.array(Loss),
})
export type Result = z.output<typeof Result>

const Row = z.object({
  id: z.string(),
  label: z.string(),
  mode: Mode,
  weights: Weights,
  kinds: z.array(Kind),
  analyst: z.enum(['rules', 'model']),
  /** Why there is no result, or null. */
  notRun: z.string().nullable(),
  warnings: z.array(z.string()),
  result: Result.nullable(),
  verdict: z.string(),
})
export type Row = z.output<typeof Row>

const WindowReport = z.object({
  id: z.string(),
  about: z.string(),
  timeframe: Timeframe,
  from: IsoInstant,
  to: IsoInstant,
  asOf: IsoInstant,
  everyMs: z.number(),
  tokens: z.array(z.string()),
  /** Worst first; what was not run stands last. */
  rows: z.array(Row),
})
export type WindowReport = z.output<typeof WindowReport>

const ManifestEntry = z.object({
  series: z.string(),
  of: z.enum(['candles', 'news', 'social', 'figures']),
  file: z.string(),
  rows: Count,
  /** First and last arrival; of candles, opens. */
  first: IsoInstant.nullable(),
  last: IsoInstant.nullable(),
  bytes: Count,
  sha256: z.string(),
  /** As the plan declares it. */
  arrival: z.string(),
})
export type ManifestEntry = z.output<typeof ManifestEntry>

/** What became of the questions that the journal did not hold when the evaluation began. */
const Asking = z.object({
  model: z.string(),
  /** No more were to be asked. */
  atMost: Count,
  /** Questions of the rows that were run, each once; where one was not answered, those behind it are what the rules' call leads to. */
  missing: Count,
  asked: Count,
  /** Lines that were added to the journal. */
  recorded: Count,
  /** How those that were asked ended. */
  endings: z.record(z.string(), Count),
  usd: z.number(),
  /** Why asking ended before there was nothing left to ask or enough was asked, or null. */
  stopped: z.string().nullable(),
})
export type Asking = z.output<typeof Asking>

/** What `pumpiq evaluate` prints. */
export const EvaluationReport = z.object({
  form: z.literal('pumpiq-evaluation-1'),
  labels: z.array(z.string()),
  plan: z.object({ name: z.string(), about: z.string(), sha256: z.string() }),
  engine: z.object({ version: z.string(), models: z.array(z.string()) }),
  settings: z.object({
    seed: Count,
    from: IsoInstant.nullable(),
    to: IsoInstant.nullable(),
    rows: z.array(z.string()),
    costs: z.object({ feePctPerSide: z.number(), slippageBpsPerSide: z.number() }),
    /** Said to have been tried besides. */
    triedBefore: Count,
    /** All tries together: what every wide interval and every deflated figure reckons with. */
    tries: Count,
    /** Fits of measured confidence that were handed in, and whether more were made within each window. */
    fits: Count,
    calibrated: z.boolean(),
  }),
  /** Null: nobody was asked. */
  asking: Asking.nullable(),
  verdicts: z.array(z.string()),
  windows: z.array(WindowReport),
  manifest: z.array(ManifestEntry),
  seconds: z.number(),
})
export type EvaluationReport = z.output<typeof EvaluationReport>
