import { canonical, hours, judge, minutes, outcomeOf, toIso, type Ending, type Outcome } from '@pumpiq/domain'
import type { OutcomeVersion } from '@pumpiq/api'
import type { Tx } from '../db/db.ts'
import { fence, type Lease } from '../db/lease.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Clock } from '../platform/clock.ts'
import type { Following } from './following.ts'
import type { Mixed } from './merge.ts'
import type { OutcomeBody, Outcomes } from './outcomes.ts'

type Needs = { ledger: Ledger; outcomes: Outcomes; clock: Pick<Clock, 'now'> }

export type Judged = { readonly outcome: Outcome; readonly notes: readonly string[] }

/** How a followed recommendation has ended by what is known at `asOf` (epoch ms); null while it is open. */
export function judgeFollowing(
  { plan, costs }: Following,
  { candles, hours: coarse }: Mixed,
  asOf: number,
): Judged | null {
  const ending = judge(plan, candles, { costs, asOf })
  if (ending.status === 'OPEN') return null
  const at = ending.decidedBy === null ? null : candles.openAt[ending.decidedBy]!
  const onHour = at !== null && coarse.has(at)
  const told = outcomeOf(onHour ? closedAtTheHour(ending) : ending, candles, plan.issuedAt)
  const outcome = onHour && told.decidedBy ? { ...told, decidedBy: { ...told.decidedBy, intervalMs: hours(1) } } : told
  const used = [...coarse].filter((openAt) => openAt <= (at ?? plan.expiresAt)).length
  const note = `candles of 1 h stand in for the minutes of ${used} ${used === 1 ? 'hour' : 'hours'}, which the venue does not give any more: the order of events inside such an hour is not known`
  return { outcome, notes: used > 0 ? [note] : [] }
}

/** An expiry is told by the close of its bar, which for an hour is 59 minutes behind that of the minute in whose place it stands. */
function closedAtTheHour(ending: Ending): Ending {
  if (ending.status !== 'EXPIRED' || ending.at === null) return ending
  const later = (at: number) => at + hours(1) - minutes(1)
  const events = ending.events.map((one) => (one.event === 'EXPIRY' ? { ...one, at: later(one.at) } : one))
  return { ...ending, at: later(ending.at), events }
}

export type Settle = ReturnType<typeof createSettle>

/** Seals an ending as the next version, with its row and the mark that it is closed in one transaction, by right of the lease. */
export function createSettle({ ledger, outcomes, clock }: Needs) {
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
    })
    return body
  }
}

export const isSame = (one: Outcome, other: Outcome): boolean => canonical(one) === canonical(other)
