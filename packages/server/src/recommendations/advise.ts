import { type Brief, canonical, decide, type Opinion, type Recommendation } from '@pumpiq/domain'
import type { Analyst } from '../analysts/analyst.ts'
import { sha256Hex } from '../platform/hash.ts'
import type { Ids } from '../platform/ids.ts'
import type { AdviceAsk, Gather } from './gather.ts'
import type { RecordAdvice } from './record.ts'

type Needs = { gather: Gather; analysts: readonly Analyst[]; record: RecordAdvice; ids: Ids }
export type Advise = ReturnType<typeof createAdvise>

/** The back half, in four verbs. Live and replay differ in what is handed in. */
export function createAdvise({ gather, analysts, record, ids }: Needs) {
  /** The rules speak first; an analyst behind them that abstains leaves their opinion standing. */
  async function analyse(brief: Brief): Promise<Opinion[]> {
    const opinions: Opinion[] = []
    for (const analyst of analysts) {
      const opinion = await analyst.analyse(brief, opinions[0] ?? null)
      if (opinion) opinions.push(opinion)
    }
    return opinions
  }

  return async function advise(ask: AdviceAsk, abort?: AbortSignal): Promise<Recommendation> {
    const gathered = await gather(ask, abort)
    const opinions = await analyse(gathered.brief)
    const inputsHash = sha256Hex(canonical(gathered.brief))
    const recommendation = decide({ brief: gathered.brief, opinions, id: ids.next(), inputsHash })
    return record(ask, recommendation, gathered)
  }
}
