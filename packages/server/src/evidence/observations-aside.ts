import type { Quote } from '@pumpiq/domain'
import type { Log } from '../platform/log.ts'
import { priceSeen, type Observation, type Observations } from './observations.ts'

/** More than this waiting means that the database takes none: the oldest are let go. */
const mostWaiting = 5_000

/**
 * Keeps the prices that were asked for on somebody's behalf, beside what they were asked for: nobody waits for it, and what cannot be
 * written is a line in the log.
 */
export function createKeepAside({ observations, log }: { observations: Pick<Observations, 'keep'>; log: Log }) {
  let waiting: Observation[] = []
  let writing: Promise<void> | null = null

  async function write(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        await observations.keep(batch)
      } catch (error) {
        log.warn('prices that were seen could not be kept', { prices: batch.length, error })
      }
    }
  }

  return {
    saw(token: string, quotes: readonly Quote[]): void {
      const over = waiting.length + quotes.length - mostWaiting
      if (over > 0) {
        log.warn('prices that were seen are let go, for the database takes none', { prices: over })
        waiting = waiting.slice(over)
      }
      for (const quote of quotes) waiting.push(priceSeen(token, quote))
      writing ??= write().finally(() => (writing = null))
    },
    /** Resolves when all that was seen is kept or given up. */
    async settled(): Promise<void> {
      while (writing) await writing
    },
  }
}
