import type { Brief, ModelOpinion, RulesOpinion, Tier } from '@pumpiq/domain'

/** For whom, and of which tier his account is, where it is one's. */
export type AnalystContext = {
  readonly userId: string
  readonly tier?: Tier | undefined
  readonly abort: AbortSignal | undefined
}

/** Brief and the rules' opinion in, an opinion out; null abstains. It fails by an opinion that says how, never by throwing. */
export type Analyst = {
  readonly id: string
  analyse(brief: Brief, base: RulesOpinion, context: AnalystContext): Promise<ModelOpinion | null>
}
