import { Failure } from '../words/failure.ts'
import { barAt, type Candles } from '../words/candles.ts'
import { compare, priceOf, toNumber, type Price } from '../words/price.ts'
import { fromIso, hours, isoOrNull, toIso } from '../words/time.ts'
import { round } from '../words/numbers.ts'
import type { Plan } from '../decide/plan.ts'
import type { Ending, Followed, Outcome } from './outcome.ts'

type Levels = Extract<Followed, { type: 'BUY' | 'SELL' }>

/** Shares are written with few decimals (0.333 three times is not a whole), and what is missing of a whole goes with the last target. */
const SHARE_TOLERANCE = 1e-6

/** From the wire's words to numbers. Refuses what cannot be followed, by field, value and what is allowed. */
export function planOf(followed: Followed): Plan {
  const issuedAt = fromIso(followed.issuedAt, 'issuedAt')
  const expiresAt = fromIso(followed.expiresAt, 'expiresAt')
  demand(expiresAt > issuedAt, 'expiresAt', followed.expiresAt, `after issuedAt ${followed.issuedAt}`)
  if (followed.type === 'AVOID') return { type: 'AVOID', issuedAt, expiresAt }
  if (followed.type === 'HOLD') {
    const { low, high } = followed.band
    demand(toNumber(low) > 0, 'band.low', low, 'above 0')
    demand(compare(low, high) < 0, 'band.high', high, `above band.low ${low}`)
    return { type: 'HOLD', issuedAt, expiresAt, bandLow: toNumber(low), bandHigh: toNumber(high) }
  }
  const validUntil = fromIso(followed.validUntil, 'validUntil')
  demand(validUntil > issuedAt, 'validUntil', followed.validUntil, `after issuedAt ${followed.issuedAt}`)
  demand(validUntil <= expiresAt, 'validUntil', followed.validUntil, `not after expiresAt ${followed.expiresAt}`)
  checkOrder(followed)
  const whole = followed.targets.reduce((sum, { share }) => sum + share, 0)
  demand(Math.abs(whole - 1) <= SHARE_TOLERANCE, 'targets[].share', round(whole, 9), 'a sum of 1')
  return {
    type: followed.type,
    issuedAt,
    validUntil,
    expiresAt,
    entryLow: toNumber(followed.entry.low),
    entryHigh: toNumber(followed.entry.high),
    targets: followed.targets.map((target) => ({ price: toNumber(target.price), share: target.share })),
    stop: toNumber(followed.stopLoss),
    invalidation: (followed.invalidation ?? []).map(({ when, price: level }) => ({ when, price: toNumber(level) })),
  }
}

function demand(met: boolean, field: string, value: unknown, allowed: string): void {
  if (!met) throw new Failure('invalid', `${field} must be ${allowed}, not ${String(value)}`)
}

/** stop < entry.low <= entry.high < T1 < T2 < T3, mirrored for SELL; the comparisons are exact. */
function checkOrder({ type, entry, stopLoss, targets }: Levels): void {
  const buy = type === 'BUY'
  const side = (up: boolean) => (up ? 'above' : 'below')
  demand(compare(entry.low, entry.high) <= 0, 'entry.high', entry.high, `not below entry.low ${entry.low}`)
  const [near, far, nearName, farName] = buy
    ? [entry.low, entry.high, 'entry.low', 'entry.high']
    : [entry.high, entry.low, 'entry.high', 'entry.low']
  const beyond = (a: Price, b: Price) => compare(a, b) === (buy ? 1 : -1)
  demand(beyond(near, stopLoss), 'stopLoss', stopLoss, `${side(!buy)} ${nearName} ${near} for ${type}`)
  let before = far
  let name = farName
  for (const [i, { price: level }] of targets.entries()) {
    demand(beyond(level, before), `targets[${i}].price`, level, `${side(buy)} ${name} ${before} for ${type}`)
    before = level
    name = `targets[${i}].price`
  }
  const lowest = buy ? stopLoss : before
  demand(toNumber(lowest) > 0, buy ? 'stopLoss' : name, lowest, 'above 0')
}

const pct = (ratio: number | null): number | null => (ratio === null ? null : round(ratio * 100, 10))
const figure = (value: number | null): number | null => (value === null ? null : round(value, 10))

/** From numbers to the wire's words. `hoursToOutcome` runs from the issue to `at`; null while OPEN. */
export function outcomeOf(ending: Ending, candles: Candles, issuedAt: number): Outcome {
  const { at, filledAt, decidedBy } = ending
  const bar = decidedBy === null ? null : barAt(candles, decidedBy)
  return {
    status: ending.status,
    at: isoOrNull(at),
    filledAt: isoOrNull(filledAt),
    fillPrice: ending.fillPrice === null ? null : priceOf(ending.fillPrice),
    events: ending.events.map((event) => ({ at: toIso(event.at), event: event.event, price: priceOf(event.price) })),
    first: ending.first,
    rMultiple: figure(ending.rMultiple),
    returnGrossPct: pct(ending.returnGrossRatio),
    returnNetPct: pct(ending.returnNetRatio),
    mfeR: figure(ending.mfeR),
    maeR: figure(ending.maeR),
    hoursToOutcome: at === null ? null : round((at - issuedAt) / hours(1), 6),
    ambiguous: ending.ambiguous,
    held: ending.held,
    decidedBy: bar && {
      openAt: toIso(bar.openAt),
      intervalMs: candles.intervalMs,
      open: priceOf(bar.open),
      high: priceOf(bar.high),
      low: priceOf(bar.low),
      close: priceOf(bar.close),
    },
  }
}
