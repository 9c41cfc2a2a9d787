import { hours, minutes, type Token, type TokenId } from '@pumpiq/domain'
import type { HandlersOf } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import type { Job } from '../jobs/job.ts'
import type { Ask } from '../network/ask.ts'
import type { Clock } from '../platform/clock.ts'
import type { Ids } from '../platform/ids.ts'
import type { Log } from '../platform/log.ts'
import type { Random } from '../platform/random.ts'
import type { Source } from '../sources/source.ts'
import { createJudgeAlerts } from './judge.ts'
import { createHookRoutes } from './routes.ts'
import { createHookStore, type HookStore } from './store.ts'

type Needs = {
  readonly db: Db
  readonly ids: Ids
  /** Secrets are made of it. */
  readonly random: Random
  readonly clock: Pick<Clock, 'now'>
  readonly log: Log
  readonly sources: readonly Source[]
  readonly ask: Ask
  readonly tokens: {
    resolve(text: string, abort?: AbortSignal): Promise<Token>
    byId(id: TokenId): Promise<Token | null>
  }
}

/** The whole room: alerts come in by the routes, the job says what came of them, `alertsOf` tells what was said of a token. */
export function createHooks(needs: Needs): {
  routes: HandlersOf<'hooks'>
  jobs: Job[]
  alertsOf: HookStore['alertsOf']
} {
  const { tokens, clock } = needs
  const store = createHookStore(needs)
  const judgeAlerts = createJudgeAlerts({ ...needs, store, byId: tokens.byId })
  return {
    routes: createHookRoutes({ store, resolve: tokens.resolve, clock }),
    jobs: [
      {
        name: 'judge-alerts',
        role: 'tracker',
        everyMs: hours(1),
        timeoutMs: minutes(20),
        run: (_, { abort, stopping }) => judgeAlerts(AbortSignal.any([abort, stopping])),
      },
    ],
    alertsOf: store.alertsOf,
  }
}
