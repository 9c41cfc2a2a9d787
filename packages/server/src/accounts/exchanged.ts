import { Failure } from '@pumpiq/domain'
import type { Anybody, Exchange } from '@pumpiq/api'
import { credentialIn, signedToken } from './credentials.ts'

/** What the library is told of a request: from where it came, and nothing that signs in. */
export function plainHeaders(exchange: Exchange): Headers {
  const headers = new Headers({ 'x-client-ip': exchange.address })
  const userAgent = exchange.header('user-agent')
  if (userAgent !== null) headers.set('user-agent', userAgent.slice(0, 300))
  return headers
}

export type Cookie = { readonly name: string; readonly secret: string }

/** The token of the session that asks; Failure where it is not a session that does. */
export function sessionTokenOf(
  { via }: Anybody,
  exchange: Exchange,
  cookie: Cookie,
): { token: string; byCookie: boolean } {
  const header = (name: string) => exchange.header(name) ?? undefined
  const given = credentialIn({ authorization: header('authorization'), cookie: header('cookie') }, cookie.name)
  const token = given?.kind === 'cookie' ? signedToken(given.text, cookie.secret) : given?.text
  if (via === 'session' && given && token) return { token, byCookie: given.kind === 'cookie' }
  if (via === 'local')
    throw new Failure(
      'invalid',
      'whoever sits at this machine is its user without signing in: there is no session and no password',
    )
  throw new Failure(
    'unauthenticated',
    'this needs the session itself: its cookie, or its token as bearer, not an access token',
  )
}

/** The same with the session that asks. */
export function sessionHeaders(caller: Anybody, exchange: Exchange, cookie: Cookie): Headers {
  const headers = plainHeaders(exchange)
  headers.set('authorization', `Bearer ${sessionTokenOf(caller, exchange, cookie).token}`)
  return headers
}

/** The session's token in what is to be set; null where none is. */
export function tokenSetBy(headers: Headers, cookie: Cookie): string | null {
  for (const set of headers.getSetCookie()) {
    const value = set.split(';', 1)[0]!
    if (!value.startsWith(`${cookie.name}=`)) continue
    const token = signedToken(decodeURIComponent(value.slice(cookie.name.length + 1)), cookie.secret)
    if (token !== null) return token
  }
  return null
}
