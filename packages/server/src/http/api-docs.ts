import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import Fastify, { type FastifyInstance } from 'fastify'
import { Failure } from '@pumpiq/domain'
import { prefix } from '@pumpiq/api'
import type { Ids } from '../platform/ids.ts'

export const docsPath = '/api/docs'
const scriptPath = `${docsPath}/reference.js`

/** It shows what the document says, asks this server only, and tells nobody. */
const configuration = {
  url: `${prefix}/openapi.json`,
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
}

const attribute = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

const pageOf = (nonce: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta property="csp-nonce" content="${nonce}" nonce="${nonce}">
<title>PumpIQ API</title>
</head>
<body>
<noscript>This page needs scripts. What it shows is made from <a href="${configuration.url}">the OpenAPI document</a>.</noscript>
<script id="api-reference" type="application/json" data-configuration="${attribute(JSON.stringify(configuration))}"></script>
<script src="${scriptPath}"></script>
</body>
</html>
`

/** As on every page nothing comes from elsewhere; the reference makes its styles by script, and may since it is told this page's nonce. */
const policyOf = (nonce: string): string =>
  `default-src 'none'; script-src 'self'; style-src 'nonce-${nonce}'; style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'`

const compress = promisify(gzip)

/** The API reference at `/api/docs`, made by the reader's browser from the OpenAPI document. */
export function serveDocs(app: FastifyInstance, ids: Ids): void {
  let script: Promise<Buffer> | null = null
  const config = { policy: { access: 'public', why: 'says what the public document says' } } as const
  app.route({
    method: 'GET',
    url: docsPath,
    schema: { hide: true },
    config,
    handler(_request, reply) {
      const nonce = ids.next()
      reply.header('content-security-policy', policyOf(nonce)).header('cache-control', 'no-cache')
      return reply.type('text/html; charset=utf-8').send(pageOf(nonce))
    },
  })
  app.route({
    method: 'GET',
    url: scriptPath,
    schema: { hide: true },
    config,
    async handler(_request, reply) {
      script ??= readScript()
      reply.header('cache-control', 'public, max-age=86400').header('content-encoding', 'gzip')
      return reply.type('text/javascript; charset=utf-8').send(await script)
    },
  })
}

/** It is megabytes long and seldom asked for: loaded when it first is, and kept compressed. */
async function readScript(): Promise<Buffer> {
  const { default: reference } = await import('@scalar/fastify-api-reference')
  const shelf = Fastify()
  await shelf.register(reference, { routePrefix: '/', configuration: { content: {} } })
  const { statusCode, rawPayload } = await shelf.inject('/js/scalar.js')
  await shelf.close()
  if (statusCode !== 200) throw new Failure('broken', `the script of the API reference was answered with ${statusCode}`)
  return compress(rawPayload)
}
