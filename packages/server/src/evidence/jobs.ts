import { hours, kinds, minutes, seconds } from '@pumpiq/domain'
import type { Job, JobContext } from '../jobs/job.ts'
import type { CollectKind } from './collect-kinds.ts'
import { lookEveryMs } from './freshness.ts'
import type { JudgeAuthors } from './judge-authors.ts'
import type { NoteAuthors } from './note-authors.ts'
import type { CollectPrices } from './observations-prices.ts'
import type { Forget } from './retention.ts'
import type { ReadByModel } from './read-by-model.ts'
import type { RollUps } from './rollups.ts'

type Needs = {
  rollUps: RollUps
  forget: Forget
  collectPrices: CollectPrices
  collectKind: CollectKind
  noteAuthors: NoteAuthors
  judgeAuthors: JudgeAuthors
  /** Null where there is no model. */
  readByModel: ReadByModel | null
}

/** What series need by the clock. Each goes on the next time where it was ended. */
export const seriesJobs = ({
  rollUps,
  forget,
  collectPrices,
  collectKind,
  noteAuthors,
  judgeAuthors,
  readByModel,
}: Needs): Job[] => [
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
    name: 'collect-prices',
    role: 'collector:technical',
    everyMs: minutes(1),
    timeoutMs: seconds(50),
    run: (_, context) => collectPrices(endOf(context)),
  },
  {
    name: 'note-authors',
    role: 'tracker',
    everyMs: hours(1),
    timeoutMs: minutes(20),
    run: (_, context) => noteAuthors(endOf(context)),
  },
  {
    name: 'judge-authors',
    role: 'tracker',
    everyMs: hours(1),
    timeoutMs: minutes(20),
    run: (_, context) => judgeAuthors(endOf(context)),
  },
  ...(readByModel
    ? [
        {
          name: 'read-by-model',
          role: 'engine',
          everyMs: minutes(1),
          timeoutMs: seconds(55),
          run: async (_, context) => void (await readByModel(endOf(context))),
        } satisfies Job,
      ]
    : []),
  ...kinds.map((kind): Job => ({
    name: `collect-${kind}`,
    role: `collector:${kind}`,
    everyMs: lookEveryMs[kind],
    timeoutMs: lookEveryMs[kind] - seconds(5),
    run: async (_, context) => void (await collectKind(kind, endOf(context))),
  })),
]

/** Each has good points to end at all along. */
const endOf = ({ abort, stopping }: JobContext): AbortSignal => AbortSignal.any([abort, stopping])
