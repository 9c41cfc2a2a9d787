import { sql, type RawBuilder } from 'kysely'
import { days, intervals, type Interval } from '@pumpiq/domain'

/** A Monday midnight UTC: every bucket of every interval is counted from here, in this file alone. */
const origin = '2000-01-03T00:00:00.000Z'

/** The open of the candle of an interval that an instant falls into. */
export const bucketOf = (interval: Interval, ts: RawBuilder<unknown>): RawBuilder<Date> =>
  sql`date_bin(${`${intervals[interval]} milliseconds`}::interval, ${ts}, ${origin}::timestamptz)`

/** Midnight UTC of an instant, epoch ms: the widest bucket. */
export const dayOf = (at: number): number => Math.floor(at / days(1)) * days(1)
