import {
  createBaselineTally,
  createTally,
  Failure,
  Timeframe,
  timeframes,
  type BaselineTally,
  type Tally,
} from '@pumpiq/domain'
import type { BreakdownBy, PerformanceBreakdown, Period } from '@pumpiq/api'
import { putPlayed } from './baselines.ts'
import { inOrder, keyOf } from './breakdown-keys.ts'
import { inTime, type CountCalls, type CountedCall, type Pause } from './outcomes-counted.ts'
import { recordRandom } from './record-random.ts'
import { addTo, createNumbers, endedFrom, isWanted, leastTold, spanOf, whatIsCounted, type Filters } from './summary.ts'

type Asked = {
  countCalls: CountCalls
  by: BreakdownBy
  period: Period
  /** SWING where the groups are none of timeframes and none is named. */
  timeframe: Timeframe | undefined
  filters: Filters
  now: number
  pause: Pause
}

type Group = {
  readonly key: string
  readonly label: string
  readonly tally: Tally
  readonly baselines: BaselineTally
  closed: number
}

function createGroup(call: CountedCall, by: BreakdownBy): Group {
  const { horizonMs } = timeframes[call.timeframe]
  return {
    ...keyOf[by](call),
    tally: createTally({ horizonMs }),
    baselines: createBaselineTally({ horizonMs, random: recordRandom() }),
    closed: 0,
  }
}

/** The record in groups, each of one timeframe: every call is in one, so the counts of all sum up to the whole. */
export async function breakDown({
  countCalls,
  by,
  period,
  timeframe,
  filters,
  now,
  pause,
}: Asked): Promise<PerformanceBreakdown> {
  if (by === 'timeframe' && timeframe !== undefined) {
    throw new Failure('invalid', `timeframe ${timeframe} cannot be named where the groups are the timeframes`)
  }
  const wanted = by === 'timeframe' ? Timeframe.options : [timeframe ?? 'SWING']
  const groups = new Map<string, Group>()
  const numberOf = createNumbers()
  for (const one of wanted) {
    const asked = { timeframe: one, endedFrom: endedFrom(period, now), withBaselines: true }
    for (const call of await inTime(countCalls(asked))) {
      if (isWanted(call, filters)) add(groups, by, call, numberOf(call.token))
    }
  }
  const told = []
  for (const group of groups.values()) {
    told.push(toldOf(group))
    await pause()
  }
  return {
    ...spanOf(period, now),
    by,
    timeframe: by === 'timeframe' ? null : wanted[0]!,
    calls: told.reduce((sum, { calls }) => sum + calls, 0),
    closed: told.reduce((sum, { closed }) => sum + closed, 0),
    groups: told.toSorted(inOrder(by)),
    notes: [whatIsCounted, leastTold, ...notesOn(by)],
  }
}

function add(groups: Map<string, Group>, by: BreakdownBy, call: CountedCall, token: number): void {
  const { key } = keyOf[by](call)
  const group = groups.get(key) ?? createGroup(call, by)
  groups.set(key, group)
  addTo(group.tally, token, call)
  putPlayed(group.baselines, token, call)
  if (call.ending.status !== 'OPEN') group.closed++
}

const toldOf = ({ key, label, tally, baselines, closed }: Group) => ({
  key,
  label,
  closed,
  ...tally.group(recordRandom()),
  baselines: [...baselines.leads()],
})

const notesOn = (by: BreakdownBy): string[] =>
  by === 'risk'
    ? ['Risk is the rating that was sealed with the call, not the tolerance of who asked for it.']
    : by === 'confidence'
      ? [
          'Grouped by the measured confidence of BUY and SELL, before caps and adjustment; what was found in different ways is kept apart.',
        ]
      : by === 'period'
        ? ['Months are those of the ending, in UTC.']
        : []
