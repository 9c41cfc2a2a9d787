import type { Fit } from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import type { Asker } from './asker.ts'
import type { Journal } from './journal.ts'
import type { Plan } from './plan.ts'

export type EvaluationSettings = {
  readonly folder: string
  readonly plan: Plan
  /** Epoch ms; undefined: as the plan says. */
  readonly from: number | undefined
  readonly to: number | undefined
  /** Ids of rows; the reference is always run. */
  readonly rows: readonly string[]
  readonly seed: number
  readonly triedBefore: number
  /** Null: no recorded model. */
  readonly journal: Journal | null
  /** Who is asked first what the journal does not hold, and adds to it; null: nobody. */
  readonly asker: Asker | null
  readonly fits: readonly Fit[]
  /** Whether fits are made within each window's candle files too, month by month. */
  readonly calibrated: boolean
}

export type EvaluationNeeds = {
  readonly clock: Clock
  readonly abort: AbortSignal
  readonly version: string
  /** One line of progress, without its line feed. */
  progress(line: string): void
}
