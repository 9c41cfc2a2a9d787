import {
  calibrationOf,
  Confidence,
  createTally,
  LEAST_FOR_CURVE,
  LEAST_N,
  timeframes,
  type Tally,
  type Timeframe,
} from '@pumpiq/domain'
import type { PerformanceCalibration, Period } from '@pumpiq/api'
import { inTime, type CountCalls } from './outcomes-counted.ts'
import { createNumbers, endedFrom, spanOf } from './summary.ts'

type Asked = { countCalls: CountCalls; period: Period; timeframe: Timeframe; now: number }

/** Whether target 1 came first as often as was said; by the method that found the confidence, since they are never in one figure. */
export async function calibrate({ countCalls, period, timeframe, now }: Asked): Promise<PerformanceCalibration> {
  const { horizonMs } = timeframes[timeframe]
  const numberOf = createNumbers()
  const found = Confidence.shape.method.options.map((method) => ({
    method,
    measured: createTally({ horizonMs }),
    shown: createTally({ horizonMs }),
  }))
  const asked = { timeframe, endedFrom: endedFrom(period, now) }
  for (const { token, type, issuedAt, ending, confidence } of await inTime(countCalls(asked))) {
    const tallies = found.find(({ method }) => method === confidence?.method)
    if (!tallies || !confidence) continue
    const call = { token: numberOf(token), type, issuedAt, ending }
    tallies.measured.add({ ...call, forecast: confidence.measured })
    tallies.shown.add({ ...call, forecast: confidence.shown })
  }
  return {
    ...spanOf(period, now),
    timeframe,
    methods: found.map(({ method, measured, shown }) => ({ method, measured: toldOf(measured), shown: toldOf(shown) })),
    notes: [
      'House calls of BUY and SELL that were filled and ended in the period.',
      `No score is told of fewer than ${LEAST_N} independent calls, no curve or calibration error of fewer than ${LEAST_FOR_CURVE}.`,
    ],
  }
}

function toldOf(tally: Tally) {
  const { bins, brier, logLoss, brierSkill, ...told } = calibrationOf(tally.forecasts())
  const isEnough = told.effectiveN >= LEAST_N
  return {
    ...told,
    brier: isEnough ? brier : null,
    logLoss: isEnough ? logLoss : null,
    brierSkill: isEnough ? brierSkill : null,
    bins: told.effectiveN >= LEAST_FOR_CURVE ? [...bins] : null,
  }
}
