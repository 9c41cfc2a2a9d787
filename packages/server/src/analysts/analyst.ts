import type { Brief, ModelOpinion, RulesOpinion } from '@pumpiq/domain'

export type AnalystContext = { readonly userId: string; readonly abort: AbortSignal | undefined }

/** Brief and the rules' opinion in, an opinion out; null abstains. It fails by an opinion that says how, never by throwing. */
export type Analyst = {
  readonly id: string
  analyse(brief: Brief, base: RulesOpinion, context: AnalystContext): Promise<ModelOpinion | null>
}
