import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import { apiVersion, prefix } from '@pumpiq/api'
import { allEndpoints } from './bind.ts'
import { withHeaders } from './openapi-headers.ts'

export const documentPath = `${prefix}/openapi.json`

/** Makes the OpenAPI document of what is mounted after it. */
export async function describe(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'PumpIQ',
        version: apiVersion,
        description:
          'Crypto recommendations with a record that can be checked. Every answer says in `x-pumpiq-data` whether it is live or simulated. Prices are decimal strings, instants ISO 8601 UTC. Not financial advice.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      tags: [...new Set(allEndpoints().map(({ resource }) => resource))].map((name) => ({ name })),
    },
    transform: withHeaders,
    transformObject: jsonSchemaTransformObject,
  })
}

/** The document itself, for everybody. */
export function serveDocument(app: FastifyInstance): void {
  app.route({
    method: 'GET',
    url: documentPath,
    schema: { hide: true },
    config: { policy: { access: 'public', why: 'says what can be asked, and nothing of anybody' } },
    handler: () => app.swagger(),
  })
}
