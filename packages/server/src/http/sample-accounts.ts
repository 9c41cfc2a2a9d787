import { Failure, toIso } from '@pumpiq/domain'
import type { AdminUser, ApiKey, Anybody, HandlersOf, Profile } from '@pumpiq/api'

const id = '0195a000-0000-7000-8000-0000000000ac'
const sentence = 'this is a sample'

const profileOf = ({ userId, role, tier }: Anybody, now: number): Profile => ({
  id: userId ?? id,
  name: 'A sample',
  email: null,
  emailVerified: false,
  role: role ?? 'user',
  tier,
  twoFactor: false,
  createdAt: toIso(now),
})

const keyOf = (now: number): ApiKey => ({
  id,
  name: 'a key',
  start: 'pq_sample',
  scopes: ['read'],
  enabled: true,
  perMinute: null,
  createdAt: toIso(now),
  expiresAt: null,
  lastUsedAt: null,
})

/** Accounts of nobody in particular, as plain as can be: nothing is kept and nobody is signed in. */
export const sampleAccounts = (now: number): HandlersOf<'accounts'> => {
  const key = keyOf(now)
  const user: AdminUser = {
    ...profileOf({ userId: id, role: 'user', tier: 'free', via: 'none', scopes: null, credentialId: null }, now),
    banned: false,
    lastSeenAt: null,
    apiKeys: 0,
  }
  const refuse = () => {
    throw new Failure('unauthenticated', 'nobody can sign in to a sample')
  }
  return {
    register: () => ({ state: 'accepted', emailVerification: 'impossible', sentence }),
    login: refuse,
    refresh: refuse,
    logout: () => ({ signedOut: true }),
    verifyEmail: () => ({ verified: true }),
    resendVerification: () => ({ sentence }),
    forgotPassword: () => ({ sentence }),
    resetPassword: () => ({ changed: true }),
    session: ({ caller }) => ({
      user: caller.userId === null ? null : profileOf(caller, now),
      via: caller.via,
      sentence,
      scopes: caller.scopes && [...caller.scopes],
      localMode: true,
      registration: 'closed',
      sendsMail: false,
      needsSetup: false,
      csrfToken: null,
    }),
    jwks: () => ({ keys: [] }),
    profile: ({ caller }) => profileOf(caller, now),
    changeProfile: ({ caller, body: { name } }) => ({ ...profileOf(caller, now), name }),
    changePassword: () => ({ changed: true }),
    changeEmail: () => ({ sentence }),
    confirmEmail: ({ caller }) => profileOf(caller, now),
    enableTwoFactor: () => ({ uri: 'otpauth://totp/sample', backupCodes: [] }),
    confirmTwoFactor: () => ({ twoFactor: true, sessionToken: 'renewed' }),
    disableTwoFactor: () => ({ twoFactor: false, sessionToken: 'renewed' }),
    sessions: () => ({ items: [] }),
    endSession: ({ params }) => ({ id: params.id }),
    endOtherSessions: () => ({ ended: 0 }),
    apiKeys: () => ({ items: [key] }),
    createApiKey: ({ body: { name } }) => ({ made: true, document: { ...key, name, key: 'told this once' } }),
    changeApiKey: ({ params }) => ({ ...key, id: params.id }),
    removeApiKey: ({ params }) => ({ id: params.id }),
    exportData: ({ caller }) => ({
      exportedAt: toIso(now),
      account: profileOf(caller, now),
      sessions: [],
      apiKeys: [],
      rows: {},
    }),
    deleteAccount: () => ({ deleted: true }),
    users: () => ({ items: [user], next: null }),
    changeUser: ({ params, body }) => ({
      ...user,
      id: params.id,
      role: body.role ?? user.role,
      tier: body.tier ?? user.tier,
      banned: body.banned ?? user.banned,
    }),
    createService: ({ body }) => ({
      made: true,
      document: { ...user, name: body.name, role: 'service', tier: body.tier },
    }),
    createServiceKey: ({ body: { name } }) => ({ ...key, name, key: 'told this once' }),
    serviceKeys: () => ({ items: [key] }),
    removeServiceKey: ({ params }) => ({ id: params.key }),
  }
}
