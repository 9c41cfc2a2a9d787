import {
  baselines,
  createBaselineTally,
  createTally,
  judge,
  turned,
  type Costs,
  type Ending,
  type Plan,
  type TrendColumns,
} from '@pumpiq/domain'
import type { Random } from '../platform/random.ts'
import type { Made } from './caller.ts'
import type { Moment } from './replay.ts'

/** A BUY or SELL and what became of it, in R; NaN where a way of trading it came to nothing. */
export type Trade = {
  readonly token: number
  readonly issuedAt: number
  readonly type: 'BUY' | 'SELL'
  readonly filledAt: number | null
  /** When it ended; null while it is open. */
  readonly endedAt: number | null
  readonly hit: boolean
  readonly r: number
  /** The same levels in either direction. */
  readonly buyR: number
  readonly sellR: number
  /** What the baselines made of the same window at the same stake, in the order of `baselines`. */
  readonly baselineR: readonly number[]
}

/** What was said of the worst calls, for people. */
export type Loss = {
  readonly token: number
  readonly at: number
  readonly type: string
  readonly r: number
  readonly score: number
  readonly headline: string | null
}

type Needs = { readonly horizonMs: number; readonly costs: Costs; readonly asOf: number; readonly random: Random }
type Market = { readonly trend: TrendColumns }

const lossesAtMost = 5

/** Takes a row's calls as they are made and keeps what the report needs: some hundreds of bytes a call. */
export function createRecord({ horizonMs, costs, asOf, random }: Needs) {
  const tally = createTally({ horizonMs })
  const played = createBaselineTally({ horizonMs, random })
  const trades: Trade[] = []
  const decisionR: number[] = []
  const said = {
    token: [] as number[],
    at: [] as number[],
    shown: [] as number[],
    measured: [] as number[],
    happened: [] as number[],
  }
  const methods = new Set<string>()
  let abstained = 0
  let askable = 0
  let heard = 0
  let losses: Loss[] = []

  function follow(plan: Plan, { candles, finer }: Moment['recorded']): Ending {
    return judge(plan, candles, { costs, asOf, ...(finer && { finer: [finer] }) })
  }

  function addTrade(
    moment: Moment,
    plan: Extract<Plan, { type: 'BUY' | 'SELL' }>,
    ending: Ending,
    { trend }: Market,
    made: Made,
  ): void {
    const { candles, finer } = moment.recorded
    const other = follow(turned(plan), moment.recorded).rMultiple ?? Number.NaN
    const r = ending.rMultiple ?? Number.NaN
    const isSettled = ending.returnNetRatio !== null && ending.decidedBy !== null
    const results = isSettled
      ? baselines.map((one) =>
          one.play({ plan, ending, candles, trend, costs, asOf, ...(finer && { finer: [finer] }) }, random),
        )
      : []
    if (isSettled)
      played.put(
        moment.token,
        moment.at,
        { returnNetRatio: ending.returnNetRatio, rMultiple: ending.rMultiple },
        results,
      )
    const riskRatio = ending.fillPrice === null ? Number.NaN : Math.abs(ending.fillPrice - plan.stop) / ending.fillPrice
    trades.push({
      token: moment.token,
      issuedAt: moment.at,
      type: plan.type,
      filledAt: ending.filledAt,
      endedAt: ending.at,
      hit: ending.first === 'target',
      r,
      buyR: plan.type === 'BUY' ? r : other,
      sellR: plan.type === 'SELL' ? r : other,
      baselineR: results.map((result) => (result ? result.returnNetRatio / riskRatio : Number.NaN)),
    })
    if (made.confidence && !Number.isNaN(r)) keepForecast(moment, made.confidence, ending.first === 'target')
    if (r < (losses.at(-1)?.r ?? 0) || losses.length < lossesAtMost)
      keepLoss({ token: moment.token, at: moment.at, type: plan.type, r, score: made.score, headline: moment.headline })
  }

  function keepForecast(
    { token, at }: Moment,
    { value, measured, method }: NonNullable<Made['confidence']>,
    hit: boolean,
  ): void {
    said.token.push(token)
    said.at.push(at)
    said.shown.push(value)
    said.measured.push(measured)
    said.happened.push(hit ? 1 : 0)
    methods.add(method)
  }

  function keepLoss(loss: Loss): void {
    if (!(loss.r < 0)) return
    losses = [...losses, loss].toSorted((a, b) => a.r - b.r).slice(0, lossesAtMost)
  }

  return {
    /** Follows one call to its end and books it. */
    add(moment: Moment, made: Made, market: Market): void {
      if (made.askable) askable++
      if (made.heard) heard++
      if (made.abstained !== null || !made.plan) {
        abstained++
        decisionR.push(0)
        return
      }
      const ending = follow(made.plan, moment.recorded)
      tally.add({
        token: moment.token,
        type: made.plan.type,
        issuedAt: moment.at,
        ending,
        forecast: made.confidence?.value ?? null,
      })
      const isDirectional = made.plan.type === 'BUY' || made.plan.type === 'SELL'
      decisionR.push(isDirectional ? stakeR(ending) : 0)
      if (made.plan.type === 'BUY' || made.plan.type === 'SELL') addTrade(moment, made.plan, ending, market, made)
    },
    kept: () => ({ tally, played, trades, decisionR, said, methods: [...methods], abstained, askable, heard, losses }),
  }
}

export type Kept = ReturnType<ReturnType<typeof createRecord>['kept']>

/** What an instant came to: nothing where nothing was traded, unknown while it is. */
const stakeR = ({ status, rMultiple }: Ending): number =>
  rMultiple ?? (status === 'OPEN' || status === 'UNRESOLVED' ? Number.NaN : 0)

/** How much of the time of all tokens a position was open, and how many were at a time on average. */
export function exposureOf(trades: readonly Trade[], tokens: number, window: { from: number; to: number }) {
  const whole = tokens * (window.to - window.from)
  const spans = trades
    .filter((trade) => trade.filledAt !== null)
    .map(({ token, filledAt, endedAt }) => ({ token, from: filledAt!, to: Math.min(endedAt ?? window.to, window.to) }))
    .filter(({ from, to }) => to > from)
    .toSorted((a, b) => a.token - b.token || a.from - b.from)
  let [open, covered] = [0, 0]
  let last = { token: -1, to: 0 }
  for (const { token, from, to } of spans) {
    open += to - from
    const begin = token === last.token ? Math.max(from, last.to) : from
    covered += Math.max(0, to - begin)
    last = { token, to: token === last.token ? Math.max(to, last.to) : to }
  }
  return whole > 0 ? { share: covered / whole, meanOpen: open / (window.to - window.from) } : { share: 0, meanOpen: 0 }
}
