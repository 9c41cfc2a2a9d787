import { minutes } from '@pumpiq/domain'
import type { z } from 'zod'
import { issueOf, parseJson } from '../network/answer.ts'
import { firstMarketAt } from './bars.ts'

/** What a message is by the schema, or why it is not. */
export function readMessage<S extends z.ZodType>(
  text: string,
  schema: S,
): { ok: true; value: z.output<S> } | { ok: false; issue: string } {
  const json = parseJson(text)
  if (!json.ok) return { ok: false, issue: json.why }
  const parsed = schema.safeParse(json.value)
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, issue: issueOf(parsed.error) }
}

/** The year 2100: what lies beyond is microseconds. */
const lastInstant = Date.UTC(2100, 0)

/** Why an instant of the vendor's clock cannot be one, or null. How far it may lie from ours is for others to say. */
export const faultOfClock = (at: number): string | null =>
  at >= firstMarketAt && at < lastInstant ? null : `the time ${at} is no epoch in milliseconds: another unit?`

export const minuteOf = (at: number): number => at - (at % minutes(1))
