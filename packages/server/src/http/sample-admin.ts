import { toIso } from '@pumpiq/domain'
import type { HandlersOf } from '@pumpiq/api'

/** One entry of the log, as plain as can be. */
export const sampleAdmin = (now: number): HandlersOf<'admin'> => ({
  audit: () => ({
    items: [
      {
        id: 1,
        at: toIso(now - 60_000),
        userId: 'local',
        via: 'local',
        address: '127.0.0.1',
        operation: 'accounts.login',
        target: null,
        requestId: 'a-request',
        status: 200,
        note: null,
      },
    ],
    next: null,
  }),
})
