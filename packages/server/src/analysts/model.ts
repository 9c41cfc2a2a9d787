import {
  fromIso,
  hours,
  ModelAnswer,
  promptFor,
  seconds,
  systemSettings,
  type Brief,
  type ModelOpinion,
  type RulesOpinion,
} from '@pumpiq/domain'
import type { Model } from '../llm/model.ts'
import type { Analyst } from './analyst.ts'

/** In all, its pauses and its repair included: whoever asked waits for it. */
const patienceMs = seconds(8)

/** An unchanged house call is weighed again after so long. */
const weighAgainMs = hours(4)

/** Weighs what the rules found. It sees numbers and enumerations only, once for a recommendation; the gate holds whatever it answers. */
export const createModelAnalyst = ({ model }: { model: Model }): Analyst => ({
  id: 'model',
  async analyse(brief, base, { userId, tier, abort }): Promise<ModelOpinion | null> {
    if (!isWorthAsking(brief, base)) return null
    const { sampling } = brief.profile
    const { answer, tokens, costUsd, ...reply } = withAnswer(
      await model.ask({
        purpose: 'analyst',
        ...promptFor(brief, base),
        schema: ModelAnswer,
        schemaName: 'opinion',
        maxOutputTokens: sampling?.maxOutputTokens ?? systemSettings.model.maxOutputTokens,
        ...(sampling && { sampling }),
        timeoutMs: patienceMs,
        caller: { userId, ...(tier && { tier }) },
        ...(abort && { abort }),
      }),
    )
    return {
      analyst: 'model',
      model: reply.model,
      promptHash: reply.promptHash,
      ending: reply.ending,
      answer,
      tokens,
      costUsd,
    }
  },
})

type Reply = Awaited<ReturnType<Model['ask']>>

const withAnswer = (reply: Reply) => ({ ...reply, answer: reply.ending === 'answered' ? reply.answer : null })

/** Nothing can be moved where no call was made or the token is to be avoided; a house call that stands was weighed when it was made. */
export function isWorthAsking({ house, previous, dossier }: Brief, { call }: RulesOpinion): boolean {
  if (call.abstained !== null || call.type === 'AVOID') return false
  const stands = house && previous?.type === call.type
  return !stands || fromIso(dossier.at) - fromIso(previous.issuedAt) >= weighAgainMs
}
