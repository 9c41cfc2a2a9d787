import { shippedFits } from '@pumpiq/domain'
import { createModelAnalyst } from '../analysts/model.ts'
import type { Collect } from '../evidence/collect.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Outbox } from '../notifications/outbox.ts'
import type { FitStore } from '../performance/fit-store.ts'
import { createAdvise } from '../recommendations/advise.ts'
import { createAnswers } from '../recommendations/answers.ts'
import { createAskAdvice, type AskAdvice } from '../recommendations/ask.ts'
import { createAsks } from '../recommendations/asks.ts'
import { createGather } from '../recommendations/gather.ts'
import { createPast } from '../recommendations/past.ts'
import { createRecordAdvice, type RecordAdvice } from '../recommendations/record.ts'
import type { Recommendations } from '../recommendations/store.ts'
import type { OpenedAccounts } from './accounts.ts'
import type { Base } from './base.ts'
import type { Outside } from './given.ts'

type Given = Pick<Outside, 'db' | 'clock' | 'ids' | 'trace' | 'version' | 'queue'>

type Needs = Pick<Base, 'counts' | 'models'> &
  Pick<OpenedAccounts, 'tierOf'> & {
    collect: Collect
    fits: Pick<FitStore, 'newest'>
    ledger: Ledger
    recommendations: Recommendations
    outbox: Pick<Outbox, 'issued'>
    place(askId: string): Promise<void>
  }

export type Advice = ReturnType<typeof openAdvice>

/** Questions, and how they come to sealed answers. */
export function openAdvice({ db, clock, ids, trace, version, queue }: Given, needs: Needs) {
  const { counts, models, tierOf, collect, fits, ledger, recommendations, outbox, place } = needs
  const gather = createGather({
    collect,
    past: createPast({ recommendations }),
    fits: async (timeframe, at) => [...shippedFits, ...(await fits.newest(timeframe, at))],
    clock,
    engineVersion: version,
  })
  const asks = createAsks({ db, ids, clock, trace })
  const record = createRecordAdvice({ db, ledger, recommendations, asks, tell: outbox.issued })
  const advise = createAdvise({
    gather,
    analyst: models && createModelAnalyst({ model: models.analyst }),
    record: countedRecord(record, counts),
    ids,
    clock,
    tierOf,
  })
  const answers = createAnswers({ asks, clock, lookEveryMs: queue.kind === 'in-process' ? null : lookEveryMs })
  const askAdvice = createAskAdvice({ asks, answers, recommendations, clock, place })
  return { asks, answers, advise, askAdvice: countedAsk(askAdvice, counts.looked('answers')) }
}

/** Between two looks whether another process has answered a question. */
const lookEveryMs = 250

const countedRecord =
  (record: RecordAdvice, counts: Pick<Base['counts'], 'recommendation'>): RecordAdvice =>
  async (asked, recommendation, weighed) => {
    const kept = await record(asked, recommendation, weighed)
    counts.recommendation(recommendation, kept)
    return kept
  }

const countedAsk =
  (ask: AskAdvice, looked: (isKnown: boolean) => void): AskAdvice =>
  async (...asked) => {
    const answer = await ask(...asked)
    looked(!answer.made)
    return answer
  }
