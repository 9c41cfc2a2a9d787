import { canonical } from '@pumpiq/domain'
import { sha256Hex } from '../platform/hash.ts'
import { parametersOf, type Parameters } from './families.ts'
import type { JsonSchema } from './strict-schema.ts'

type Question = {
  readonly model: string
  /** Well-formed. */
  readonly instructions: string
  readonly prompt: string
  readonly schemaName: string
  readonly schema: JsonSchema
  /** Those of the model's family unless given. */
  readonly parameters?: Parameters
}

/** Names a question in the journal: all of it that decides the answer, and nothing of who asks or how long may be waited. */
export const questionHash = ({
  model,
  instructions,
  prompt,
  schemaName,
  schema,
  parameters = parametersOf(model),
}: Question): string => sha256Hex(canonical({ model, parameters, instructions, prompt, schemaName, schema }))
