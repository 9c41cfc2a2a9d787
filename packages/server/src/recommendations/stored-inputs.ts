import { Brief, Failure, type Recommendation } from '@pumpiq/domain'
import type { StoredInputs } from './replay.ts'
import type { Recommendations } from './store.ts'

/** All that a sealed recommendation was decided from; `notFound` where a part of it is not kept here. */
export async function storedInputs(
  recommendations: Pick<Recommendations, 'inputs'>,
  { id, inputsHash, engine }: Recommendation,
): Promise<StoredInputs> {
  async function kept(hash: string): Promise<string> {
    const text = await recommendations.inputs(hash)
    if (text === null) throw new Failure('notFound', `the inputs ${hash} of ${id} are not kept here`)
    return text
  }
  const brief = await kept(inputsHash)
  const { evidenceHash } = Brief.parse(JSON.parse(brief))
  return {
    brief,
    evidence: evidenceHash === null ? null : await kept(evidenceHash),
    opinion: engine.opinionHash === undefined ? null : await kept(engine.opinionHash),
  }
}
