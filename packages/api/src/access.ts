import { z } from 'zod'
import type { Tier } from '@pumpiq/domain'
import { isTierAtLeast } from '@pumpiq/domain'
import type { Endpoint } from './endpoint.ts'

/**
 * What an account is: `user` asks for himself, `analyst` may also look at how the installation works, `admin` may change it and sees its
 * users; `service` is a program, which signs in with API keys alone and may what a user may.
 */
export const Role = z.enum(['user', 'service', 'analyst', 'admin'])
export type Role = z.output<typeof Role>

/** What an API key may be good for. */
export const KeyScope = z.enum(['read', 'recommend', 'write', 'admin'])
export type KeyScope = z.output<typeof KeyScope>

/** `account` is what no key can do: passwords, second factors, sessions and keys are the matter of a person who is signed in. */
export type Scope = KeyScope | 'account'

/** Who may ask: everybody, or an account of at least this role. */
export type Access = 'public' | 'user' | 'analyst' | 'admin'

/** Who asks, as far as it is known. */
export type Anybody = {
  /** Null: nobody has signed in. */
  readonly userId: string | null
  readonly role: Role | null
  readonly tier: Tier
  /** `local` sits at the machine, where none but he can be; `token` is a JWT. */
  readonly via: 'none' | 'local' | 'session' | 'token' | 'key'
  /** What it may be good for; null: for all that the role may. */
  readonly scopes: readonly KeyScope[] | null
  /** What its requests are counted under, beside the user: the session, or the key. */
  readonly credentialId: string | null
  /** Requests a minute that the key allows itself, below what the tier allows; none of its own unless said. */
  readonly perMinute?: number
}

/** Who has signed in, or sits at the machine. */
export type Caller = Anybody & { readonly userId: string; readonly role: Role }

export const nobody: Anybody = {
  userId: null,
  role: null,
  tier: 'free',
  via: 'none',
  scopes: null,
  credentialId: null,
}

const mayAs: Readonly<Record<Exclude<Access, 'public'>, readonly Role[]>> = {
  user: ['user', 'service', 'analyst', 'admin'],
  analyst: ['analyst', 'admin'],
  admin: ['admin'],
}

type Policy = Pick<Endpoint, 'access' | 'method' | 'scope' | 'tier'>

/** What a key must be good for; null where nothing is asked. */
export function scopeOf({ access, method, scope }: Policy): Scope | null {
  if (scope) return scope
  if (access === 'public') return null
  if (access === 'admin') return 'admin'
  return method === 'GET' ? 'read' : 'write'
}

/** Why somebody may not ask, null when he may. `signIn`: it might be different once he has signed in. */
export function refusal(policy: Policy, { role, tier, scopes }: Anybody): { signIn: boolean; why: string } | null {
  const { access, tier: least } = policy
  if (access === 'public') return null
  if (role === null) return { signIn: true, why: 'sign in, or send an API key: this is not for everybody' }
  if (!mayAs[access].includes(role))
    return { signIn: false, why: `this is for the role ${mayAs[access].join(' or ')}, and yours is ${role}` }
  if (least && !isTierAtLeast(tier, least))
    return { signIn: false, why: `this is for the tier ${least} and above, and yours is ${tier}` }
  const needed = scopeOf(policy)
  if (scopes && needed === 'account') return { signIn: false, why: 'no API key can do this: sign in as a person' }
  if (scopes && needed && !scopes.some((scope) => scope === needed))
    return { signIn: false, why: `the API key is not good for this: it needs the scope ${needed}` }
  return null
}
