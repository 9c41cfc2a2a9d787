import { hours, minutes, seconds } from '@pumpiq/domain'
import type { Job, JobContext } from '../jobs/job.ts'
import type { CollectPrices } from './observations-prices.ts'
import type { Forget } from './retention.ts'
import type { RollUps } from './rollups.ts'

type Needs = { rollUps: RollUps; forget: Forget; collectPrices: CollectPrices }

/** What series need by the clock. Each goes on the next time where it was ended. */
export const seriesJobs = ({ rollUps, forget, collectPrices }: Needs): Job[] => [
  {
    name: 'roll-up',
    role: 'orchestrator',
    everyMs: minutes(1),
    timeoutMs: seconds(50),
    run: (_, context) => rollUps.rollUp(endOf(context)),
  },
  {
    name: 'forget',
    role: 'orchestrator',
    everyMs: hours(6),
    timeoutMs: minutes(30),
    run: (_, context) => forget(endOf(context)),
  },
  {
    name: 'collect-technical',
    role: 'collector:technical',
    everyMs: minutes(1),
    timeoutMs: seconds(50),
    run: (_, context) => collectPrices(endOf(context)),
  },
]

/** Each has good points to end at all along. */
const endOf = ({ abort, stopping }: JobContext): AbortSignal => AbortSignal.any([abort, stopping])
