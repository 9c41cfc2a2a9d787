import { days, hours, minutes } from '@pumpiq/domain'
import type { Job } from '../jobs/job.ts'
import type { Dumps } from './backup/dumps.ts'

type Needs = {
  dumps: Dumps
  /** What a language model was asked long ago. */
  forgetModelJournal(): Promise<void>
  /** What requests came to a day ago, and what the audit log may let go. */
  forgetRequests(): Promise<void>
}

/** Timed work of housekeeping. */
export const systemJobs = ({ dumps, forgetModelJournal, forgetRequests }: Needs): Job[] => [
  {
    name: 'dump',
    role: 'orchestrator',
    everyMs: days(1),
    timeoutMs: minutes(20),
    // One that is begun anew the next day, or by hand, costs less than a process that is long in ending.
    run: async (_payload, { abort, stopping }) => void (await dumps.dump(AbortSignal.any([abort, stopping]))),
  },
  {
    name: 'forget-model-journal',
    role: 'orchestrator',
    everyMs: days(1),
    timeoutMs: minutes(5),
    run: forgetModelJournal,
  },
  {
    name: 'forget-requests',
    role: 'orchestrator',
    everyMs: hours(1),
    timeoutMs: minutes(5),
    run: forgetRequests,
  },
]
