import type { Redis } from 'ioredis'
import type { Db } from '../db/db.ts'
import type { Mail } from '../network/mail.ts'
import type { Clock } from '../platform/clock.ts'
import type { Ids } from '../platform/ids.ts'
import type { Log } from '../platform/log.ts'
import type { Secret } from '../platform/secret.ts'
import { createAccessTokens } from './access-tokens.ts'
import { asking } from './api-failure.ts'
import { createAttempts, type AttemptLimits } from './attempts.ts'
import { createAuth } from './auth.ts'
import { createAccountMails } from './mails.ts'
import { createOwnEmail } from './own-email.ts'
import { createOwnPassword } from './own-password.ts'
import { inLine, scrypt, type Hashing } from './passwords.ts'
import { createRegister } from './register.ts'
import type { Remembered } from './remembered.ts'
import type { Setup } from './setup.ts'
import { createSignIn } from './sign-in.ts'

export type SigningNeeds = {
  readonly db: Db
  readonly secret: Secret
  readonly publicUrl: string | null
  readonly send: ((mail: Mail, abort?: AbortSignal) => Promise<void>) | null
  readonly redis: Redis | null
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly hashing?: Hashing
  readonly limits: AttemptLimits
  readonly registration: 'open' | 'closed'
  readonly setup: Setup
  readonly remembered: Remembered
}

/** As the library makes one; `expiresIn` in seconds. */
type NewKey = { userId: string; name: string; permissions: Record<string, string[]>; expiresIn: number | null }

export type Signing = Awaited<ReturnType<typeof createSigning>>

/** All that needs the installation's secret: the library, and what is signed. */
export async function createSigning(needs: SigningNeeds) {
  const { db, secret, publicUrl, send, redis, clock, ids, log, limits, registration, setup, remembered } = needs
  const hashing = inLine(needs.hashing ?? scrypt)
  const mails = send && createAccountMails({ send, publicUrl, clock, ids, log })
  const auth = await createAuth({ db, secret, publicUrl, ids, log, hashing, mails })
  const context = await auth.$context
  const cookie = { name: context.authCookies.sessionToken.name, secret: context.secret }
  const attempts = createAttempts({ redis, most: limits })
  const tokens = createAccessTokens({ auth, db, clock, ids, issuer: publicUrl ?? 'urn:pumpiq' })
  const shared = { auth, db, clock, ids, hashing, attempts, mails, setup, remembered, tokens, cookie }
  const password = createOwnPassword(shared)
  const apiKeyOf = (body: NewKey) => asking(auth.api.createApiKey({ body }))
  return {
    auth,
    apiKeyOf,
    cookie,
    tokens,
    attempts,
    register: createRegister({ ...shared, isOpen: registration === 'open' }),
    signIn: createSignIn(shared),
    password,
    email: createOwnEmail({ ...shared, prove: password.prove }),
    close: async () => mails?.close(),
  }
}
