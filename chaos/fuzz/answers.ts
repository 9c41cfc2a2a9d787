import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import type { OpenApi, Operation } from './requests.ts'

export type Answer = {
  readonly status: number
  readonly type: string
  readonly headers: Headers
  readonly body: string
}

/** What no answer may show: stacks, files and statements of ours. */
const inner = /\bat .{1,80}\.ts:\d+|node_modules|\/packages\/server|select .{1,80} from |\bPG_/i

/** Judges answers by the document that was served; a sentence for each that breaks it, else null. */
export function createJudge(document: OpenApi) {
  const ajv = new Ajv2020({ strict: false, allErrors: false })
  // Its default export is the plug-in under one key more in the types of CommonJS.
  ;(formats as unknown as (ajv: Ajv2020) => void)(ajv)
  ajv.addSchema({ $id: 'document', components: document.components ?? {} })
  const compiled = new Map<string, ValidateFunction>()

  function validatorOf(operation: Operation, status: string, type: string): ValidateFunction | null {
    const key = `${operation.id} ${status} ${type}`
    const known = compiled.get(key)
    if (known) return known
    const schema = operation.answers[status]?.[type]
    if (schema === undefined) return null
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/')
    const validate = ajv.compile(JSON.parse(text) as object)
    compiled.set(key, validate)
    return validate
  }

  return function judge(operation: Operation, { status, type, headers, body }: Answer): string | null {
    if (status >= 500) return `${status}: ${body.slice(0, 300)}`
    if (!headers.get('x-request-id')) return `${status} without x-request-id`
    if (inner.test(body)) return `${status} shows what is inside: ${inner.exec(body)![0]}`
    if (status === 304 || status === 204) return body === '' ? null : `${status} with a body`
    const told = operation.answers[String(status)] ? String(status) : `${Math.floor(status / 100)}XX`
    if (!operation.answers[told]) return `${status} is not in the document`
    // Lines are judged one by one; plain text has no schema but its own.
    const validate = validatorOf(operation, told, type)
    if (!validate) return `${status} as ${type} is not in the document`
    if (!type.endsWith('json')) return null
    const documents = type.includes('ndjson') ? body.split('\n').filter(Boolean).slice(0, 20) : [body]
    for (const text of documents) {
      const fault = faultOf(text, validate)
      if (fault !== null) return `${status} breaks its schema: ${fault}`
    }
    return null
  }
}

function faultOf(text: string, validate: ValidateFunction): string | null {
  try {
    if (validate(JSON.parse(text))) return null
    const [error] = validate.errors ?? []
    return `${error?.instancePath || 'document'} ${error?.message}`
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown)
  }
}
