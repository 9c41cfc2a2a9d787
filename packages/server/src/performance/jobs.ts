import { minutes } from '@pumpiq/domain'
import type { Job } from '../jobs/job.ts'
import type { PlayDueBaselines } from './baselines-job.ts'
import type { CalibrateLive } from './calibrate-live.ts'

type Needs = { playDueBaselines: PlayDueBaselines; calibrateLive: CalibrateLive }

/** Timed work beside the tracker, which follows by itself. */
export const performanceJobs = ({ playDueBaselines, calibrateLive }: Needs): Job[] => [
  {
    name: 'baselines',
    role: 'tracker',
    everyMs: minutes(5),
    timeoutMs: minutes(4),
    run: (_, { abort }) => playDueBaselines(abort),
  },
  {
    name: 'calibrate',
    role: 'tracker',
    everyMs: minutes(15),
    timeoutMs: minutes(4),
    run: (_, { abort }) => calibrateLive(abort),
  },
]
