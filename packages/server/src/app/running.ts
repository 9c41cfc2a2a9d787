import { seconds } from '@pumpiq/domain'
import type { FastifyInstance } from 'fastify'
import type { Job } from '../jobs/job.ts'
import { createJobs } from '../jobs/runner.ts'
import { within } from '../jobs/within.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { createTracker } from '../performance/track.ts'
import type { Answers } from '../recommendations/answers.ts'
import { createCountedJob } from '../system/metrics-jobs.ts'
import type { OpenedAccounts } from './accounts.ts'
import type { Base } from './base.ts'
import type { OpenedEvidence } from './evidence.ts'
import type { Outside } from './given.ts'
import type { Lines } from './lines.ts'
import type { SourceReports } from './sources.ts'

export type Jobs = ReturnType<typeof openJobs>

/** The background work of this process, each job counted. */
export const openJobs = (
  {
    queue,
    roles,
    guard,
    log,
    metrics,
    trace,
  }: Pick<Outside, 'queue' | 'roles' | 'guard' | 'log' | 'metrics' | 'trace'>,
  jobs: readonly Job[],
) => {
  const counted = createCountedJob({ metrics, clock: guard, trace })
  return createJobs({ backend: queue, jobs: jobs.map(counted), roles, clock: guard, log })
}

type Given = Pick<Outside, 'guard' | 'log' | 'roles'>

type Needs = Pick<OpenedEvidence, 'see' | 'aside'> &
  Pick<Lines, 'stream' | 'tokenStream'> & {
    http: FastifyInstance
    jobs: Pick<Jobs, 'start' | 'stop' | 'place'>
    reports: Pick<SourceReports, 'start' | 'stop'>
    models: Base['models']
    tracker: Pick<ReturnType<typeof createTracker>, 'start' | 'stop'>
    answers: Pick<Answers, 'stop'>
    accounts: Pick<OpenedAccounts['accounts'], 'close'>
    ledger: Pick<Ledger, 'close'>
  }

/** So long whoever is being answered at `close` is waited for. */
const servingMs = seconds(8)

/** What begins and ends with the process, in order. */
export function createRunning({ guard, log, roles }: Given, needs: Needs) {
  const { http, jobs, reports, models, tracker, tokenStream, stream, answers } = needs
  return {
    /** Begins to work at the roles of this process. The first house calls need not wait for their slot. */
    start(): void {
      jobs.start()
      reports.start()
      void models?.analyst.start()
      if (roles.includes('tracker')) tracker.start()
      tokenStream?.start()
      if (roles.includes('orchestrator')) {
        jobs.place('house', undefined, { id: 'at-start' }).catch((thrown: unknown) => {
          log.warn('the first house calls wait for their slot', { error: thrown })
        })
      }
    },
    /** Ends what runs in order: nobody new is heard, no new jobs, the ones under way are finished or left to the next process, the ledger is closed. The database is the outside's. */
    async close(): Promise<void> {
      const served = http.close()
      served.catch(() => {}) // told below
      await jobs.stop()
      // Where others may answer they are waited for; engines of this process do no more.
      if (!roles.includes('engine')) await within(guard, servingMs, served)
      answers.stop()
      reports.stop()
      await tracker.stop()
      stream?.close()
      await tokenStream?.stop()
      if (!(await within(guard, servingMs, served))) {
        log.warn('answers that take too long are cut off')
        http.server.closeAllConnections()
      }
      await served
      await needs.accounts.close()
      await needs.see.close()
      await needs.aside.settled()
      await needs.ledger.close()
    },
  }
}
