import { z } from 'zod'
import { StreamEvent } from './events.ts'
import { Problem } from './problem.ts'

/**
 * All that a client checks besides the replies, in one place: pages that the server itself sends leave these checks to it, and are so much
 * smaller.
 */

/** Null where it is none of ours. */
export function problemOf(told: unknown): Problem | null {
  const problem = Problem.safeParse(told)
  return problem.success ? problem.data : null
}

/** The events of a frame; of kinds that a newer server tells nothing is made. */
export const eventsOf = (told: unknown): StreamEvent[] =>
  z
    .array(z.unknown())
    .parse(told)
    .flatMap((one) => {
      const event = StreamEvent.safeParse(one)
      return event.success ? [event.data] : []
    })
