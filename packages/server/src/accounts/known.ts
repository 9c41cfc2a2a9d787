import { Failure, minutes, toIso } from '@pumpiq/domain'
import { KeyScope, type Caller } from '@pumpiq/api'
import { z } from 'zod'
import type { Db } from '../db/db.ts'
import type { AuthUserTable } from '../db/schema.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { sessionMostMs } from './auth-names.ts'
import { credentialHash } from './credential-hash.ts'

/** Who asks, and until when that holds by itself (epoch ms). */
export type Known = { readonly caller: Caller; readonly endsAt: number }

export type KnownCallers = ReturnType<typeof createKnownCallers>

type Needs = { readonly db: Db; readonly clock: Pick<Clock, 'now'>; readonly log: Log }
type User = Pick<AuthUserTable, 'role' | 'tier'> & { userId: string; banned: boolean }
type KeyRow = User & {
  id: string
  permissions: string | null
  perMinute: number | null
  expiresAt: Date | null
  lastRequest: Date | null
}

/** How exactly it is known when a key was last used. */
const usedEveryMs = minutes(1)

const Permissions = z.object({ api: z.array(KeyScope) })
export const scopesOf = (permissions: string | null): KeyScope[] =>
  permissions === null ? [] : Permissions.parse(JSON.parse(permissions)).api

/** Whom the database knows by a session or a key, as of now: null when it has ended, was revoked, or its owner is banned. */
export function createKnownCallers({ db, clock, log }: Needs) {
  const users = () => db.selectFrom('authUser as u').select(['u.id as userId', 'u.role', 'u.tier', 'u.banned'])

  const session = (column: 's.token' | 's.id', value: string) =>
    users()
      .innerJoin('authSession as s', 's.userId', 'u.id')
      .select(['s.id', 's.expiresAt', 's.createdAt'])
      .where(column, '=', value)
      .executeTakeFirst()

  async function ofSession(via: 'session' | 'token', column: 's.token' | 's.id', value: string): Promise<Known | null> {
    const row = await session(column, value)
    if (!row || row.banned) return null
    const endsAt = Math.min(row.expiresAt.getTime(), row.createdAt.getTime() + sessionMostMs)
    if (endsAt <= clock.now()) return null
    const { userId, role, tier, id } = row
    return { caller: { userId, role, tier, via, scopes: null, credentialId: id }, endsAt }
  }

  const key = (column: 'k.key' | 'k.id', value: string): Promise<KeyRow | undefined> =>
    users()
      .innerJoin('authApiKey as k', 'k.referenceId', 'u.id')
      .select(['k.id', 'k.permissions', 'k.rateLimitMax as perMinute', 'k.expiresAt', 'k.lastRequest'])
      .where(column, '=', value)
      .where('k.enabled', '=', true)
      .executeTakeFirst()

  /** Nobody waits for it, and nothing depends on it. */
  function noteUse({ id, lastRequest }: KeyRow): void {
    const now = clock.now()
    if (lastRequest && now - lastRequest.getTime() < usedEveryMs) return
    const noted = db
      .updateTable('authApiKey')
      .set({ lastRequest: toIso(now) })
      .where('id', '=', id)
      .execute()
    noted.catch((error: unknown) => log.warn('when a key was last used could not be noted', { error }))
  }

  async function ofKey(column: 'k.key' | 'k.id', value: string): Promise<Known | null> {
    const row = await key(column, value)
    if (!row || row.banned) return null
    const endsAt = row.expiresAt?.getTime() ?? Infinity
    if (endsAt <= clock.now()) return null
    noteUse(row)
    const { userId, role, tier, id, permissions, perMinute } = row
    const own = perMinute === null ? {} : { perMinute }
    return {
      caller: { userId, role, tier, via: 'key', scopes: scopesOf(permissions), credentialId: id, ...own },
      endsAt,
    }
  }

  return {
    bySessionToken: (token: string) => ofSession('session', 's.token', credentialHash(token)),
    bySessionId: (id: string) => ofSession('token', 's.id', id),
    byKey: (text: string) => ofKey('k.key', credentialHash(text)),
    /** The same caller as the database knows him now. Failure unauthenticated when it knows him no more. */
    async again({ via, credentialId }: Pick<Caller, 'via' | 'credentialId'>): Promise<Caller> {
      const id = credentialId ?? ''
      const known =
        via === 'key' ? await ofKey('k.id', id) : await ofSession(via === 'token' ? 'token' : 'session', 's.id', id)
      if (known === null) throw new Failure('unauthenticated', 'what you signed in with was withdrawn: sign in again')
      return known.caller
    },
  }
}
