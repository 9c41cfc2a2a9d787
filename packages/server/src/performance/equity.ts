import {
  baselines,
  effectiveN,
  equityCurve,
  maxDrawdown,
  timeframes,
  toIso,
  type Baseline,
  type Timeframe,
} from '@pumpiq/domain'
import type { PerformanceEquity, Period } from '@pumpiq/api'
import { standingOf } from './baselines.ts'
import { inTime, type CountCalls, type CountedCall } from './outcomes-counted.ts'
import { createNumbers, endedFrom, spanOf } from './summary.ts'

type Asked = { countCalls: CountCalls; period: Period; timeframe: Timeframe; now: number }

/** A picture has no more columns than this. */
const mostPoints = 500

/** The record of a timeframe and every baseline as lines: one R on each call that was filled and decided, added up as they ended. */
export async function equityOf({ countCalls, period, timeframe, now }: Asked): Promise<PerformanceEquity> {
  const asked = { timeframe, endedFrom: endedFrom(period, now), withBaselines: true }
  const standings = { none: 0, waiting: 0, unknown: 0, played: 0 }
  const decided: CountedCall[] = []
  for (const call of await inTime(countCalls(asked))) {
    const standing = standingOf(call)
    standings[standing]++
    if (standing !== 'none') decided.push(call)
  }
  // Independent ones are counted by when they were issued, the lines by when they ended; both hold of calls in that order alone.
  const numberOf = createNumbers()
  const issued = { token: decided.map(({ token }) => numberOf(token)), at: decided.map(({ issuedAt }) => issuedAt) }
  const worth = effectiveN({ ...issued, length: decided.length }, timeframes[timeframe].horizonMs)
  const ended = decided.toSorted((a, b) => a.ending.at! - b.ending.at!)
  const shown = chosen(ended.length)
  return {
    ...spanOf(period, now),
    timeframe,
    n: ended.length,
    effectiveN: worth,
    waiting: standings.waiting,
    unknown: standings.unknown,
    unscaled: ended.filter((call) => standingOf(call) === 'played' && scaleOf(call) === null).length,
    points: shown.map((i) => toIso(ended[i]!.ending.at!)),
    lines: [
      { id: 'calls', label: 'Our calls', ...lineOf(ended, shown, ({ ending }) => ending.rMultiple) },
      ...baselines.map((one) => ({ id: one.id, label: one.label, ...lineOf(ended, shown, (call) => rOf(call, one)) })),
    ],
    notes: [
      'House calls of BUY and SELL that were filled and ended in the period, one R staked on each, net of costs. No stake grows or shrinks.',
      'A baseline stakes the same money on the same windows; one without a stop is measured in the R of the call.',
      'Where a baseline has no result its line is level; beside it stands what the calls made in the windows that it has.',
    ],
  }
}

/** Evenly chosen places, the last among them. */
function chosen(length: number): number[] {
  if (length <= mostPoints) return Array.from({ length }, (_, i) => i)
  return Array.from({ length: mostPoints }, (_, k) => Math.ceil(((k + 1) * length) / mostPoints) - 1)
}

/** How many R a return of 1 is to a call: its stake over what it risked. */
function scaleOf({ ending: { rMultiple, returnNetRatio } }: CountedCall): number | null {
  return rMultiple === null || returnNetRatio === null || returnNetRatio === 0 ? null : rMultiple / returnNetRatio
}

function rOf(call: CountedCall, { id }: Baseline): number | null {
  const played = call.baselines?.[id]
  if (!played || played.net === null) return null
  if (played.r !== null) return played.r
  const scale = scaleOf(call)
  return scale === null ? null : played.net * scale
}

type Line = Omit<PerformanceEquity['lines'][number], 'id' | 'label'>

function lineOf(
  ended: readonly CountedCall[],
  shown: readonly number[],
  of: (call: CountedCall) => number | null,
): Line {
  const results = ended.map(of)
  const at = ended.map(({ ending }) => ending.at!)
  const curve = equityCurve(
    results.map((r) => r ?? 0),
    at,
    ended.length,
  )
  return {
    n: results.filter((r) => r !== null).length,
    totalR: curve.at(-1) ?? 0,
    maxDrawdownR: maxDrawdown(curve),
    callsTotalR: ended.reduce((sum, { ending }, i) => sum + (results[i] === null ? 0 : ending.rMultiple!), 0),
    cumulativeR: shown.map((i) => Math.round(curve[i]! * 10_000) / 10_000),
  }
}
