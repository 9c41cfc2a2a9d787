import type { Mishap } from './mishap.ts'
import type { BreakerState } from './policy.ts'

/** How a source does since the start. Instants are epoch ms; latencies are of the newest 256 answers. */
export type SourceHealth = {
  source: string
  calls: number
  answered: number
  failures: Partial<Record<Mishap, number>>
  drift: number
  lastSuccessAt: number | null
  lastFailureAt: number | null
  /** The last failure's sentence, ours. */
  lastFailure: string | null
  breaker: BreakerState
  /** Until when the vendor asked us to wait; null when it does not. */
  heldUntil: number | null
  latencyMs: { p50: number | null; p95: number | null }
  quota: { calls: number; perMs: number; left: number }
}

export type SourceRecord = ReturnType<typeof createRecord>

const kept = 256

/** Counts what happens to one source's calls. */
export function createRecord() {
  const latencies: number[] = []
  const failures: Partial<Record<Mishap, number>> = {}
  const counts = { calls: 0, answered: 0, drift: 0 }
  let lastSuccessAt: number | null = null
  let last: { at: number; sentence: string } | null = null
  return {
    asked(): void {
      counts.calls++
    },
    /** An answer, also one that says "there is none". */
    answered(at: number, latencyMs: number): void {
      latencies[counts.answered++ % kept] = latencyMs
      lastSuccessAt = at
    },
    failed(at: number, mishap: Mishap, sentence: string): void {
      failures[mishap] = (failures[mishap] ?? 0) + 1
      if (mishap === 'drift') counts.drift++
      last = { at, sentence }
    },
    read: () => ({
      ...counts,
      failures: { ...failures },
      lastSuccessAt,
      lastFailureAt: last?.at ?? null,
      lastFailure: last?.sentence ?? null,
      latencyMs: { p50: percentile(latencies, 0.5), p95: percentile(latencies, 0.95) },
    }),
  }
}

/** Nearest rank; null of nothing. */
function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null
}
