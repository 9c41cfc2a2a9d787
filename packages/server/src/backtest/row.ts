import {
  priceOf,
  round,
  timeframes,
  toIso,
  validityMs,
  type Call,
  type Ending,
  type Plan,
  type Timeframe,
} from '@pumpiq/domain'
import type { Decided } from './backtest.ts'

/** One decided call as it is printed: prices as decimal strings, instants in ISO 8601, ratios of the outcome in percent. */
export function toRow({ call, ending }: Decided, token: string, timeframe: Timeframe) {
  return {
    token,
    type: call.type,
    abstained: call.abstained,
    issuedAt: toIso(call.issuedAt),
    validUntil: toIso(call.issuedAt + validityMs(timeframe)),
    expiresAt: toIso(call.issuedAt + timeframes[timeframe].horizonMs),
    price: priceText(call.price),
    score: call.score,
    ...levelsOf(call.plan),
    confidence: call.confidence,
    breakEven: call.breakEven,
    expectedR: call.expectedR,
    riskReward: call.riskReward,
    warnings: call.warnings,
    outcome: ending && outcomeRow(call, ending),
  }
}

function levelsOf(plan: Plan | null) {
  const none = { entry: null, targets: [], stopLoss: null, band: null }
  if (!plan || plan.type === 'AVOID') return none
  if (plan.type === 'HOLD') return { ...none, band: { low: priceText(plan.bandLow), high: priceText(plan.bandHigh) } }
  return {
    entry: { low: priceText(plan.entryLow), high: priceText(plan.entryHigh) },
    targets: plan.targets.map(({ price, share }) => ({ price: priceText(price), share })),
    stopLoss: priceText(plan.stop),
    band: null,
  }
}

/** `judge` prints the events and the deciding candle as well; by the hundred thousand they would drown the rest. */
function outcomeRow({ issuedAt }: Call, ending: Ending) {
  return {
    status: ending.status,
    at: iso(ending.at),
    filledAt: iso(ending.filledAt),
    fillPrice: priceText(ending.fillPrice),
    first: ending.first,
    rMultiple: figure(ending.rMultiple),
    returnGrossPct: percent(ending.returnGrossRatio),
    returnNetPct: percent(ending.returnNetRatio),
    mfeR: figure(ending.mfeR),
    maeR: figure(ending.maeR),
    hoursToOutcome: ending.at === null ? null : round((ending.at - issuedAt) / 3_600_000, 4),
    ambiguous: ending.ambiguous,
    held: ending.held,
  }
}

const iso = (at: number | null): string | null => (at === null ? null : toIso(at))
const figure = (value: number | null): number | null => (value === null ? null : round(value, 6))
const percent = (ratio: number | null): number | null => (ratio === null ? null : round(ratio * 100, 6))

/** Most doubles already print as plain decimals; the rest go the long way that never prints an exponent. */
function priceText(value: number | null): string | null {
  if (value === null) return null
  const text = String(value)
  return text.includes('e') ? priceOf(value) : text
}
