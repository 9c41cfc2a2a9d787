import type { FastifyInstance } from 'fastify'
import type { Redis } from 'ioredis'
import { Failure } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { Mail } from '../network/mail.ts'
import type { Clock } from '../platform/clock.ts'
import type { Ids } from '../platform/ids.ts'
import type { Log } from '../platform/log.ts'
import type { Secret } from '../platform/secret.ts'
import { accountJobs } from './jobs.ts'
import { createApiKeys } from './api-keys.ts'
import type { AttemptLimits } from './attempts.ts'
import { createIdentify } from './identify.ts'
import { createKnownCallers } from './known.ts'
import { mountAuth } from './mount.ts'
import type { Hashing } from './passwords.ts'
import { createPersonal } from './personal.ts'
import { createProfiles } from './profiles.ts'
import { createRemembered } from './remembered.ts'
import { createAccountRoutes } from './routes.ts'
import { createSessions } from './sessions.ts'
import { createSetup } from './setup.ts'
import type { Signing } from './signing.ts'
import { createUsers } from './users.ts'

/** How this installation knows its users. */
export type AccountSetting = {
  /** Null where there is none: then there is nothing to sign by, and only whoever sits at the machine, and API keys, are known. */
  readonly secret: Secret | null
  /** Whoever sits at the machine is its user. */
  readonly localMode: boolean
  readonly registration: 'open' | 'closed'
  /** Other than scrypt, and other limits than the usual, for tests. */
  readonly hashing?: Hashing
  readonly limits?: AttemptLimits
}

type Needs = {
  readonly db: Db
  /** The real time, which the library keeps too. */
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly setting: AccountSetting
  readonly publicUrl: string | null
  readonly mail: ((mail: Mail, abort?: AbortSignal) => Promise<void>) | null
  readonly redis: Redis | null
  readonly isProxyTrusted: boolean
  /** By which a page of ours shows that it is one. */
  readonly csrfTokenOf: ((sessionId: string) => string) | null
}

const noSecret =
  'PUMPIQ_SECRET is not set: the processes of a cluster need the same one to sign what users sign in with'

/** Accounts: who asks, signing in and out, keys, and what is kept about people. */
export async function createAccounts(needs: Needs) {
  const { db, clock, ids, log, setting, publicUrl, mail, redis, isProxyTrusted, csrfTokenOf } = needs
  const { secret, localMode, registration, hashing, limits = {} } = setting
  const setup = createSetup({ db, clock })
  const remembered = createRemembered({ db, clock })
  const known = createKnownCallers({ db, clock, log })
  const profiles = createProfiles({ db, now: clock.now })
  // Loaded where somebody can sign in: a command that does one thing does without.
  const signed: Signing | null =
    secret &&
    (await (
      await import('./signing.ts')
    ).createSigning({
      db,
      secret,
      publicUrl,
      send: mail,
      redis,
      clock,
      ids,
      log,
      ...(hashing && { hashing }),
      limits,
      registration,
      setup,
      remembered,
    }))
  const signing = () => {
    if (signed) return signed
    throw new Failure('unavailable', noSecret)
  }
  const cookie = signed ? signed.cookie : { name: 'pumpiq.session_token', secret: null }
  return {
    identify: createIdentify({ known, remembered, tokens: signed && signed.tokens, cookie, localMode, isProxyTrusted }),
    routes: createAccountRoutes({
      signing,
      csrfTokenOf,
      takeBack: signed && signed.signIn.takeBack,
      profiles,
      sessions: createSessions({ db, clock, remembered }),
      apiKeys: createApiKeys({ signing, db, clock, remembered }),
      users: createUsers({ db, clock, ids, remembered }),
      personal: createPersonal({ db }),
      setup,
      remembered,
      clock,
      told: { localMode, registration, sendsMail: mail !== null },
    }),
    mount: (app: FastifyInstance) => mountAuth(app, { signing, remembered }),
    /** Everybody who may be told something, whoever sits at the machine included. */
    userIds: () => profiles.ids(),
    /** The token that makes the first administrator; null in local mode, and where there is one. */
    openSetup: async (): Promise<Secret | null> => (localMode || !signed ? null : setup.open()),
    jobs: accountJobs({ db, clock }),
    close: async (): Promise<void> => signed?.close(),
  }
}
