import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import type { Endpoint } from '@pumpiq/api'
import { allEndpoints } from './bind.ts'

type Transform = typeof jsonSchemaTransform

const idempotencyKey = {
  'Idempotency-Key': {
    type: 'string',
    minLength: 1,
    maxLength: 255,
    pattern: '^[!-~]+$',
    description:
      'Sent again under the same key, with the same body, this does nothing and gives the first answer, with `Idempotency-Replayed: true`; with another body it is 409.',
  },
}

const prefer = {
  Prefer: {
    type: 'string',
    description:
      '`respond-async` asks for the job at once, `wait=10` for the whole answer if it is there within 10 s and the job if not; `Preference-Applied` says what was heeded.',
    examples: ['respond-async', 'respond-async, wait=10'],
  },
}

const headersOf = ({ idempotent, accepts }: Endpoint) => ({ ...(idempotent && idempotencyKey), ...(accepts && prefer) })

const headersBy = new Map(
  allEndpoints().map(({ resource, verb, endpoint }) => [`${resource}.${verb}`, headersOf(endpoint)]),
)

/**
 * The schema of a route as the document has it, with the headers that its endpoint heeds. They are judged where they are read: a schema of
 * the route itself would refuse a `Prefer` that is nobody's, which is to be passed over.
 */
export const withHeaders: Transform = (route) => {
  const made = jsonSchemaTransform(route)
  const properties = headersBy.get(String(made.schema['operationId'])) ?? {}
  if (Object.keys(properties).length === 0) return made
  return { ...made, schema: { ...made.schema, headers: { type: 'object', properties } } }
}
