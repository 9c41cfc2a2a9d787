import { minutes, seconds } from '@pumpiq/domain'
import { z } from 'zod'
import type { Clock } from '../platform/clock.ts'
import type { Secret } from '../platform/secret.ts'
import type { Asked } from './asked.ts'
import type { Fetch } from './fetch.ts'
import { mishapFailure } from './mishap.ts'

/** A session does not say how long its token lasts; two hours were seen. */
const sessionMs = minutes(100)

/** A token is renewed so long before it ends. */
const earlyMs = minutes(1)

const Granted = z
  .object({ access_token: z.string().min(1), expires_in: z.number().positive() })
  .transform(({ access_token, expires_in }) => ({ token: access_token, lastsMs: seconds(expires_in) }))
const Session = z
  .object({ accessJwt: z.string().min(1) })
  .transform(({ accessJwt }) => ({ token: accessJwt, lastsMs: sessionMs }))

type Needs = { source: Asked; key: Secret | null; fetch: Fetch; clock: Clock; userAgent: string }

/**
 * A bearer token for the key, a pair, kept in memory until shortly before it ends: by OAuth 2 client credentials (RFC 6749, 4.4), or by
 * logging in (com.atproto.server.createSession).
 */
export function createBearer({ source, key, fetch, clock, userAgent }: Needs) {
  let known: { token: string; until: number } | null = null

  const refused = (why: string) => mishapFailure({ source: source.id, mishap: 'refused' }, why)

  return async function bearer(abort: AbortSignal): Promise<string> {
    if (known && known.until > clock.monotonic()) return known.token
    const question = key && questionOf(source.key, key.reveal())
    if (!question) throw refused('has no key to ask a token with')
    const headers = { ...question.headers, 'user-agent': userAgent }
    const { url, body, schema } = question
    const response = await fetch(new Request(url, { method: 'POST', headers, body, signal: abort, redirect: 'manual' }))
    const said = schema.safeParse(await response.json().catch(() => null))
    if (!response.ok || !said.success) throw refused(`gave no token for the key (HTTP ${response.status})`)
    known = { token: said.data.token, until: clock.monotonic() + said.data.lastsMs - earlyMs }
    return known.token
  }
}

/** What is sent to get a token; null where the key is no pair or is carried otherwise. */
function questionOf(place: Asked['key'], pair: string) {
  const colon = pair.lastIndexOf(':')
  if (place === 'none' || colon < 1) return null
  if ('tokenUrl' in place) {
    const headers = { authorization: `Basic ${btoa(pair)}`, 'content-type': 'application/x-www-form-urlencoded' }
    return { url: place.tokenUrl, headers, body: 'grant_type=client_credentials', schema: Granted }
  }
  if (!('sessionUrl' in place)) return null
  const body = JSON.stringify({ identifier: pair.slice(0, colon), password: pair.slice(colon + 1) })
  return { url: place.sessionUrl, headers: { 'content-type': 'application/json' }, body, schema: Session }
}
