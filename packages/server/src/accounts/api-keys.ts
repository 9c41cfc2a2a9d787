import { Failure, toIso } from '@pumpiq/domain'
import type { ApiKey, KeyScope, MadeApiKey, NewApiKey, Role } from '@pumpiq/api'
import type { Selectable } from 'kysely'
import type { Db } from '../db/db.ts'
import type { AuthApiKeyTable } from '../db/schema.ts'
import type { Clock } from '../platform/clock.ts'
import { scopesOf } from './known.ts'
import type { Remembered } from './remembered.ts'
import type { Signing } from './signing.ts'

type Needs = {
  readonly signing: () => Signing
  readonly db: Db
  readonly clock: Pick<Clock, 'now'>
  readonly remembered: Remembered
}

export type ApiKeys = ReturnType<typeof createApiKeys>
type Change = { name?: string | undefined; enabled?: boolean | undefined; perMinute?: number | null | undefined }

const mostKeys = 50
const daySeconds = 24 * 3_600

/** API keys of a user. A key goes out once, when it is made; what is kept is its hash. */
export function createApiKeys({ signing, db, clock, remembered }: Needs) {
  const of = (userId: string) => db.selectFrom('authApiKey').selectAll().where('referenceId', '=', userId)
  const one = async (userId: string, id: string): Promise<ApiKey | null> => {
    const row = await of(userId).where('id', '=', id).executeTakeFirst()
    return row ? shown(row) : null
  }

  return {
    async list(userId: string): Promise<ApiKey[]> {
      return (await of(userId).orderBy('createdAt').orderBy('id').execute()).map(shown)
    },

    /** `role` is the owner's: a key is never good for more. */
    async create(owner: { userId: string; role: Role }, wish: NewApiKey): Promise<MadeApiKey> {
      const { name, scopes, expiresInDays, perMinute } = wish
      refuseBeyond(owner.role, scopes)
      const there = (await of(owner.userId).execute()).length
      if (there >= mostKeys)
        throw new Failure('invalid', `there are ${there} keys already, ${mostKeys} are allowed: remove one`)
      const body = {
        userId: owner.userId,
        name,
        permissions: { api: [...new Set(scopes)] },
        expiresIn: expiresInDays === null ? null : expiresInDays * daySeconds,
      }
      const { id, key } = await signing().apiKeyOf(body)
      // What the library counts by itself is not used: the limit is the tier's, and this one.
      await db.updateTable('authApiKey').set({ rateLimitMax: perMinute }).where('id', '=', id).execute()
      const made = await one(owner.userId, id)
      if (made === null) throw new Failure('broken', 'an API key is gone as soon as it was made')
      return { ...made, key }
    },

    async change(userId: string, id: string, { name, enabled, perMinute }: Change): Promise<ApiKey | null> {
      const set = {
        updatedAt: toIso(clock.now()),
        ...(name !== undefined && { name }),
        ...(enabled !== undefined && { enabled }),
        ...(perMinute !== undefined && { rateLimitMax: perMinute }),
      }
      await db.updateTable('authApiKey').set(set).where('referenceId', '=', userId).where('id', '=', id).execute()
      remembered.forget()
      return one(userId, id)
    },

    async remove(userId: string, id: string): Promise<boolean> {
      const own = db.deleteFrom('authApiKey').where('referenceId', '=', userId).where('id', '=', id)
      const { numDeletedRows } = await own.executeTakeFirst()
      remembered.forget()
      return numDeletedRows > 0n
    },
  }
}

function refuseBeyond(role: Role, scopes: readonly KeyScope[]): void {
  if (role === 'admin' || !scopes.includes('admin')) return
  throw new Failure(
    'forbidden',
    `scopes must not name admin: the key would be good for more than its owner, whose role is ${role}`,
  )
}

const shown = (row: Selectable<AuthApiKeyTable>): ApiKey => ({
  id: row.id,
  name: row.name ?? '',
  start: row.start ?? '',
  scopes: scopesOf(row.permissions),
  enabled: row.enabled ?? true,
  perMinute: row.rateLimitMax,
  createdAt: toIso(row.createdAt.getTime()),
  expiresAt: row.expiresAt && toIso(row.expiresAt.getTime()),
  lastUsedAt: row.lastRequest && toIso(row.lastRequest.getTime()),
})
