import type { FastifyRequest } from 'fastify'
import { Failure } from '@pumpiq/domain'
import { nobody, prefix, type Anybody } from '@pumpiq/api'
import { localCaller, whyFar, type Identify } from '../http/policy.ts'
import type { AccessTokens } from './access-tokens.ts'
import { credentialIn, signedToken, type Credential } from './credentials.ts'
import type { Known, KnownCallers } from './known.ts'
import type { Remembered } from './remembered.ts'

type Needs = {
  readonly known: KnownCallers
  readonly remembered: Remembered
  /** Null where there is no secret to sign by. */
  readonly tokens: AccessTokens | null
  readonly cookie: { readonly name: string; readonly secret: string | null }
  /** Whoever sits at the machine is its user. */
  readonly localMode: boolean
  readonly isProxyTrusted: boolean
}

const api = `${prefix}/`
/** Where one may still ask with a cookie of a session that has ended: else nobody could sign in anew. */
const signingIn = `${prefix}/auth/`

/** Tells who asks: by a bearer, a key or a cookie, else by where he sits, else nobody. What was given and is not good is never nobody. */
export function createIdentify({ known, remembered, tokens, cookie, localMode, isProxyTrusted }: Needs): Identify {
  const finders: Record<Credential['kind'], (text: string) => Promise<Known | null>> = {
    key: (text) => known.byKey(text),
    session: (text) => known.bySessionToken(text),
    async cookie(text) {
      const token = cookie.secret === null ? null : signedToken(text, cookie.secret)
      return token === null ? null : known.bySessionToken(token)
    },
    async token(text) {
      const verified = (await tokens?.verify(text)) ?? null
      if (verified === null) return null
      const found = await known.bySessionId(verified.sessionId)
      if (found?.caller.userId !== verified.userId) return null
      return { ...found, endsAt: Math.min(found.endsAt, verified.endsAt) }
    },
  }

  const unsigned = (request: FastifyRequest): Anybody =>
    localMode && whyFar(request, isProxyTrusted) === null ? localCaller : nobody

  return {
    async of(request) {
      // Pages, figures and the library's own door have other doorkeepers.
      if (!request.url.startsWith(api)) return unsigned(request)
      const given = credentialIn(request.headers, cookie.name)
      if (given === null) return unsigned(request)
      const caller = await remembered.callerOf(`${given.kind} ${given.text}`, () => finders[given.kind](given.text))
      if (caller !== null) return caller
      if (given.kind === 'cookie' && request.url.startsWith(signingIn)) return unsigned(request)
      throw new Failure('unauthenticated', notGood[given.kind])
    },
    confirm: async (caller) => (caller.via === 'none' || caller.via === 'local' ? caller : known.again(caller)),
  }
}

const notGood: Readonly<Record<Credential['kind'], string>> = {
  key: 'that is no API key that is good: it was revoked, has ended, or never was one',
  session: 'that session has ended, or never was one: sign in again',
  cookie: 'your session has ended: sign in again',
  token:
    'that access token is not good: it has ended, its session has, or it is none of ours; make a new one from the session',
}
