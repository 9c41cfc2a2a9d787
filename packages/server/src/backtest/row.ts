import {
  hours,
  isoOrNull,
  priceOf,
  round,
  statedLevels,
  timeframes,
  toIso,
  validityMs,
  type Call,
  type Ending,
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
    price: call.price === null ? null : priceOf(call.price),
    score: call.score,
    ...statedLevels(call.plan),
    confidence: call.confidence,
    breakEven: call.breakEven,
    expectedR: call.expectedR,
    riskReward: call.riskReward,
    warnings: call.warnings,
    outcome: ending && outcomeRow(call, ending),
  }
}

/** `judge` prints the events and the deciding candle as well; by the hundred thousand they would drown the rest. */
function outcomeRow({ issuedAt }: Call, ending: Ending) {
  return {
    status: ending.status,
    at: isoOrNull(ending.at),
    filledAt: isoOrNull(ending.filledAt),
    fillPrice: ending.fillPrice === null ? null : priceOf(ending.fillPrice),
    first: ending.first,
    rMultiple: figure(ending.rMultiple),
    returnGrossPct: percent(ending.returnGrossRatio),
    returnNetPct: percent(ending.returnNetRatio),
    mfeR: figure(ending.mfeR),
    maeR: figure(ending.maeR),
    hoursToOutcome: ending.at === null ? null : round((ending.at - issuedAt) / hours(1), 4),
    ambiguous: ending.ambiguous,
    held: ending.held,
  }
}

const figure = (value: number | null): number | null => (value === null ? null : round(value, 6))
const percent = (ratio: number | null): number | null => (ratio === null ? null : round(ratio * 100, 6))
