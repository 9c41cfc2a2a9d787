import { systemClock } from './clock.ts'

/** The next turn of the event loop: whoever waits for a socket or a timer is served before. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export type Breath = () => Promise<void> | null

type Needs = {
  readonly monotonic: () => number
  readonly turn: () => Promise<void>
  /** So long the loop may be held before it is let go. */
  readonly heldMs: number
}

/**
 * For work of many small parts that follow one another without a turn of the event loop, as promises that are kept at once do: it is asked
 * before each part, and answers null, or what to wait for where they have held the loop for so long.
 */
export function createBreath({ monotonic, turn, heldMs }: Needs): Breath {
  let since: number | null = null

  return () => {
    const now = monotonic()
    if (since !== null) return now - since < heldMs ? null : turn()
    since = now
    void turn().then(() => (since = null))
    return null
  }
}

/** That of this process: what is asked of it meanwhile waits no longer than this, and the part that is under way. */
export const systemBreath: Breath = createBreath({ monotonic: systemClock.monotonic, turn: nextTurn, heldMs: 10 })
