import { isFailure } from '@pumpiq/domain'

const kept = 100

type Ending = 'done' | 'failed' | 'handed_back'

/** How the runs of one job in this process went. Instants in epoch ms, lengths in ms; null for what has not been. */
export type JobTally = {
  readonly runs: number
  readonly failures: number
  /** Runs that were not the first of their job. */
  readonly retries: number
  /** Slots that came while the one before still ran. */
  readonly leftOut: number
  /** Runs that are under way. */
  readonly running: number
  readonly lastRunAt: number | null
  /** How the newest run that ended did; `handed_back`: it was stopped, and goes on elsewhere or later. */
  readonly lastEnding: Ending | null
  readonly lastDurationMs: number | null
  /** Of the last hundred runs. */
  readonly p50Ms: number | null
  readonly p95Ms: number | null
  readonly lastProblem: { readonly at: number; readonly sentence: string } | null
}

export function createTally() {
  const durations: number[] = []
  let next = 0
  let tally = { runs: 0, failures: 0, retries: 0, leftOut: 0, running: 0 }
  let last: Pick<JobTally, 'lastRunAt' | 'lastEnding' | 'lastDurationMs' | 'lastProblem'> = {
    lastRunAt: null,
    lastEnding: null,
    lastDurationMs: null,
    lastProblem: null,
  }
  return {
    began(now: number, isRetry: boolean): void {
      const { runs, retries, running } = tally
      tally = { ...tally, runs: runs + 1, retries: retries + (isRetry ? 1 : 0), running: running + 1 }
      last = { ...last, lastRunAt: now }
    },
    ended(durationMs: number, lastEnding: Ending): void {
      durations[next++ % kept] = durationMs
      tally = { ...tally, running: tally.running - 1 }
      last = { ...last, lastDurationMs: durationMs, lastEnding }
    },
    failed(now: number, thrown: unknown): void {
      tally = { ...tally, failures: tally.failures + 1 }
      last = { ...last, lastProblem: { at: now, sentence: sentenceOf(thrown) } }
    },
    leftOut(): void {
      tally = { ...tally, leftOut: tally.leftOut + 1 }
    },
    read(): JobTally {
      const sorted = durations.toSorted((a, b) => a - b)
      const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null
      return { ...tally, ...last, p50Ms: at(0.5), p95Ms: at(0.95) }
    },
  }
}

export type Tally = ReturnType<typeof createTally>

/** A failure we know by name says what to do about it; of anything else only that it broke, the log has it whole. */
const sentenceOf = (thrown: unknown): string =>
  isFailure(thrown) ? thrown.message : `something broke: ${thrown instanceof Error ? thrown.name : typeof thrown}`
