import { groupOf, summaryOf, type GroupRecord, type Performance } from './performance.ts'
import {
  AVOID,
  columnsOf,
  flagsOf,
  gather,
  HIT,
  HOLD,
  pick,
  SETTLED,
  statuses,
  timed,
  types,
  type Columns,
  type Tallied,
} from './tallied.ts'
import { effectiveN, type Random } from './statistics.ts'

export type Tally = ReturnType<typeof createTally>

const first = 64

/**
 * Takes one ending at a time into columns that double when they are full: 47 bytes a call, so 300,000 calls stay under 50 MB while they
 * grow. `horizonMs` is the length of a window: overlapping ones of a token are worth one, and intervals are drawn in blocks of it.
 */
export function createTally({ horizonMs }: { horizonMs: number }) {
  let length = 0
  let columns = columnsOf(first)

  function grow(): void {
    const bigger = columnsOf(columns.at.length * 2)
    for (const name of Object.keys(columns) as (keyof Columns)[]) bigger[name].set(columns[name])
    columns = bigger
  }

  return {
    get length() {
      return length
    },
    add({ token, type, issuedAt, ending, forecast }: Tallied): void {
      if (length === columns.at.length) grow()
      const i = length++
      columns.token[i] = token
      columns.type[i] = types.indexOf(type)
      columns.status[i] = statuses.indexOf(ending.status)
      columns.at[i] = issuedAt
      columns.endedAt[i] = ending.at ?? Number.NaN
      columns.r[i] = ending.rMultiple ?? Number.NaN
      columns.result[i] = (type === 'AVOID' ? ending.returnGrossRatio : ending.returnNetRatio) ?? Number.NaN
      columns.forecast[i] = forecast ?? Number.NaN
      columns.flags[i] = flagsOf(type, ending)
    },
    /** `random` is drawn from for the bootstrap intervals. */
    summary: (random: Random): Performance => summaryOf({ columns, length, horizonMs, random }),
    group: (random: Random): GroupRecord => groupOf({ columns, length, horizonMs, random }),
    /** What was forecast and whether T1 came first, over the filled and decided that had a forecast: for `calibrationOf`. */
    forecasts() {
      const rows = pick(
        length,
        (i) =>
          (columns.flags[i]! & SETTLED) !== 0 &&
          columns.type[i]! !== HOLD &&
          columns.type[i]! !== AVOID &&
          !Number.isNaN(columns.forecast[i]!),
      )
      return {
        forecast: gather(columns.forecast, rows),
        happened: Uint8Array.from(rows, (i) => ((columns.flags[i]! & HIT) !== 0 ? 1 : 0)),
        length: rows.length,
        effectiveN: effectiveN(timed(columns, rows), horizonMs),
      }
    },
  }
}
