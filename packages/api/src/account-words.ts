import { z } from 'zod'
import { IsoInstant, Tier } from '@pumpiq/domain'
import { KeyScope, Role } from './access.ts'

/** Compared without regard to case; kept in lower case. */
export const EmailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .pipe(z.email('must be an e-mail address such as name@example.com'))

/** What somebody types who has one: anything that could be a password. */
export const Password = z.string().min(1).max(128)

/** Length is all that is asked; what is easily guessed is refused by the server. */
export const NewPassword = z
  .string()
  .min(12, 'must be at least 12 characters long')
  .max(128, 'must be at most 128 characters long')

/** What people call themselves, and what is theirs. */
export const PersonName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((text) => !/\p{Cc}/u.test(text), 'must be text without control characters')

export const Registered = z.object({
  state: z.literal('accepted'),
  /**
   * `required`: the address must be verified by a mail before it can sign in. `impossible`: this installation sends no mail. `verified`:
   * whoever holds the setup token need not verify his.
   */
  emailVerification: z.enum(['required', 'impossible', 'verified']),
  sentence: z.string(),
})
export type Registered = z.output<typeof Registered>

export const Profile = z.object({
  id: z.string(),
  name: z.string(),
  /** Null for programs, and for whoever sits at the machine. */
  email: z.string().nullable(),
  emailVerified: z.boolean(),
  role: Role,
  tier: Tier,
  twoFactor: z.boolean(),
  createdAt: IsoInstant,
})
export type Profile = z.output<typeof Profile>

export const SignedIn = z.discriminatedUnion('state', [
  z.object({ state: z.literal('codeNeeded'), sentence: z.string() }),
  z.object({
    state: z.literal('signedIn'),
    user: Profile,
    /** The access token: a JWT, sent as `Authorization: Bearer`. */
    token: z.string(),
    tokenExpiresAt: IsoInstant,
    /** Makes new access tokens (`/auth/refresh`); to be kept like a password. */
    sessionToken: z.string(),
    sessionExpiresAt: IsoInstant,
  }),
])
export type SignedIn = z.output<typeof SignedIn>

export const AuthSession = z.object({
  user: Profile.nullable(),
  /** How it is known who asks. `local`: he sits at the machine that the server runs on. */
  via: z.enum(['none', 'local', 'session', 'token', 'key']),
  /** The same in words, for people. */
  sentence: z.string(),
  scopes: z.array(KeyScope).nullable(),
  /** Whoever sits at the machine is its user, without signing in. */
  localMode: z.boolean(),
  registration: z.enum(['open', 'closed']),
  /** Whether this installation can send mail: without it no address is verified and no password is reset. */
  sendsMail: z.boolean(),
  /** There is no administrator with an account yet: the setup token that the server printed at its start makes one. */
  needsSetup: z.boolean(),
  /** To be sent as `x-csrf-token` with whatever changes something, where the cookie signs one in; null otherwise. */
  csrfToken: z.string().nullable(),
})
export type AuthSession = z.output<typeof AuthSession>

export const Jwks = z.object({
  keys: z.array(
    z.object({
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      x: z.string(),
      kid: z.string(),
      alg: z.literal('EdDSA'),
      use: z.literal('sig'),
    }),
  ),
})
export type Jwks = z.output<typeof Jwks>

export const UserSession = z.object({
  id: z.string(),
  /** The one that asks. */
  current: z.boolean(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: IsoInstant,
  expiresAt: IsoInstant,
})
export type UserSession = z.output<typeof UserSession>

export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** The first characters, by which its owner knows it again. */
  start: z.string(),
  scopes: z.array(KeyScope),
  enabled: z.boolean(),
  perMinute: z.int().positive().nullable(),
  createdAt: IsoInstant,
  expiresAt: IsoInstant.nullable(),
  /** To the minute; null: never used. */
  lastUsedAt: IsoInstant.nullable(),
})
export type ApiKey = z.output<typeof ApiKey>

/** `key` is told this once: only its hash is kept. */
export const MadeApiKey = ApiKey.extend({ key: z.string() })
export type MadeApiKey = z.output<typeof MadeApiKey>

export const AdminUser = Profile.extend({
  banned: z.boolean(),
  /** Of sessions that live, the last that was begun. */
  lastSeenAt: IsoInstant.nullable(),
  apiKeys: z.int().nonnegative(),
})
export type AdminUser = z.output<typeof AdminUser>

export const AccountExport = z.object({
  exportedAt: IsoInstant,
  account: Profile,
  sessions: z.array(UserSession),
  apiKeys: z.array(ApiKey),
  /** By table: every row that is one’s own, without secrets. */
  rows: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
})
export type AccountExport = z.output<typeof AccountExport>
