import { hours, minutes } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { Outbox } from './outbox.ts'

/** What is known of how a source answers; epoch ms. */
export type SourceAnswers = {
  readonly source: string
  readonly lastSuccessAt: number | null
  readonly lastFailureAt: number | null
  /** A sentence of ours. */
  readonly lastFailure: string | null
}

/** A source that failed for so long, without an answer between, is down. */
const downMs = minutes(5)

/** One that comes and goes, or that several processes see fail, is told of no more often. */
const quietMs = hours(1)

type Needs = { db: Db; outbox: Outbox; answers: () => readonly SourceAnswers[]; clock: Pick<Clock, 'now'> }

/** Tells of each outage of a source once. What is not asked is not known to be down. */
export function createWatchSources({ db, outbox, answers, clock }: Needs) {
  const failingSince = new Map<string, number>()
  const told = new Set<string>()

  return async function watchSources(): Promise<void> {
    for (const { source, lastSuccessAt, lastFailureAt, lastFailure } of answers()) {
      if (lastFailureAt === null || (lastSuccessAt !== null && lastSuccessAt >= lastFailureAt)) {
        failingSince.delete(source)
        told.delete(source)
        continue
      }
      const before = failingSince.get(source)
      // It answered and failed again since the last look: another outage.
      const since = before === undefined || (lastSuccessAt !== null && lastSuccessAt > before) ? lastFailureAt : before
      if (since !== before) told.delete(source)
      failingSince.set(source, since)
      if (told.has(source) || lastFailureAt - since < downMs) continue
      told.add(source)
      await outbox.sourceDown(
        db,
        { source, since, toldAt: clock.now(), why: lastFailure ?? 'no reason is known' },
        quietMs,
      )
    }
  }
}
