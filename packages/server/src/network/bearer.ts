import { minutes, seconds } from '@pumpiq/domain'
import { z } from 'zod'
import type { Clock } from '../platform/clock.ts'
import type { Secret } from '../platform/secret.ts'
import type { Asked } from './asked.ts'
import type { Fetch } from './fetch.ts'
import { mishapFailure } from './mishap.ts'

const Granted = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })

/** A token is renewed so long before it ends. */
const earlyMs = minutes(1)

type Needs = { source: Asked; key: Secret | null; fetch: Fetch; clock: Clock; userAgent: string }

/** A bearer token for the key `id:secret`, by OAuth 2 client credentials (RFC 6749, 4.4), kept in memory until shortly before it ends. */
export function createBearer({ source, key, fetch, clock, userAgent }: Needs) {
  let known: { token: string; until: number } | null = null

  const refused = (why: string) => mishapFailure({ source: source.id, mishap: 'refused' }, why)

  return async function bearer(abort: AbortSignal): Promise<string> {
    if (known && known.until > clock.monotonic()) return known.token
    if (!key || source.key === 'none' || !('tokenUrl' in source.key)) throw refused('has no key to ask a token with')
    const headers = {
      authorization: `Basic ${btoa(key.reveal())}`,
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': userAgent,
    }
    const how = {
      method: 'POST',
      headers,
      body: 'grant_type=client_credentials',
      signal: abort,
      redirect: 'manual',
    } as const
    const response = await fetch(new Request(source.key.tokenUrl, how))
    const said = Granted.safeParse(await response.json().catch(() => null))
    if (!response.ok || !said.success) throw refused(`gave no token for the key (HTTP ${response.status})`)
    known = { token: said.data.access_token, until: clock.monotonic() + seconds(said.data.expires_in) - earlyMs }
    return known.token
  }
}
