import { days, type Dispute } from '@pumpiq/domain'
import type { CandleStore } from '../evidence/candles.ts'
import type { Following, FollowingStore } from './following.ts'
import { judgeFollowing } from './judged.ts'
import { mixed } from './merge.ts'
import type { Group } from './open-calls.ts'
import type { Outcomes } from './outcomes.ts'
import { isSame, type Settle } from './settle.ts'
import type { Term } from './term.ts'
import type { Verdicts } from './verdicts.ts'

type Needs = {
  candles: CandleStore
  followings: FollowingStore
  outcomes: Outcomes
  settle: Settle
  verdicts: Verdicts | null
  /** Told of what cannot be followed. */
  omit(id: string, thrown: unknown): void
}

/** Calls that are open again, and candles that must be asked about before what ended by them can be judged anew. */
export type Corrected = { readonly reopened: readonly Following[]; readonly disputes: readonly Dispute[] }

/**
 * Judges anew what ended by candles that the venue corrected (the oldest opens at `from`; all instants in epoch ms): another ending is a
 * further version; one that is gone opens the call again.
 */
export function createCorrect({ candles, followings, outcomes, settle, verdicts, omit }: Needs) {
  return async function correct(
    group: Group,
    { from, asOf }: { from: number; asOf: number },
    term: Term,
  ): Promise<Corrected> {
    const reopened: Following[] = []
    const disputes: Dispute[] = []
    for (const call of await followings.closedBehind(group.token, group.source, from, omit)) {
      const [last] = await outcomes.versionsOf(call.id)
      if (!last) continue
      const { issuedAt, expiresAt } = call.plan
      // Behind the horizon too: whether trading was resumed tells a halt from a delisting.
      const range = { from: issuedAt - days(1), to: Math.max(expiresAt, asOf) }
      const minute = await candles.read(group, { interval: '1m', ...range })
      // An hour that came to stand in for minutes later had no part in this ending.
      const keptBy = Date.parse(last.recordedAt)
      const hour = await candles.read(group, { interval: '1h', ...range, keptBy })
      const found = verdicts && (await verdicts.of(group.key, group))
      const mix = mixed(minute, hour, call.plan)
      const { ended, dispute, held } = judgeFollowing(call, { ...mix, asOf, verdicts: found })
      if (dispute) disputes.push(dispute)
      // What stands was decided by prices that were not contradicted.
      else if (held) continue
      else if (!ended) {
        await term.write((tx) => followings.reopen(tx, call.id))
        reopened.push(call)
      } else if (!isSame(last.outcome, ended.outcome)) await settle(call, ended, last, term.lease)
    }
    return { reopened, disputes }
  }
}
