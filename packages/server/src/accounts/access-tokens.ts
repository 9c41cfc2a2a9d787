import { createJwk, signJWT } from 'better-auth/plugins/jwt'
import { importJWK, jwtVerify, type CryptoKey } from 'jose'
import { z } from 'zod'
import { minutes, seconds } from '@pumpiq/domain'
import type { Jwks } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { Ids } from '../platform/ids.ts'
import { signing, type Auth } from './auth.ts'

type Needs = {
  readonly auth: Auth
  readonly db: Db
  readonly clock: Pick<Clock, 'now'>
  readonly ids: Ids
  /** Who makes and who takes these tokens: one installation, to itself. */
  readonly issuer: string
}

export type AccessTokens = ReturnType<typeof createAccessTokens>

/** Whose token it is, of which session. */
export type TokenOf = { readonly userId: string; readonly sessionId: string; readonly endsAt: number }

const lifeMs = minutes(60)
const type = 'at+jwt'
/** An unknown key is looked for in the database at most so often. */
const lookEveryMs = seconds(5)

const Header = z.strictObject({ alg: z.literal('EdDSA'), typ: z.literal(type), kid: z.string().min(1).max(100) })
const Claims = z.strictObject({
  iss: z.string(),
  aud: z.string(),
  sub: z.string().min(1),
  sid: z.string().min(1),
  jti: z.string().min(1),
  role: z.string(),
  tier: z.string(),
  iat: z.int(),
  nbf: z.int(),
  exp: z.int(),
})
const PublicKey = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() })

/**
 * Access tokens: JWTs of an hour, signed by keys of ours with EdDSA. What verifies one knows its signature to be ours and its time to be now;
 * whether its session still lives is asked of the database.
 */
export function createAccessTokens({ auth, db, clock, ids, issuer }: Needs) {
  const audience = `${issuer}/api/v1`
  let keys = new Map<string, CryptoKey>()
  let lookedAt = -Infinity
  let looking: Promise<void> | null = null

  /** Those that may have signed a token that has not ended. */
  async function rows() {
    const since = new Date(clock.now() - lifeMs)
    return db
      .selectFrom('authJwks')
      .select(['id', 'publicKey'])
      .where('alg', '=', 'EdDSA')
      .where((is) => is.or([is('expiresAt', 'is', null), is('expiresAt', '>', since)]))
      .execute()
  }

  const jwkOf = (publicKey: string) => PublicKey.parse(JSON.parse(publicKey))

  async function keyOf(kid: string): Promise<CryptoKey | null> {
    if (!keys.has(kid) && clock.now() - lookedAt >= lookEveryMs) looking ??= look().finally(() => (looking = null))
    await looking
    return keys.get(kid) ?? null
  }

  async function look(): Promise<void> {
    const found = (await rows()).map(async ({ id, publicKey }) => [id, await importJWK(jwkOf(publicKey), 'EdDSA')])
    keys = new Map((await Promise.all(found)) as [string, CryptoKey][])
    lookedAt = clock.now()
  }

  return {
    async issue({ userId, sessionId, role, tier }: Omit<TokenOf, 'endsAt'> & { role: string; tier: string }) {
      const now = Math.floor(clock.now() / 1_000)
      const exp = now + lifeMs / 1_000
      const claims = { sub: userId, sid: sessionId, jti: ids.next(), role, tier, iat: now, nbf: now, exp }
      const token = await signJWT({ context: await auth.$context } as never, {
        options: signing,
        payload: { ...claims, iss: issuer, aud: audience },
        header: { typ: type },
      })
      return { token, expiresAt: new Date(exp * 1_000).toISOString() }
    },

    /** Null for whatever is not a token of ours that is good now. */
    async verify(token: string): Promise<TokenOf | null> {
      const [head, body] = token.split('.')
      const header = Header.safeParse(written(head))
      if (!header.success || !Claims.safeParse(written(body)).success) return null
      const key = await keyOf(header.data.kid)
      if (key === null) return null
      const verified = await jwtVerify(token, key, {
        algorithms: ['EdDSA'],
        issuer,
        audience,
        typ: type,
        requiredClaims: ['iss', 'aud', 'sub', 'sid', 'jti', 'iat', 'nbf', 'exp'],
        maxTokenAge: lifeMs / 1_000,
        clockTolerance: 0,
        currentDate: new Date(clock.now()),
      }).catch(() => null)
      if (verified === null || !isSpelledOnce(token)) return null
      const { sub, sid, exp } = verified.payload as z.output<typeof Claims>
      return { userId: sub, sessionId: sid, endsAt: exp * 1_000 }
    },

    /** What others verify by. */
    async jwks(): Promise<Jwks> {
      const found = await rows()
      if (found.length === 0) await createJwk({ context: await auth.$context } as never, signing)
      const all = found.length === 0 ? await rows() : found
      return {
        keys: all.map(({ id, publicKey }) => ({
          ...jwkOf(publicKey),
          kid: id,
          alg: 'EdDSA' as const,
          use: 'sig' as const,
        })),
      }
    },
  }
}

/** What a part says, where it is written as we write it: nothing said twice, no spaces, one spelling. */
function written(part: string | undefined): unknown {
  try {
    const text = Buffer.from(part ?? '', 'base64url').toString('utf8')
    const said: unknown = JSON.parse(text)
    return JSON.stringify(said) === text ? said : null
  } catch {
    return null
  }
}

/** Of base64url several texts may mean the same bytes: only the one that is written by us counts. */
const isSpelledOnce = (token: string): boolean =>
  token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part)
