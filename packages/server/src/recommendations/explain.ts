import {
  Brief,
  explained,
  Failure,
  ModelOpinion,
  SealedEvidence,
  type Explanation,
  type Recommendation,
} from '@pumpiq/domain'
import type { Recommendations } from './store.ts'

/** A sealed recommendation taken apart, from what is kept of it: without the brief it cannot be, without the rest it says what is missing. */
export async function explain(
  recommendations: Pick<Recommendations, 'inputs'>,
  recommendation: Recommendation,
): Promise<Explanation> {
  const { id, inputsHash, engine } = recommendation
  const kept = async (hash: string | null | undefined): Promise<unknown> => {
    const text = hash ? await recommendations.inputs(hash) : null
    return text === null ? null : JSON.parse(text)
  }
  const sealed = await kept(inputsHash)
  if (sealed === null) throw new Failure('notFound', `the inputs ${inputsHash} of ${id} are not kept here`)
  const brief = Brief.parse(sealed)
  const [evidence, opinion] = [await kept(brief.evidenceHash), await kept(engine.opinionHash)]
  return explained(
    recommendation,
    brief,
    evidence === null ? null : SealedEvidence.parse(evidence),
    opinion === null ? null : ModelOpinion.parse(opinion),
  )
}
