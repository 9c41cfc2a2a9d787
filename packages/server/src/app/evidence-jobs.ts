import { createCollectKind } from '../evidence/collect-kinds.ts'
import { seriesJobs } from '../evidence/jobs.ts'
import { createJudgeAuthors } from '../evidence/judge-authors.ts'
import { createNoteAuthors } from '../evidence/note-authors.ts'
import { createCollectPrices } from '../evidence/observations-prices.ts'
import { createReadByModel } from '../evidence/read-by-model.ts'
import { createForget } from '../evidence/retention.ts'
import { createRollUps } from '../evidence/rollups.ts'
import type { Job } from '../jobs/job.ts'
import type { Ask } from '../network/ask.ts'
import { createNeededCandles } from '../performance/needed.ts'
import { createModelReader } from '../reader/model-reader.ts'
import type { Asks } from '../recommendations/asks.ts'
import { createRefreshOf } from '../recommendations/watching.ts'
import type { Tokens } from '../tokens/tokens.ts'
import type { OpenedAccounts } from './accounts.ts'
import type { Base } from './base.ts'
import type { OpenedEvidence } from './evidence.ts'
import type { Outside } from './given.ts'
import type { Rounds } from './rounds.ts'

type Given = Pick<Outside, 'db' | 'clock' | 'guard' | 'random' | 'log'>

type Needs = Pick<Base, 'sources' | 'models' | 'pause'> &
  Pick<OpenedEvidence, 'observations' | 'watched' | 'documents' | 'authorCalls' | 'claims' | 'see'> & {
    ask: Ask
    tokens: Pick<Tokens, 'byId' | 'universe'>
    asks: Pick<Asks, 'askersSince'>
    settings: Pick<OpenedAccounts['settings'], 'freshness' | 'freshnessOf'>
    needed: Rounds['needed']
  }

/** What is asked for, read and let go without anybody asking. */
export function evidenceJobs({ db, clock, guard, random, log }: Given, needs: Needs): Job[] {
  const { sources, models, pause, observations, watched, documents, claims, see } = needs
  const { authorCalls: calls, ask, tokens, asks, settings, needed } = needs
  const { byId } = tokens
  const universe = () => tokens.universe()
  const refreshOf = createRefreshOf({ asks, settings, universe })
  return seriesJobs({
    rollUps: createRollUps({ db }),
    forget: createForget({ db, clock, log, needed: createNeededCandles({ db, clock }) }),
    collectPrices: createCollectPrices({ universe: tokens.universe, sources, ask, observations, clock }),
    collectKind: createCollectKind({ needed, sources, see, watched, ask, clock, refreshOf }),
    readByModel:
      models &&
      createReadByModel({
        db,
        claims,
        read: createModelReader({ model: models.reader, random, clock: guard }),
        needed,
        clock,
      }),
    noteAuthors: createNoteAuthors({ calls, documents, byId, clock, pause }),
    judgeAuthors: createJudgeAuthors({ calls, byId, sources, ask, clock, log }),
  })
}
