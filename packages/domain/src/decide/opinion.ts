import { z } from 'zod'
import type { Call } from './call.ts'
import { ModelEnding, type Factor } from './recommendation.ts'

/** What the rules make of a brief: arithmetic, and the words for it. */
export type RulesOpinion = {
  readonly analyst: 'rules'
  readonly call: Call
  /** Additive: contributions sum to the call's score. */
  readonly factors: readonly Factor[]
  readonly conflicts: readonly string[]
  /** Plain text; every number in it is rendered by us and followed by the [reading] it comes from. */
  readonly reasoning: string
}

/** What a language model made of a prompt, as it came and as it is kept: believed in nothing before the gate. */
export const ModelOpinion = z.object({
  analyst: z.literal('model'),
  /** The model that was asked. */
  model: z.string(),
  /** SHA-256 of the prompt, which can be made again from the brief. */
  promptHash: z.string(),
  ending: ModelEnding,
  /** Parsed JSON; null unless there was an answer. */
  answer: z.unknown(),
  /** As the provider counted them; null where it told nothing. */
  tokens: z
    .object({ input: z.int().nonnegative(), cachedInput: z.int().nonnegative(), output: z.int().nonnegative() })
    .nullable(),
  costUsd: z.number().nonnegative().nullable(),
})
export type ModelOpinion = z.output<typeof ModelOpinion>

/** What an analyst thinks. Never acted upon as such: `decide` makes a recommendation of it, or refuses. */
export type Opinion = RulesOpinion | ModelOpinion
