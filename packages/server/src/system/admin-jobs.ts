import { toIso } from '@pumpiq/domain'
import type { HandlersOf } from '@pumpiq/api'
import type { JobsHealth as Worked } from '../jobs/runner.ts'
import type { Clock } from '../platform/clock.ts'
import { toldJobs } from './routes.ts'

type Needs = {
  readonly clock: Pick<Clock, 'now'>
  readonly jobs: {
    health(): Promise<Worked>
    placeTimed(name: string): Promise<{ role: string }>
  }
}

/** The background work as it is planned and as it went, and the way to have some of it done out of turn. */
export const createJobsRoutes = ({ clock, jobs }: Needs): Pick<HandlersOf<'admin'>, 'jobs' | 'runJob'> => ({
  async jobs() {
    const now = clock.now()
    const worked = await jobs.health()
    const told = toldJobs(worked)
    return {
      ...told,
      jobs: worked.jobs.map(({ running, lastEnding, everyMs, timeoutMs, retriesAtMost }, i) => ({
        ...told.jobs[i]!,
        running,
        lastEnding,
        timed: everyMs === null ? null : { everyMs, nextAt: toIso((Math.floor(now / everyMs) + 1) * everyMs) },
        timeoutMs,
        retriesAtMost,
      })),
    }
  },
  async runJob({ params: { name } }) {
    const { role } = await jobs.placeTimed(name)
    return { name, role, placedAt: toIso(clock.now()) }
  },
})
