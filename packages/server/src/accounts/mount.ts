import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Failure } from '@pumpiq/domain'
import { prefix } from '@pumpiq/api'
import { authPath } from './auth-names.ts'
import type { Remembered } from './remembered.ts'
import type { Signing } from './signing.ts'

type Needs = { readonly signing: () => Signing; readonly remembered: Remembered }

/** What of the library may be asked directly. Everything else has its endpoint in the table, with limits and rules of ours. */
const open: ReadonlySet<string> = new Set([
  'GET /ok',
  'GET /get-session',
  'GET /verify-email',
  'POST /sign-in/email',
  'POST /sign-out',
  'POST /two-factor/verify-totp',
  'POST /two-factor/verify-backup-code',
])

const passed = [
  'accept',
  'authorization',
  'cookie',
  'origin',
  'referer',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-fetch-site',
  'user-agent',
]

/** The library's own door at `/api/auth`, for clients that speak its language. */
export async function mountAuth(app: FastifyInstance, { signing, remembered }: Needs): Promise<void> {
  app.route({
    method: ['GET', 'POST'],
    url: `${authPath}/*`,
    schema: { hide: true },
    config: { policy: { access: 'library', why: 'the accounts themselves judge passwords, sessions and codes' } },
    async handler(request, reply) {
      const path = request.url.split('?', 1)[0]!.slice(authPath.length)
      if (!open.has(`${request.method} ${path}`))
        throw new Failure(
          'notFound',
          `there is nothing at ${authPath}${path.slice(0, 100)}: accounts are asked for below ${prefix}/auth and ${prefix}/user`,
        )
      const { auth, attempts } = signing()
      if (request.method === 'POST') await limit(attempts, path, request)
      const response = await auth.handler(asked(request))
      if (request.method === 'POST') remembered.forget()
      return answer(reply, response)
    },
  })
}

async function limit(attempts: Signing['attempts'], path: string, { ip, body }: FastifyRequest): Promise<void> {
  if (path === '/sign-out') return
  await attempts.take('signInFrom', ip)
  const email = (body as { email?: unknown } | null | undefined)?.email
  if (typeof email === 'string') await attempts.take('signInTo', email.trim().slice(0, 254))
}

/** The same question as the library's web standard has it. From where it comes is said by us alone. */
function asked({ method, url, headers, body, ip, protocol, host }: FastifyRequest): Request {
  const given = new Headers({ 'x-client-ip': ip })
  for (const name of passed) {
    const value = headers[name]
    if (typeof value === 'string') given.set(name, value)
  }
  if (body != null) given.set('content-type', 'application/json')
  return new Request(new URL(url, `${protocol}://${host}`), {
    method,
    headers: given,
    ...(body != null && { body: JSON.stringify(body) }),
  })
}

async function answer(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value)
  const cookies = response.headers.getSetCookie()
  if (cookies.length > 0) reply.header('set-cookie', cookies)
  return reply
    .header('cache-control', 'no-store')
    .code(response.status)
    .send(await response.text())
}
