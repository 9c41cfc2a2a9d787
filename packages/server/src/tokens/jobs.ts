import { minutes, seconds, type Token } from '@pumpiq/domain'
import type { Job } from '../jobs/job.ts'
import type { Clock } from '../platform/clock.ts'
import type { TokenStore } from './store.ts'

type Needs = {
  /** What was made or brought to market lately. */
  fresh(abort?: AbortSignal): Promise<readonly Token[]>
  store: Pick<TokenStore, 'put' | 'known'>
  clock: Pick<Clock, 'now'>
}

/** New tokens can be named by their ticker or address without having been asked for before. */
export const tokenJobs = ({ fresh, store, clock }: Needs): Job[] => [
  {
    name: 'discover',
    role: 'orchestrator',
    everyMs: minutes(10),
    timeoutMs: seconds(60),
    async run(_, { abort }) {
      const found = await fresh(abort)
      // Of what the catalogue knows it knows more.
      const known = await store.known(found.map(({ id }) => id))
      await store.put(
        found.filter(({ id }) => !known.has(id)),
        clock.now(),
      )
    },
  },
]
