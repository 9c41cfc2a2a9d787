import { days, hours, minutes } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { Job } from '../jobs/job.ts'
import type { Clock } from '../platform/clock.ts'
import { sessionMostMs } from './auth-names.ts'

type Needs = { readonly db: Db; readonly clock: Pick<Clock, 'now'> }

/** Timed work: sessions that have ended, and what waited to be shown again, are kept no longer than a day. */
export const accountJobs = ({ db, clock }: Needs): Job[] => [
  {
    name: 'forget-sign-ins',
    role: 'orchestrator',
    everyMs: hours(6),
    timeoutMs: minutes(5),
    async run() {
      const yesterday = clock.now() - days(1)
      await db
        .deleteFrom('authSession')
        .where((is) =>
          is.or([is('expiresAt', '<', new Date(yesterday)), is('createdAt', '<', new Date(yesterday - sessionMostMs))]),
        )
        .execute()
      await db.deleteFrom('authVerification').where('expiresAt', '<', new Date(yesterday)).execute()
    },
  },
]
