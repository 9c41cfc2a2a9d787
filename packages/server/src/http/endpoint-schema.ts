import { Problem, problemType, type Endpoint } from '@pumpiq/api'

/** What Fastify checks and describes an endpoint by. */
export function schemaOf(resource: string, verb: string, endpoint: Endpoint) {
  const { summary, params, query, body, reply, creates, accepts, lines, deprecated } = endpoint
  const good = lines
    ? { 200: { description: 'JSON lines', content: { [lines.contentType.split(';')[0]!]: { schema: reply } } } }
    : { 200: reply, ...(creates && { 201: reply }), ...(accepts && { 202: accepts }) }
  const bad = { description: 'What was wrong', content: { [problemType]: { schema: Problem } } }
  return {
    operationId: `${resource}.${verb}`,
    summary,
    tags: [resource],
    ...(deprecated && { deprecated: true }),
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    response: { ...good, '4xx': bad, '5xx': bad },
  }
}
