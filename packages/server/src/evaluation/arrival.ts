import { days, Failure, fromIso } from '@pumpiq/domain'
import type { Arrival } from './plan.ts'

/** The UTC day a cell names, as the epoch ms of its midnight; `where` stands in the error. */
export function dayOf(cell: unknown, where: string): number {
  const text = String(cell)
  if (!/^\d{4}-\d\d-\d\d/.test(text))
    throw new Failure(
      'invalid',
      `${where}: ${JSON.stringify(cell)} is no day; it must begin with yyyy-mm-dd, such as 2023-04-12`,
    )
  return fromIso(text.slice(0, 10), where)
}

/** The instant a cell names: ISO 8601 with a zone, a date alone (its midnight UTC), or epoch milliseconds. */
export function instantOf(cell: unknown, where: string): number {
  const text = String(cell)
  return /^\d{13}$/.test(text) ? Number(text) : fromIso(text, where)
}

/** When a row was known, epoch ms, as the plan declares it. */
export function knownAtOf(arrival: Arrival, cell: unknown, where: string): number {
  if (arrival.at === 'end-of-day') return dayOf(cell, where) + days(1) + arrival.lag
  const at = instantOf(cell, where)
  const isStamp = arrival.dayStamps && at % days(1) === 0
  return at + (isStamp ? days(1) : 0) + arrival.lag
}
