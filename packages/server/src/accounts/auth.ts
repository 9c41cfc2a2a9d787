import { hkdfSync } from 'node:crypto'
import { apiKey } from '@better-auth/api-key'
import type { BetterAuthOptions } from 'better-auth'
import { APIError } from 'better-auth/api'
import { getAdapter } from 'better-auth/db/adapter'
import { betterAuth } from 'better-auth/minimal'
import { bearer } from 'better-auth/plugins/bearer'
import { jwt } from 'better-auth/plugins/jwt'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { Db } from '../db/db.ts'
import type { Ids } from '../platform/ids.ts'
import type { Log } from '../platform/log.ts'
import type { Secret } from '../platform/secret.ts'
import { authPath, keyPrefix } from './auth-names.ts'
import { authTables } from './auth-tables.ts'
import { withHashedSessions } from './hashed-sessions.ts'
import type { AccountMails } from './mails.ts'
import type { Hashing } from './passwords.ts'

type Needs = {
  readonly db: Db
  readonly secret: Secret
  /** Where users reach us; null without a PUBLIC_URL. */
  readonly publicUrl: string | null
  readonly ids: Ids
  readonly log: Log
  readonly hashing: Hashing
  readonly mails: AccountMails | null
}

export type Auth = Awaited<ReturnType<typeof createAuth>>

const daySeconds = 24 * 3_600
/** A session lives so long without being used. */
const sessionSeconds = 7 * daySeconds

const text = { type: 'string', required: false, input: false } as const

/** The library with our tables, hashes and cookies. It keeps passwords, sessions, second factors, keys and what signs; what may be asked is ours. */
export async function createAuth({ db, secret, publicUrl, ids, log, hashing, mails }: Needs) {
  const isSecure = publicUrl?.startsWith('https://') ?? false
  const options = {
    appName: 'PumpIQ',
    baseURL: publicUrl === null ? 'http://127.0.0.1' : new URL(publicUrl).origin,
    basePath: authPath,
    secret: Buffer.from(hkdfSync('sha256', secret.reveal(), 'pumpiq accounts v1', 'library', 32)).toString('base64url'),
    trustedOrigins: (request?: Request) => (request ? [new URL(request.url).origin] : []),
    telemetry: { enabled: false },
    // What it says besides may quote addresses.
    logger: {
      log: (level: string, message: string) =>
        void (level === 'error' && log.debug(`accounts: ${message.slice(0, 60)}`)),
    },
    user: {
      ...authTables.user,
      additionalFields: { role: text, tier: text, banned: { type: 'boolean', required: false, input: false } },
    },
    session: { ...authTables.session, expiresIn: sessionSeconds, updateAge: daySeconds },
    account: authTables.account,
    verification: { ...authTables.verification, storeIdentifier: 'hashed' },
    emailAndPassword: {
      enabled: true,
      // Registering is ours: the answer, and the work, do not tell whether an address is known.
      disableSignUp: true,
      autoSignIn: false,
      minPasswordLength: 12,
      maxPasswordLength: 128,
      requireEmailVerification: mails !== null,
      revokeSessionsOnPasswordReset: true,
      password: hashing,
      ...(mails && { sendResetPassword: async ({ user, token }) => mails.reset(user.email, token) }),
    },
    emailVerification: {
      expiresIn: daySeconds,
      sendOnSignIn: true,
      ...(mails && { sendVerificationEmail: async ({ user, token }) => mails.verify(user.email, token) }),
    },
    // Attempts are limited before the library is asked.
    rateLimit: { enabled: false },
    advanced: {
      database: { generateId: () => ids.next() },
      ipAddress: { ipAddressHeaders: ['x-client-ip'] },
      useSecureCookies: false,
      // Said, because the library does without both in what it takes for tests.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      cookiePrefix: isSecure ? '__Host-pumpiq' : 'pumpiq',
      defaultCookieAttributes: { secure: isSecure, httpOnly: true, sameSite: 'lax', path: '/' },
    },
    databaseHooks: { session: { create: { before: async ({ userId }) => refuseBanned(db, userId) } } },
    plugins: [
      bearer(),
      jwt(signing),
      twoFactor({ issuer: 'PumpIQ', schema: { user: authTables.userOfTwoFactor, twoFactor: authTables.twoFactor } }),
      apiKey({
        defaultPrefix: keyPrefix,
        defaultKeyLength: 48,
        maximumNameLength: 60,
        startingCharactersConfig: { shouldStore: true, charactersLength: 8 },
        keyExpiration: { minExpiresIn: 1, maxExpiresIn: 3_650 },
        enableSessionForAPIKeys: false,
        rateLimit: { enabled: false },
        schema: { apikey: authTables.apiKey },
      }),
    ],
  } satisfies BetterAuthOptions
  const adapter = withHashedSessions(
    await getAdapter({ ...options, database: { db: db.withoutPlugins(), type: 'postgres', transaction: true } }),
  )
  return betterAuth({ ...options, database: () => adapter })
}

/** Keys that sign access tokens are made anew every thirty days. */
export const signing = {
  disableSettingJwtHeader: true,
  jwks: { keyPairConfig: { alg: 'EdDSA', crv: 'Ed25519' }, rotationInterval: 30 * daySeconds, gracePeriod: daySeconds },
  schema: { jwks: authTables.jwks },
} as const

async function refuseBanned(db: Db, userId: string): Promise<void> {
  const user = await db.selectFrom('authUser').select('banned').where('id', '=', userId).executeTakeFirst()
  if (user?.banned) throw new APIError('FORBIDDEN', { code: 'BANNED', message: 'this account is banned' })
}
