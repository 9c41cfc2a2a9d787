import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { Answered } from './every-operation.ts'

type Media = Readonly<Record<string, { readonly schema: object }>>
type Described = {
  readonly operationId: string
  readonly summary?: string
  readonly tags?: readonly string[]
  readonly responses: Readonly<Record<string, { readonly content?: Media }>>
}
export type OpenApi = {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
  readonly components?: object
}

export const operationsIn = ({ paths }: OpenApi): Described[] =>
  Object.values(paths).flatMap((path) => Object.values(path))

/** Judges answers by the schemas of a document that was served; what is wrong with one in a sentence, else null. */
export function createSchemaJudge(document: OpenApi) {
  const ajv = new Ajv2020({ strict: false })
  // Its default export is the plug-in under one key more in the types of CommonJS.
  ;(formats as unknown as (ajv: Ajv2020) => void)(ajv)
  ajv.addSchema({ $id: 'document', components: document.components ?? {} })
  const described = new Map(operationsIn(document).map((one) => [one.operationId, one]))
  const compiled = new Map<string, ValidateFunction>()

  function validatorOf(key: string, schema: object): ValidateFunction {
    const known = compiled.get(key)
    if (known) return known
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/')
    const validate = ajv.compile(JSON.parse(text) as object)
    compiled.set(key, validate)
    return validate
  }

  return function judge({ operation, status, type, text }: Answered): string | null {
    const responses = described.get(operation)?.responses ?? {}
    const told = responses[status] ?? responses[`${Math.floor(status / 100)}XX`]
    const schema = told?.content?.[type]?.schema
    if (!schema) return `${operation}: ${status} as ${type} is not in the document`
    const validate = validatorOf(`${operation} ${status} ${type}`, schema)
    const parts = type.includes('ndjson') ? text.split('\n').filter(Boolean) : [text]
    for (const part of parts) {
      if (validate(type.includes('json') ? JSON.parse(part) : part)) continue
      const [error] = validate.errors ?? []
      return `${operation}: ${status} breaks its schema: ${error?.instancePath || 'document'} ${error?.message}`
    }
    return null
  }
}
