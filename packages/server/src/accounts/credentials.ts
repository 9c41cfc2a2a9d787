import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { Failure } from '@pumpiq/domain'
import { streamCredentialOf } from '@pumpiq/api'
import { keyPrefix } from './auth-names.ts'

/** What a request signs in with. `cookie` goes along by itself, the others were put there by whoever asks. */
export type Credential = { readonly kind: 'token' | 'session' | 'key' | 'cookie'; readonly text: string }

/** The first there is: a bearer, a key, what a WebSocket bears, a cookie; null where there is none. Failure unauthenticated for what is no form of ours. */
export function credentialIn(headers: IncomingHttpHeaders, cookieName: string): Credential | null {
  const { authorization, cookie } = headers
  if (authorization !== undefined) return bearerIn(authorization)
  const key = headers['x-api-key']
  if (key !== undefined) return { kind: 'key', text: String(key) }
  // A page can set no header of a WebSocket but this one.
  const asked = streamCredentialOf(headers['sec-websocket-protocol'])
  if (asked !== null) return bearerIn(`Bearer ${asked}`)
  const kept = cookie === undefined ? null : cookieIn(cookie, cookieName)
  return kept === null ? null : { kind: 'cookie', text: kept }
}

function bearerIn(authorization: string): Credential {
  const text = /^Bearer +([\w.~+/=%-]{1,4096})$/i.exec(authorization)?.[1]
  if (text === undefined)
    throw new Failure('unauthenticated', 'the header Authorization must be `Bearer` and a token or an API key')
  if (text.startsWith(keyPrefix)) return { kind: 'key', text }
  return { kind: text.includes('.') ? 'token' : 'session', text }
}

/** The value of a cookie as it was set; null when it was not sent. */
export function cookieIn(header: string, name: string): string | null {
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=')
    if (at < 0 || pair.slice(0, at).trim() !== name) continue
    try {
      return decodeURIComponent(pair.slice(at + 1).trim())
    } catch {
      return ''
    }
  }
  return null
}

/** The session's token out of a cookie that we signed; null for one that we did not. */
export function signedToken(cookie: string, secret: string): string | null {
  const at = cookie.lastIndexOf('.')
  if (at < 1) return null
  const token = cookie.slice(0, at)
  const ours = createHmac('sha256', secret).update(token).digest()
  const theirs = Buffer.from(cookie.slice(at + 1), 'base64')
  return theirs.length === ours.length && timingSafeEqual(theirs, ours) ? token : null
}
