import { canonical } from '@pumpiq/domain'
import { sha256Hex } from '../platform/hash.ts'
import { parametersOf } from './families.ts'
import type { JsonSchema } from './strict-schema.ts'

type Question = {
  readonly model: string
  /** Well-formed. */
  readonly instructions: string
  readonly prompt: string
  readonly schemaName: string
  readonly schema: JsonSchema
}

/** Names a question in the journal: all of it that decides the answer, and nothing of who asks or how long may be waited. */
export const questionHash = ({ model, instructions, prompt, schemaName, schema }: Question): string =>
  sha256Hex(canonical({ model, parameters: parametersOf(model), instructions, prompt, schemaName, schema }))
