import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Failure } from '@pumpiq/domain'
import type { Secret } from '../platform/secret.ts'

/** The header in which a page says the token of its session. */
export const csrfHeader = 'x-csrf-token'

export type Csrf = ReturnType<typeof createCsrf>

/** What only a page that may read answers of ours knows of a session: `GET /auth/session` tells it, every change says it again. */
export function createCsrf({ secret }: { secret: Secret }) {
  const tokenOf = (sessionId: string): string =>
    createHmac('sha256', secret.reveal()).update(`pumpiq csrf v1 ${sessionId}`).digest('base64url')
  return {
    csrfTokenOf: tokenOf,
    isCsrfTokenOf(sessionId: string, token: unknown): boolean {
      const [wanted, given] = [Buffer.from(tokenOf(sessionId)), Buffer.from(typeof token === 'string' ? token : '')]
      return wanted.length === given.length && timingSafeEqual(wanted, given)
    },
  }
}

type Needs = {
  /** Null: there are no sessions that a change could be made in. */
  readonly csrf: Pick<Csrf, 'isCsrfTokenOf'> | null
  /** Where users reach us, when that is known. */
  readonly publicUrl: string | null
}

const reading: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A browser sends a cookie along whoever's page asks: a change that is asked for with nothing but the session's cookie must come from a page
 * of ours, by what the browser says of it and by the session's token. Failure forbidden.
 */
export function createRefuseForged({ csrf, publicUrl }: Needs) {
  const publicOrigin = publicUrl === null ? null : new URL(publicUrl).origin

  return function refuseForged(request: FastifyRequest): void {
    const { caller, headers, method } = request
    // A header is sent by programs and by scripts of ours, never by a page of others.
    if (caller?.via !== 'session' || headers.authorization !== undefined || reading.has(method)) return
    if (!isOwn(request, publicOrigin)) {
      const sentence =
        'a change in a session is made by pages of ours alone: the request does not say that it comes from one'
      throw new Failure('forbidden', sentence)
    }
    const id = caller.credentialId
    if (csrf !== null && id !== null && csrf.isCsrfTokenOf(id, headers[csrfHeader])) return
    throw new Failure(
      'forbidden',
      `the header ${csrfHeader} must say the token of the session, which GET /auth/session tells`,
    )
  }
}

/** A browser that names no origin says at least whether the page was one of ours. */
function isOwn({ headers, host, protocol }: FastifyRequest, publicOrigin: string | null): boolean {
  const { origin } = headers
  if (origin === undefined) return headers['sec-fetch-site'] === 'same-origin'
  return origin === publicOrigin || origin === `${protocol}://${host}`
}
