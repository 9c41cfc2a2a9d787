import { minutes } from '@pumpiq/domain'
import type { Job } from '../jobs/job.ts'
import type { PlayDueBaselines } from './baselines-job.ts'

type Needs = { playDueBaselines: PlayDueBaselines }

/** Timed work beside the tracker, which follows by itself. */
export const performanceJobs = ({ playDueBaselines }: Needs): Job[] => [
  {
    name: 'baselines',
    role: 'tracker',
    everyMs: minutes(5),
    timeoutMs: minutes(4),
    run: (_, { abort }) => playDueBaselines(abort),
  },
]
