import type { Clock } from '../../platform/clock.ts'
import type { Market } from '../market.ts'

export type VendorNeeds = {
  market: Market
  clock: Pick<Clock, 'now'>
  /** Whether the vendor counts calls and refuses what is beyond its published limits. */
  limits: boolean
}

/** A vendor answers one request, as its manual says; it never fails to answer (faults are the network's). */
export type Vendor = (request: Request) => Response

/** Every answer bears it; bodies stay as the vendor writes them. */
export const simulatedHeader = 'x-pumpiq-simulated'

type Extra = { status?: number; headers?: Record<string, string>; type?: string }

export function answerText(
  body: string,
  { status = 200, headers = {}, type = 'application/json' }: Extra = {},
): Response {
  return new Response(body, { status, headers: { 'content-type': type, ...headers, [simulatedHeader]: 'true' } })
}

export const answer = (body: unknown, extra: Extra = {}): Response => answerText(JSON.stringify(body), extra)

/** A whole number from a query; null when absent, NaN when it is none. */
export function wholeNumber(query: URLSearchParams, name: string): number | null {
  const text = query.get(name)
  if (text === null) return null
  return /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
}

/** A bucket of calls that refills with time. */
export function createBucket({ size, perMs }: { size: number; perMs: number }) {
  let left = size
  let filledAt = -Infinity
  return function take(at: number, cost = 1): boolean {
    if (filledAt !== -Infinity) left = Math.min(size, left + (at - filledAt) * perMs)
    filledAt = at
    if (left < cost) return false
    left -= cost
    return true
  }
}
