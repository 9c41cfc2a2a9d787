import { ModelAnswer, promptFor } from '@pumpiq/domain'
import { questionHash } from '../llm/question-hash.ts'
import { strictSchema } from '../llm/strict-schema.ts'
import type { PromptHashOf } from './journal.ts'

const schemaName = 'opinion'
const schema = strictSchema(ModelAnswer, schemaName)

/** The hash under which the model analyst's question about a brief stands in the journal. */
export const promptHashOf: PromptHashOf = (brief, rules, model) => {
  const { instructions, prompt } = promptFor(brief, rules)
  return questionHash({
    model,
    instructions: instructions.toWellFormed(),
    prompt: prompt.toWellFormed(),
    schemaName,
    schema,
  })
}
