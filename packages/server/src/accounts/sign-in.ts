import { Failure, toIso } from '@pumpiq/domain'
import type { Anybody, Caller, Exchange, SignedIn } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import type { AccessTokens } from './access-tokens.ts'
import { asking } from './api-failure.ts'
import type { Attempts } from './attempts.ts'
import type { Auth } from './auth.ts'
import { credentialHash } from './credential-hash.ts'
import { plainHeaders, sessionTokenOf, tokenSetBy, type Cookie } from './exchanged.ts'
import { profileOf } from './profiles.ts'
import type { Remembered } from './remembered.ts'

type Needs = {
  readonly auth: Auth
  readonly db: Db
  readonly tokens: AccessTokens
  readonly attempts: Attempts
  readonly remembered: Remembered
  readonly cookie: Cookie
}

type Wish = { email: string; password: string; code?: string | undefined }

const codeNeeded = {
  state: 'codeNeeded',
  sentence: 'A code of the second factor is needed: sign in again with it.',
} as const

/** Signing in, and what is made of a session while it lives. */
export function createSignIn({ auth, db, tokens, attempts, remembered, cookie }: Needs) {
  async function sessionBy(token: string) {
    const row = await db
      .selectFrom('authSession as s')
      .innerJoin('authUser as u', 'u.id', 's.userId')
      .selectAll('u')
      .select(['s.id as sessionId', 's.expiresAt as sessionExpiresAt'])
      .where('s.token', '=', credentialHash(token))
      .executeTakeFirst()
    if (!row) throw new Failure('unauthenticated', 'your session has ended: sign in again')
    return row
  }

  /** With the password that was right, and what the library set to remember that a code is to come. */
  async function second(code: string, begun: Headers, exchange: Exchange): Promise<Headers> {
    const headers = plainHeaders(exchange)
    headers.set(
      'cookie',
      begun
        .getSetCookie()
        .map((set) => set.split(';', 1)[0]!)
        .join('; '),
    )
    const asked = { body: { code }, headers, returnHeaders: true as const }
    const answer = /^\d{6}$/.test(code) ? auth.api.verifyTOTP(asked) : auth.api.verifyBackupCode(asked)
    return (await asking<{ headers: Headers }>(answer)).headers
  }

  return {
    async login({ email, password, code }: Wish, exchange: Exchange): Promise<SignedIn> {
      await attempts.take('signInFrom', exchange.address)
      await attempts.take('signInTo', email)
      const asked = { body: { email, password }, headers: plainHeaders(exchange), returnHeaders: true as const }
      const first = await asking(auth.api.signInEmail(asked))
      const needsCode = 'twoFactorRedirect' in first.response
      if (needsCode && code === undefined) return codeNeeded
      const headers = needsCode ? await second(code!, first.headers, exchange) : first.headers
      const sessionToken = tokenSetBy(headers, cookie)
      if (sessionToken === null) throw new Failure('broken', 'a session was begun without a token')
      await attempts.forget('signInTo', email)
      exchange.setCookies(headers.getSetCookie())
      const { sessionId, sessionExpiresAt, ...user } = await sessionBy(sessionToken)
      const made = await tokens.issue({ userId: user.id, sessionId, role: user.role, tier: user.tier })
      return {
        state: 'signedIn',
        user: profileOf(user),
        token: made.token,
        tokenExpiresAt: made.expiresAt,
        sessionToken,
        sessionExpiresAt: toIso(sessionExpiresAt.getTime()),
      }
    },

    /** Of a session any number of tokens may be made at once: nothing of it is used up. */
    async refresh(caller: Caller, exchange: Exchange): Promise<{ token: string; expiresAt: string }> {
      const { token, byCookie } = sessionTokenOf(caller, exchange, cookie)
      const headers = plainHeaders(exchange)
      headers.set('authorization', `Bearer ${token}`)
      // It also lets a session that is in use live on.
      const kept = await asking(auth.api.getSession({ headers, returnHeaders: true }))
      if (kept.response === null) throw new Failure('unauthenticated', 'your session has ended: sign in again')
      if (byCookie) exchange.setCookies(kept.headers.getSetCookie())
      const { sessionId, id, role, tier } = await sessionBy(token)
      return tokens.issue({ userId: id, sessionId, role, tier })
    },

    async logout({ via, userId, credentialId }: Caller, exchange: Exchange): Promise<void> {
      if (via === 'local')
        throw new Failure('invalid', 'whoever sits at this machine has not signed in, and cannot sign out')
      await db.deleteFrom('authSession').where('userId', '=', userId).where('id', '=', credentialId).execute()
      remembered.forget()
      exchange.setCookies([endedCookie(cookie)])
    },

    /** A cookie of a session that has ended is taken back, so that it is not sent again. */
    takeBack({ via }: Anybody, exchange: Exchange): void {
      const sent = exchange
        .header('cookie')
        ?.split(';')
        .some((pair) => pair.trim().startsWith(`${cookie.name}=`))
      if (sent && via !== 'session') exchange.setCookies([endedCookie(cookie)])
    },
  }
}

const endedCookie = ({ name }: Cookie): string =>
  `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${name.startsWith('__Host-') ? '; Secure' : ''}`
