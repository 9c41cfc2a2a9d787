import { stat } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** Vite puts a hash of the content into the names below this folder: what has such a name never changes. */
const hashed = 'assets/'
/** Pages whose last word may have a dot: identities of tokens. */
const dotted = /^tokens\//
const year = 31_536_000

/**
 * The built web app. Paths without an extension are pages of the app and get its index, and so is what is below /tokens/; files that are gone are 404. Looked up at each
 * request, so that a build made while the server runs is served.
 */
export async function serveWeb(app: FastifyInstance, webRoot: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: resolve(webRoot),
    serve: false,
    cacheControl: false,
    index: false,
    // The build leaves each text beside its compressed forms.
    preCompressed: true,
    suppressWarning: true,
  })
  app.route({
    method: 'GET',
    url: '/*',
    schema: { hide: true },
    config: { policy: { access: 'public', why: 'pages and what they are made of are the same for everybody' } },
    handler: (request, reply) => page(resolve(webRoot), request, reply),
  })
}

async function page(root: string, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const path = pathOf(request.url)
  if (path === null || path === 'api' || path.startsWith('api/')) return reply.callNotFound()
  if (path !== '' && path !== 'index.html' && (await isFile(root, path))) {
    return reply
      .header('cache-control', path.startsWith(hashed) ? `public, max-age=${year}, immutable` : 'no-cache')
      .sendFile(path)
  }
  if (/\.[^/]*$/.test(path) && path !== 'index.html' && !dotted.test(path)) return reply.callNotFound()
  if (!(await isFile(root, 'index.html'))) {
    return reply
      .code(503)
      .type('text/plain; charset=utf-8')
      .send(
        'The web pages are not built yet. Build them (npm run build), then reload. The API answers under /api/v1.\n',
      )
  }
  return reply.header('cache-control', 'no-cache').sendFile('index.html')
}

/** The path below the root, decoded; null when it cannot be one. */
function pathOf(url: string): string | null {
  try {
    const path = decodeURIComponent(url.split('?', 1)[0]!).slice(1)
    return path.includes('\0') || path.split(/[/\\]/).some((part) => part.startsWith('.')) ? null : path
  } catch {
    return null
  }
}

async function isFile(root: string, path: string): Promise<boolean> {
  const whole = resolve(root, path)
  if (!whole.startsWith(root + sep)) return false
  const found = await stat(whole).catch(() => null)
  return found?.isFile() ?? false
}
