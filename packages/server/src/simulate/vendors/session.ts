import type { Clock } from '../../platform/clock.ts'
import type { Market } from '../market.ts'

export type SessionNeeds = {
  market: Market
  clock: Pick<Clock, 'now'>
  /** What was asked for on opening: path and query. */
  url: URL
  /** One message to whoever listens. */
  say(message: unknown): void
  /** Ends the line. */
  end(): void
}

/** A vendor's side of one line. */
export type Session = {
  receive(text: string): void
  /** Time has gone on: the vendor says what is due. */
  tick(): void
}

/** Null for a path that the vendor does not have. */
export type OpenSession = (needs: SessionNeeds) => Session | null

/** A message that is JSON and an object; null of anything else. */
export function objectOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null
    throw thrown
  }
}

export const textsOf = (value: unknown): string[] | null =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : null
