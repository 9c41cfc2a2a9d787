import { z } from 'zod'
import { IsoInstant, Tier } from '@pumpiq/domain'
import { KeyScope, Role } from '../access.ts'
import { endpoint } from '../endpoint.ts'
import { page, paging } from '../page.ts'
import {
  AccountExport,
  AdminUser,
  ApiKey,
  AuthSession,
  EmailAddress,
  Jwks,
  MadeApiKey,
  NewPassword,
  Password,
  PersonName,
  Profile,
  Registered,
  SignedIn,
  UserSession,
} from '../account-words.ts'

const Id = z
  .string()
  .max(100)
  .regex(/^[\w-]+$/)
const ById = z.strictObject({ id: Id })
const Done = z.object({ id: z.string() })
const Code = z
  .string()
  .trim()
  .min(6)
  .max(20)
  .regex(/^[\w-]+$/)
/** The session is begun anew: what signs it in from now on, in place of what did. */
const Renewed = z.string()
const Said = z.object({ sentence: z.string() })

const KeyWishes = {
  name: PersonName.max(60),
  scopes: z.array(KeyScope).min(1).max(4),
  /** Days until it ends; null: never. */
  expiresInDays: z.int().min(1).max(3_650).nullable().default(365),
  /** Requests a minute of this key alone, below what the tier allows anyway; null: no limit of its own. */
  perMinute: z.int().min(1).max(100_000).nullable().default(null),
}
export const NewApiKey = z.strictObject(KeyWishes)
export type NewApiKey = z.output<typeof NewApiKey>

/** Accounts: registering, signing in and out, and what a person may see and change of his own. */
const signing = {
  register: endpoint({
    method: 'POST',
    path: '/auth/register',
    access: 'public',
    signs: true,
    summary:
      'Makes an account. The answer is the same whether or not the address has one already. `setupToken` is what an installation without an administrator prints when it starts: it makes one.',
    body: z.strictObject({
      email: EmailAddress,
      password: NewPassword,
      name: PersonName.optional(),
      setupToken: z.string().min(1).max(200).optional(),
    }),
    reply: Registered,
  }),
  login: endpoint({
    method: 'POST',
    path: '/auth/login',
    access: 'public',
    signs: true,
    summary:
      'Signs in: an access token (JWT, one hour), a session token that makes new ones, and the session as a cookie. `codeNeeded`: ask again with the code of the second factor, or with a backup code.',
    body: z.strictObject({ email: EmailAddress, password: Password, code: Code.optional() }),
    reply: SignedIn,
  }),
  refresh: endpoint({
    method: 'POST',
    path: '/auth/refresh',
    access: 'user',
    scope: 'account',
    signs: true,
    summary: 'A new access token of one hour, from a session that lives: its cookie, or its token as bearer.',
    reply: z.object({ token: z.string(), expiresAt: IsoInstant }),
  }),
  logout: endpoint({
    method: 'POST',
    path: '/auth/logout',
    access: 'user',
    scope: 'account',
    signs: true,
    summary: 'Ends the session that asks, and with it every access token made from it.',
    reply: z.object({ signedOut: z.literal(true) }),
  }),
  verifyEmail: endpoint({
    method: 'POST',
    path: '/auth/verify-email',
    access: 'public',
    signs: true,
    summary: 'Says that an address is his who got the token by mail.',
    body: z.strictObject({ token: z.string().min(1).max(2_000) }),
    reply: z.object({ verified: z.literal(true) }),
  }),
  resendVerification: endpoint({
    method: 'POST',
    path: '/auth/verify-email/resend',
    access: 'public',
    signs: true,
    summary:
      'Sends the mail that verifies an address again, if it has an account and is not verified; the answer is the same if not.',
    body: z.strictObject({ email: EmailAddress }),
    reply: Said,
  }),
  forgotPassword: endpoint({
    method: 'POST',
    path: '/auth/forgot-password',
    access: 'public',
    signs: true,
    summary:
      'Sends a token for a new password, if the address has an account; the answer is the same when it has none.',
    body: z.strictObject({ email: EmailAddress }),
    reply: Said,
  }),
  resetPassword: endpoint({
    method: 'POST',
    path: '/auth/reset-password',
    access: 'public',
    signs: true,
    summary: 'A new password, by a token that came by mail; it ends all sessions.',
    body: z.strictObject({ token: z.string().min(1).max(200), password: NewPassword }),
    reply: z.object({ changed: z.literal(true) }),
  }),
  session: endpoint({
    method: 'GET',
    path: '/auth/session',
    access: 'public',
    signs: true,
    summary: 'Who asks, how that is known, and whether accounts can be made here.',
    reply: AuthSession,
  }),
  jwks: endpoint({
    method: 'GET',
    path: '/auth/jwks',
    access: 'public',
    summary: 'The public keys by which access tokens are verified (RFC 7517).',
    reply: Jwks,
  }),
} as const

const own = {
  profile: endpoint({
    method: 'GET',
    path: '/user/profile',
    access: 'user',
    summary: 'One’s own account.',
    reply: Profile,
  }),
  changeProfile: endpoint({
    method: 'PATCH',
    path: '/user/profile',
    access: 'user',
    scope: 'account',
    summary: 'Changes one’s name.',
    body: z.strictObject({ name: PersonName }),
    reply: Profile,
  }),
  changePassword: endpoint({
    method: 'POST',
    path: '/user/password',
    access: 'user',
    scope: 'account',
    signs: true,
    summary: 'A new password; it ends all other sessions.',
    body: z.strictObject({ password: Password, newPassword: NewPassword }),
    reply: z.object({ changed: z.literal(true) }),
  }),
  changeEmail: endpoint({
    method: 'POST',
    path: '/user/email',
    access: 'user',
    scope: 'account',
    signs: true,
    summary:
      'Asks for another address: a mail to the new one bears the token that confirms it, a mail to the old one says so. The answer is the same when another account has it.',
    body: z.strictObject({ email: EmailAddress, password: Password, code: Code.optional() }),
    reply: Said,
  }),
  confirmEmail: endpoint({
    method: 'POST',
    path: '/auth/confirm-email',
    access: 'user',
    scope: 'account',
    signs: true,
    summary: 'The new address counts, by the token that came to it; he must be signed in who asked for it.',
    body: z.strictObject({ token: z.string().min(1).max(200) }),
    reply: Profile,
  }),
  enableTwoFactor: endpoint({
    method: 'POST',
    path: '/user/two-factor',
    access: 'user',
    scope: 'account',
    signs: true,
    summary: 'Begins with a second factor: its secret and ten backup codes, told once. It counts once confirmed.',
    body: z.strictObject({ password: Password }),
    reply: z.object({ uri: z.string(), backupCodes: z.array(z.string()) }),
  }),
  confirmTwoFactor: endpoint({
    method: 'POST',
    path: '/user/two-factor/confirm',
    access: 'user',
    scope: 'account',
    signs: true,
    summary: 'Confirms the second factor by a first code: from now on it is asked for at every sign-in.',
    body: z.strictObject({ code: Code }),
    reply: z.object({ twoFactor: z.literal(true), sessionToken: Renewed }),
  }),
  disableTwoFactor: endpoint({
    method: 'DELETE',
    path: '/user/two-factor',
    access: 'user',
    scope: 'account',
    signs: true,
    summary: 'Does without a second factor again.',
    body: z.strictObject({ password: Password }),
    reply: z.object({ twoFactor: z.literal(false), sessionToken: Renewed }),
  }),
  sessions: endpoint({
    method: 'GET',
    path: '/user/sessions',
    access: 'user',
    scope: 'account',
    summary: 'Where one is signed in.',
    reply: z.object({ items: z.array(UserSession) }),
  }),
  endSession: endpoint({
    method: 'DELETE',
    path: '/user/sessions/:id',
    access: 'user',
    scope: 'account',
    summary: 'Ends one of one’s own sessions.',
    params: ById,
    reply: Done,
  }),
  endOtherSessions: endpoint({
    method: 'DELETE',
    path: '/user/sessions',
    access: 'user',
    scope: 'account',
    summary: 'Ends all of one’s own sessions but the one that asks.',
    reply: z.object({ ended: z.int().nonnegative() }),
  }),
  apiKeys: endpoint({
    method: 'GET',
    path: '/user/api-keys',
    access: 'user',
    scope: 'account',
    summary: 'One’s own API keys, without the keys themselves: only their hashes are kept.',
    reply: z.object({ items: z.array(ApiKey) }),
  }),
  createApiKey: endpoint({
    method: 'POST',
    path: '/user/api-keys',
    access: 'user',
    scope: 'account',
    creates: true,
    summary: 'A new API key, told this once. It is never good for more than its owner’s role.',
    body: NewApiKey,
    reply: MadeApiKey,
  }),
  changeApiKey: endpoint({
    method: 'PATCH',
    path: '/user/api-keys/:id',
    access: 'user',
    scope: 'account',
    summary: 'Renames one of one’s own keys, switches it off or on, or sets its limit.',
    params: ById,
    body: z
      .strictObject({ name: KeyWishes.name, enabled: z.boolean(), perMinute: z.int().min(1).max(100_000).nullable() })
      .partial(),
    reply: ApiKey,
  }),
  removeApiKey: endpoint({
    method: 'DELETE',
    path: '/user/api-keys/:id',
    access: 'user',
    scope: 'account',
    summary: 'Revokes one of one’s own keys, for good.',
    params: ById,
    reply: Done,
  }),
  exportData: endpoint({
    method: 'GET',
    path: '/user/export',
    access: 'user',
    scope: 'account',
    summary: 'Everything that is kept about one, without secrets.',
    reply: AccountExport,
  }),
  deleteAccount: endpoint({
    method: 'DELETE',
    path: '/user',
    access: 'user',
    scope: 'account',
    signs: true,
    summary:
      'Deletes one’s own account and what is personal. Sealed calls stay in the record under an id that names nobody any more.',
    body: z.strictObject({ password: Password, code: Code.optional() }),
    reply: z.object({ deleted: z.literal(true) }),
  }),
} as const

const administration = {
  users: endpoint({
    method: 'GET',
    path: '/admin/users',
    access: 'admin',
    summary: 'All accounts, newest first; `q` is found in addresses and names.',
    query: z.strictObject({ q: PersonName.optional(), ...paging(200, 50) }),
    reply: page(AdminUser),
  }),
  changeUser: endpoint({
    method: 'PATCH',
    path: '/admin/users/:id',
    access: 'admin',
    summary: 'Changes role or tier of an account, or bans it; what it may no longer do ends at once.',
    params: ById,
    body: z
      .strictObject({ role: Role, tier: Tier, banned: z.boolean() })
      .partial()
      .refine((body) => Object.keys(body).length > 0, 'role, tier or banned must be given'),
    reply: AdminUser,
  }),
  createService: endpoint({
    method: 'POST',
    path: '/admin/users',
    access: 'admin',
    creates: true,
    summary: 'Makes an account for a program: it has no password and signs in with API keys alone.',
    body: z.strictObject({ name: PersonName, tier: Tier.default('free') }),
    reply: AdminUser,
  }),
  createServiceKey: endpoint({
    method: 'POST',
    path: '/admin/users/:id/api-keys',
    access: 'admin',
    summary: 'A new API key for a program’s account, told this once.',
    params: ById,
    body: NewApiKey,
    reply: MadeApiKey,
  }),
  serviceKeys: endpoint({
    method: 'GET',
    path: '/admin/users/:id/api-keys',
    access: 'admin',
    summary: 'The API keys of an account, without the keys themselves.',
    params: ById,
    reply: z.object({ items: z.array(ApiKey) }),
  }),
  removeServiceKey: endpoint({
    method: 'DELETE',
    path: '/admin/users/:id/api-keys/:key',
    access: 'admin',
    summary: 'Revokes a key of any account, for good.',
    params: z.strictObject({ id: Id, key: Id }),
    reply: Done,
  }),
} as const

export const accounts = { ...signing, ...own, ...administration } as const
