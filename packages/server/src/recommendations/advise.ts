import { canonical, decide, type ModelOpinion, type Recommendation, rules, type Tier } from '@pumpiq/domain'
import type { Analyst } from '../analysts/analyst.ts'
import type { Clock } from '../platform/clock.ts'
import { sha256Hex } from '../platform/hash.ts'
import type { Ids } from '../platform/ids.ts'
import type { AdviceAsk, Gather, Gathered } from './gather.ts'
import type { RecordAdvice } from './record.ts'

type Needs = {
  gather: Gather
  /** The one behind the rules; null where there is none. */
  analyst: Analyst | null
  record: RecordAdvice
  ids: Ids
  clock: Pick<Clock, 'monotonic'>
  /** Of the account that asks: what it may spend on a model follows from it. */
  tierOf(userId: string): Promise<Tier>
}
export type Advise = ReturnType<typeof createAdvise>

/** The back half, in four verbs. Live and replay differ in what is handed in. */
export function createAdvise({ gather, analyst, record, ids, clock, tierOf }: Needs) {
  /** The rules speak first; an analyst behind them that abstains leaves their opinion standing. */
  async function analyse({ brief }: Gathered, { userId, house }: AdviceAsk, abort: AbortSignal | undefined) {
    const base = rules(brief)
    if (!analyst) return { base, weighed: null }
    const tier = house ? undefined : await tierOf(userId)
    return { base, weighed: await analyst.analyse(brief, base, { userId, tier, abort }) }
  }

  return async function advise(ask: AdviceAsk, abort?: AbortSignal): Promise<Recommendation> {
    const startedAt = clock.monotonic()
    const gathered = await gather(ask, abort)
    const { base, weighed } = await analyse(gathered, ask, abort)
    const decided = decide({
      brief: gathered.brief,
      opinions: weighed ? [base, weighed] : [base],
      id: ids.next(),
      inputsHash: sha256Hex(canonical(gathered.brief)),
      opinionHash: weighed && opinionHashOf(weighed),
    })
    const latencyMs = Math.max(0, Math.round(clock.monotonic() - startedAt))
    return record(ask, { ...decided, engine: { ...decided.engine, latencyMs } }, { ...gathered, opinion: weighed })
  }
}

/** Names a model's opinion among what is sealed. */
export const opinionHashOf = (opinion: ModelOpinion): string => sha256Hex(canonical(opinion))
