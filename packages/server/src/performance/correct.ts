import { days } from '@pumpiq/domain'
import type { CandleStore, Series } from '../evidence/candles.ts'
import type { FollowingStore } from './following.ts'
import { mixed } from './merge.ts'
import type { Outcomes } from './outcomes.ts'
import { isSame, judgeFollowing, type Settle } from './settle.ts'
import type { Term } from './term.ts'

type Needs = { candles: CandleStore; followings: FollowingStore; outcomes: Outcomes; settle: Settle }

/**
 * Judges anew what ended by candles that the venue corrected (the oldest opens at `from`; all instants in epoch ms): another ending is a
 * further version; one that is gone opens the call again.
 */
export function createCorrect({ candles, followings, outcomes, settle }: Needs) {
  return async function correct(
    { token, source }: Series,
    { from, asOf }: { from: number; asOf: number },
    term: Term,
  ): Promise<void> {
    for (const call of await followings.closedBehind(token, source, from)) {
      const [last] = await outcomes.versionsOf(call.id)
      if (!last) continue
      const { issuedAt, expiresAt } = call.plan
      // Behind the horizon too: whether trading was resumed tells a halt from a delisting.
      const range = { from: issuedAt - days(1), to: Math.max(expiresAt, asOf) }
      const minute = await candles.read({ token, source }, { interval: '1m', ...range })
      // An hour that came to stand in for minutes later had no part in this ending.
      const keptBy = Date.parse(last.recordedAt)
      const hour = await candles.read({ token, source }, { interval: '1h', ...range, keptBy })
      const judged = judgeFollowing(call, mixed(minute, hour, call.plan), asOf)
      if (!judged) await term.write((tx) => followings.reopen(tx, call.id))
      else if (!isSame(last.outcome, judged.outcome)) await settle(call, judged, last, term.lease)
    }
  }
}
