import type { CallType, OutcomeStatus } from '@pumpiq/domain'
import type { Metrics } from '../platform/metrics.ts'

/** What is remembered in memory, and answers that are given again. */
type Cache = 'answers' | 'crowds' | 'documents' | 'stories'

type Decided = {
  readonly id: string
  readonly type: CallType
  readonly house: boolean
  readonly abstained: string | null
}

/** What is counted as it happens in this process, for rooms that know nothing of figures: `app` counts for them. */
export function createCounts(metrics: Metrics) {
  const recommendations = metrics.counter({
    name: 'pumpiq_recommendations_total',
    help: 'Recommendations made by this process, by type, for whom (house, user), whether it abstained (yes, no), and result: sealed, or unchanged (the house’s last one stands).',
    labels: ['type', 'for', 'abstained', 'result'],
  })
  const outcomes = metrics.counter({
    name: 'pumpiq_outcomes_total',
    help: 'Outcomes sealed by this process, by status and version: first, or further (a venue corrected its candles).',
    labels: ['status', 'version'],
  })
  const lookups = metrics.counter({
    name: 'pumpiq_cache_lookups_total',
    help: 'Look-ups in what is remembered, by cache and result (hit, miss): documents that were read, stories and crowds of a token, answers (recommendations that are fresh or under way for another).',
    labels: ['cache', 'result'],
  })
  return {
    /** `kept` is what stands in the record now: the one that was made, or the one before it. */
    recommendation({ id, type, house, abstained }: Decided, kept: { readonly id: string }): void {
      const result = kept.id === id ? 'sealed' : 'unchanged'
      recommendations({ type, for: house ? 'house' : 'user', abstained: abstained === null ? 'no' : 'yes', result })
    },
    outcome(status: OutcomeStatus, version: number): void {
      outcomes({ status, version: version === 1 ? 'first' : 'further' })
    },
    looked:
      (cache: Cache) =>
      (isKnown: boolean): void =>
        lookups({ cache, result: isKnown ? 'hit' : 'miss' }),
  }
}
