import { minutes, seconds } from '@pumpiq/domain'
import type { Job } from '../jobs/job.ts'
import type { Notify } from './notify.ts'

type Needs = { notify: Notify; watchSources: () => Promise<void> }

/** `notify` is also placed after an event, so that nobody waits for the next slot; such a run leaves what has to wait to the slots. */
export const notificationJobs = ({ notify, watchSources }: Needs): readonly Job[] => [
  {
    name: 'notify',
    role: 'orchestrator',
    everyMs: seconds(10),
    timeoutMs: minutes(2),
    run: (_, { abort, stopping, slot }) =>
      notify.run({ forMs: seconds(slot === null ? 1 : 9), abort: AbortSignal.any([abort, stopping]) }),
  },
  {
    name: 'watch-sources',
    role: 'orchestrator',
    everyMs: minutes(1),
    timeoutMs: seconds(30),
    run: () => watchSources(),
  },
]
