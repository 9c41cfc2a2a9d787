import type { Delivery } from '@pumpiq/api'
import { Failure, seconds } from '@pumpiq/domain'
import type { Ids } from '../platform/ids.ts'
import type { DeliveryLog } from './deliveries-log.ts'
import { createDeliver, sendOne, type DeliverNeeds } from './notify-deliver.ts'
import { createSpread, type SpreadNeeds } from './notify-spread.ts'
import { plainNotice } from './notify-words.ts'

type Needs = SpreadNeeds & DeliverNeeds & { readonly ids: Ids; readonly deliveryLog: DeliveryLog }
export type Notify = ReturnType<typeof createNotify>

/** Empties the outbox and sends what is due. Any number of processes may do it at once, and each may die anywhere. */
export function createNotify(needs: Needs) {
  const { db, inApp, deliveries, deliveryLog, clock, ids, setting } = needs
  const spread = createSpread(needs)
  const deliver = createDeliver(needs)

  return {
    /** Works for at most so many ms from now, beside the last messages under way; answers how many were sent. */
    async run({ forMs, abort }: { forMs: number; abort: AbortSignal }): Promise<number> {
      const until = clock.now() + forMs
      while (!abort.aborted && (await spread(clock.now())) > 0);
      return deliver({ until, abort })
    },

    /** Tells a user's channel something now, once, also one that is switched off, and says how it went. */
    async test(userId: string, channelId: string): Promise<Delivery> {
      const now = clock.now()
      const words = { title: 'Test notice', text: 'This is a test: notices of PumpIQ arrive here.', path: '/alerts' }
      const notice = plainNotice({ id: ids.next(), kind: 'test', at: now }, words, setting)
      const expiresAt = Date.parse(notice.expiresAt)
      const claimed = await db.transaction().execute(async (tx) => {
        const begun = await deliveries.begin(
          tx,
          { userId, channelId, key: notice.id, notices: [notice.id], dueAt: now, expiresAt },
          now,
        )
        if (begun) await inApp.put(tx, [{ userId, notice }])
        return begun
      })
      if (!claimed)
        throw new Failure('tooMany', 'this channel was asked a moment ago, or its receiver told us to wait', {
          retryAfterMs: seconds(3),
        })
      await sendOne(needs, claimed, true)
      const told = await deliveryLog.byId(userId, claimed.id)
      if (!told) throw new Failure('conflict', 'the channel was removed while it was tested')
      return told
    },
  }
}
