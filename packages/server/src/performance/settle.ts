import { canonical, toIso, type Outcome } from '@pumpiq/domain'
import type { OutcomeVersion } from '@pumpiq/api'
import type { Tx } from '../db/db.ts'
import { fence, type Lease } from '../db/lease.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Clock } from '../platform/clock.ts'
import type { Following } from './following.ts'
import type { Judged } from './judged.ts'
import type { OutcomeBody, Outcomes } from './outcomes.ts'
import { callEventsOf, type Tell } from './tell.ts'

type Needs = { ledger: Ledger; outcomes: Outcomes; clock: Pick<Clock, 'now'>; tell: Tell }

export type Settle = ReturnType<typeof createSettle>

/** Seals an ending as the next version, with its row, the mark that it is closed and what is told of it in one transaction, by right of the lease. */
export function createSettle({ ledger, outcomes, clock, tell }: Needs) {
  return async function settle(
    { id, source }: Following,
    { outcome, notes }: Judged,
    last: OutcomeVersion | null,
    lease: Lease,
  ): Promise<OutcomeBody> {
    const corrected = last ? [`the venue corrected candles by which version ${last.version} was decided`] : []
    const body: OutcomeBody = {
      kind: 'outcome',
      recommendation: id,
      version: (last?.version ?? 0) + 1,
      outcome,
      source,
      notes: [...corrected, ...notes],
      recordedAt: toIso(clock.now()),
    }
    await ledger.append(body, async (tx: Tx, sealed) => {
      await fence(tx, lease)
      await outcomes.insert(tx, body, sealed)
      await tell(tx, callEventsOf(id, outcome, body.version))
    })
    return body
  }
}

export const isSame = (one: Outcome, other: Outcome): boolean => canonical(one) === canonical(other)
