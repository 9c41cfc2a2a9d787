import { Failure, toIso } from '@pumpiq/domain'
import type { Anybody, AuthSession, Caller, HandlersOf } from '@pumpiq/api'
import type { Clock } from '../platform/clock.ts'
import type { ApiKeys } from './api-keys.ts'
import type { Personal } from './personal.ts'
import type { Profiles } from './profiles.ts'
import type { Remembered } from './remembered.ts'
import type { Sessions } from './sessions.ts'
import type { Setup } from './setup.ts'
import type { Signing } from './signing.ts'
import type { Users } from './users.ts'

type Needs = {
  /** Fails (unavailable) where there is no secret to sign by. */
  readonly signing: () => Signing
  /** By which a page shows that it is one of ours; null where there is no secret. */
  readonly csrfTokenOf: ((sessionId: string) => string) | null
  /** Null where nobody can have a session. */
  readonly takeBack: Signing['signIn']['takeBack'] | null
  readonly profiles: Profiles
  readonly sessions: Sessions
  readonly apiKeys: ApiKeys
  readonly users: Users
  readonly personal: Personal
  readonly setup: Setup
  readonly remembered: Remembered
  readonly clock: Pick<Clock, 'now'>
  readonly told: Pick<AuthSession, 'localMode' | 'registration' | 'sendsMail'>
}

type Routes = HandlersOf<'accounts'>

function found<T>(value: T | null, what: string, id: string): T {
  if (value === null) throw new Failure('notFound', `there is no ${what} ${id}`)
  return value
}

export const createAccountRoutes = (needs: Needs): Routes => ({
  ...signingRoutes(needs),
  ...passwordRoutes(needs),
  ...ownRoutes(needs),
  ...adminRoutes(needs),
})

type SigningVerbs =
  | 'register'
  | 'login'
  | 'refresh'
  | 'logout'
  | 'verifyEmail'
  | 'resendVerification'
  | 'forgotPassword'
  | 'resetPassword'
  | 'session'
  | 'jwks'

const signingRoutes = ({
  signing,
  takeBack,
  csrfTokenOf,
  profiles,
  setup,
  told,
}: Needs): Pick<Routes, SigningVerbs> => ({
  register: ({ body, exchange }) => signing().register(body, exchange.address),
  login: ({ body, exchange }) => signing().signIn.login(body, exchange),
  refresh: ({ caller, exchange }) => signing().signIn.refresh(caller, exchange),
  async logout({ caller, exchange }) {
    await signing().signIn.logout(caller, exchange)
    return { signedOut: true }
  },
  async verifyEmail({ body: { token }, exchange }) {
    await signing().password.verifyEmail(token, exchange)
    return { verified: true }
  },
  async resendVerification({ body: { email }, exchange }) {
    await signing().email.resend(email, exchange)
    return {
      sentence: 'If the address has an account and is not verified yet, a mail that verifies it is on its way to it.',
    }
  },
  async forgotPassword({ body: { email }, exchange }) {
    await signing().password.forgot(email, exchange)
    return { sentence: 'If the address has an account, a mail with a token for a new password is on its way to it.' }
  },
  async resetPassword({ body, exchange }) {
    await signing().password.reset(body, exchange)
    return { changed: true }
  },
  async session({ caller, exchange }) {
    takeBack?.(caller, exchange)
    const user = caller.userId === null ? null : await profiles.of(caller.userId)
    return {
      user,
      via: caller.via,
      sentence: sentenceOf(caller, user?.email ?? user?.name ?? ''),
      scopes: caller.scopes && [...caller.scopes],
      ...told,
      needsSetup: await setup.isNeeded(),
      csrfToken: (caller.via === 'session' && csrfTokenOf?.(caller.credentialId ?? '')) || null,
    }
  },
  jwks: () => signing().tokens.jwks(),
})

type PasswordVerbs =
  | 'changePassword'
  | 'changeEmail'
  | 'confirmEmail'
  | 'enableTwoFactor'
  | 'confirmTwoFactor'
  | 'disableTwoFactor'
  | 'deleteAccount'

const passwordRoutes = ({ signing, personal, profiles, remembered }: Needs): Pick<Routes, PasswordVerbs> => ({
  async changePassword({ caller, body, exchange }) {
    await signing().password.change(caller, body, exchange)
    return { changed: true }
  },
  async changeEmail({ caller, body, exchange }) {
    await signing().email.change(caller, body, exchange)
    return {
      sentence:
        'A mail with a token that confirms it is on its way to the new address; until then the account keeps the old one. If the new one has an account already, the mail says so.',
    }
  },
  async confirmEmail({ caller, body: { token }, exchange }) {
    await signing().email.confirm(caller, token, exchange)
    return profiles.of(caller.userId)
  },
  enableTwoFactor: ({ caller, body: { password }, exchange }) =>
    signing().password.enableTwoFactor(caller, password, exchange),
  async confirmTwoFactor({ caller, body: { code }, exchange }) {
    return { twoFactor: true, sessionToken: await signing().password.confirmTwoFactor(caller, code, exchange) }
  },
  async disableTwoFactor({ caller, body: { password }, exchange }) {
    return { twoFactor: false, sessionToken: await signing().password.disableTwoFactor(caller, password, exchange) }
  },
  async deleteAccount({ caller, body, exchange }) {
    await signing().password.prove(caller, body, exchange)
    await personal.erase(caller.userId)
    await signing().email.forgetPending(caller.userId)
    remembered.forget()
    signing().signIn.takeBack({ ...caller, via: 'none' }, exchange)
    return { deleted: true }
  },
})

type OwnVerbs =
  | 'profile'
  | 'changeProfile'
  | 'sessions'
  | 'endSession'
  | 'endOtherSessions'
  | 'apiKeys'
  | 'createApiKey'
  | 'changeApiKey'
  | 'removeApiKey'
  | 'exportData'

const ownRoutes = ({ profiles, sessions, apiKeys, personal, clock }: Needs): Pick<Routes, OwnVerbs> => ({
  profile: ({ caller }) => profiles.of(caller.userId),
  changeProfile: ({ caller, body: { name } }) => profiles.rename(caller.userId, name),
  sessions: async ({ caller }) => ({ items: await sessions.list(caller) }),
  async endSession({ caller: { userId }, params: { id } }) {
    found((await sessions.end(userId, id)) || null, 'session', id)
    return { id }
  },
  endOtherSessions: async ({ caller }) => ({ ended: await sessions.endOthers(caller) }),
  apiKeys: async ({ caller: { userId } }) => ({ items: await apiKeys.list(userId) }),
  createApiKey: async ({ caller, body }) => ({ made: true, document: await apiKeys.create(caller, body) }),
  changeApiKey: async ({ caller: { userId }, params: { id }, body }) =>
    found(await apiKeys.change(userId, id, body), 'API key', id),
  async removeApiKey({ caller: { userId }, params: { id } }) {
    found((await apiKeys.remove(userId, id)) || null, 'API key', id)
    return { id }
  },
  exportData: async ({ caller }) => ({
    exportedAt: toIso(clock.now()),
    account: await profiles.of(caller.userId),
    sessions: await sessions.list(caller),
    apiKeys: await apiKeys.list(caller.userId),
    rows: await personal.rowsOf(caller.userId),
  }),
})

type AdminVerbs = 'users' | 'changeUser' | 'createService' | 'createServiceKey' | 'serviceKeys' | 'removeServiceKey'

const adminRoutes = ({ users, apiKeys }: Needs): Pick<Routes, AdminVerbs> => ({
  users: async ({ query }) => users.list(query),
  changeUser: async ({ params: { id }, body }) => found(await users.change(id, body), 'account', id),
  createService: async ({ body }) => ({ made: true, document: await users.addService(body) }),
  async createServiceKey({ params: { id }, body }) {
    const { role } = found(await users.byId(id), 'account', id)
    if (role !== 'service')
      throw new Failure('conflict', 'a person makes his own keys: only a program’s are made for it')
    return apiKeys.create({ userId: id, role }, body)
  },
  async serviceKeys({ params: { id } }) {
    found(await users.byId(id), 'account', id)
    return { items: await apiKeys.list(id) }
  },
  async removeServiceKey({ params: { id, key } }) {
    found((await apiKeys.remove(id, key)) || null, 'API key', key)
    return { id: key }
  },
})

const sentences: Readonly<Record<Caller['via'], (who: string) => string>> = {
  none: () => 'Nobody is signed in.',
  local: () =>
    'You sit at the machine that PumpIQ runs on: here you are its administrator without signing in (local mode).',
  session: (who) => `You are signed in as ${who}.`,
  token: (who) => `You are signed in as ${who}, by an access token.`,
  key: (who) => `You are signed in as ${who}, by an API key.`,
}
const sentenceOf = ({ via }: Anybody, who: string) => sentences[via](who)
