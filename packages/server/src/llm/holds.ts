import { minutes, type ModelEnding } from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { nextUtcDay } from './lifetimes.ts'

/** Why a model is left alone, and until when; epoch ms. */
export type Held = { readonly ending: ModelEnding; readonly untilAt: number; readonly why: string }

type Needs = { clock: Clock; guard: Clock; log: Log; host: string }

const longestThrottledMs = minutes(10)
const unauthorizedMs = minutes(5)

/**
 * When a model is not asked: an empty account until the next UTC day or a restart, a wrong key for five minutes, too many calls for as
 * long as the vendor says. Each is told once.
 */
export function createHolds({ clock, guard, log, host }: Needs) {
  const held = new Map<string, { ending: ModelEnding; why: string; isOver: () => boolean; untilAt: () => number }>()

  function current(model: string): Held | null {
    const found = held.get(model)
    if (!found) return null
    if (!found.isOver()) return { ending: found.ending, why: found.why, untilAt: found.untilAt() }
    held.delete(model)
    return null
  }

  function hold(model: string, ending: ModelEnding, why: string, until: { day: true } | { forMs: number }): void {
    const before = current(model)
    const dayEnd = nextUtcDay(clock.now())
    const end = guard.monotonic() + ('forMs' in until ? until.forMs : 0)
    const isOver = 'day' in until ? () => clock.now() >= dayEnd : () => guard.monotonic() >= end
    const untilAt = 'day' in until ? () => dayEnd : () => clock.now() + Math.max(0, end - guard.monotonic())
    held.set(model, { ending, why, isOver, untilAt })
    if (before?.ending !== ending)
      log.warn(`the language model is left alone: ${why}`, { model, host, until: new Date(untilAt()).toISOString() })
  }

  return {
    current,
    /** What an ending asks of us. */
    after(model: string, { ending, waitMs }: { ending: ModelEnding; waitMs: number | null }): void {
      if (ending === 'exhausted') hold(model, ending, 'its account is empty', { day: true })
      if (ending === 'unauthorized')
        hold(model, ending, 'OPENAI_API_KEY is refused, or may not use it', { forMs: unauthorizedMs })
      if (ending === 'throttled' && waitMs !== null)
        hold(model, ending, 'its vendor asks for fewer calls', { forMs: Math.min(waitMs, longestThrottledMs) })
    },
  }
}
