import { hours } from '@pumpiq/domain'
import { z } from 'zod'
import { Instant } from './quote.ts'

const Count = z.int().nonnegative()

const Bucket = z
  .looseObject({ start: Instant, end: Instant, tweet_count: Count.nullish(), post_count: Count.nullish() })
  .transform(({ start, end, tweet_count, post_count }, context) => {
    const count = post_count ?? tweet_count
    if (count !== null && count !== undefined) return { start, end, count }
    context.addIssue({ code: 'custom', message: 'a bucket without a count' })
    return z.NEVER
  })

/** Posts by hour over seven days, oldest first; the first and the last hour may be parts of one. */
export const Counts = z.looseObject({ data: z.array(Bucket) })
type Counts = z.output<typeof Counts>

/** Why these cannot be counts by hour, or null. */
export function faultOfCounts({ data: rows }: Counts): string | null {
  if (rows.some(({ start, end }) => end <= start || end - start > hours(1))) return 'a bucket is no hour'
  return rows.some(({ start }, i) => i > 0 && start !== rows[i - 1]!.end) ? 'the hours do not follow one another' : null
}

/** The posts of the last whole hour and of the last 24, and when they ended; null where no hour is whole. */
export function countsOf({ data }: Counts, now: number) {
  const whole = data.filter(({ start, end }) => end - start === hours(1) && end <= now)
  const day = whole.slice(-24)
  return {
    observedAt: day.at(-1)?.end ?? null,
    mentions1h: day.at(-1)?.count,
    mentions24h: day.length === 24 ? day.reduce((sum, { count }) => sum + count, 0) : undefined,
  }
}
