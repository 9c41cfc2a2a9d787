import { hours, minutes, seconds, type Token } from '@pumpiq/domain'
import type { Job } from '../jobs/job.ts'
import type { Clock } from '../platform/clock.ts'
import type { ForgetTokens } from './forget.ts'
import type { TokenStore } from './store.ts'

type Needs = {
  /** What was made or brought to market lately. */
  fresh(abort?: AbortSignal): Promise<readonly Token[]>
  store: Pick<TokenStore, 'putNew'>
  clock: Pick<Clock, 'now'>
  forgetTokens: ForgetTokens
}

/** New tokens can be named by their ticker or address without having been asked for before, for a while. */
export const tokenJobs = ({ fresh, store, clock, forgetTokens }: Needs): Job[] => [
  {
    name: 'discover',
    role: 'orchestrator',
    everyMs: minutes(10),
    timeoutMs: seconds(60),
    async run(_, { abort }) {
      await store.putNew(await fresh(abort), clock.now())
    },
  },
  {
    name: 'forget-tokens',
    role: 'orchestrator',
    everyMs: hours(6),
    timeoutMs: minutes(5),
    run: (_, { abort, stopping }) => forgetTokens(AbortSignal.any([abort, stopping])),
  },
]
