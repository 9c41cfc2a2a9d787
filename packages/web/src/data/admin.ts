import type {
  AdminJobs,
  AdminSource,
  AdminUser,
  ApiKey,
  AuditEntry,
  AuditOutcome,
  KeyScope,
  MadeApiKey,
  ModelBudgets,
  NewApiKey,
  Role,
  Tier,
  TierShown,
} from '@pumpiq/api'
import type { SettingsPatch } from '@pumpiq/domain'
import { useAsked, type Asked } from './asked.ts'
import { client } from './client.ts'
import { queryClient } from './query.ts'

type Items<T> = { readonly items: readonly T[] }
type Paged<T> = Items<T> & { readonly next: string | null }

const kept = { keepPrevious: true }
const from = (cursor: string | null) => cursor !== null && { cursor }

export const useAdminJobs = (): Asked<AdminJobs> =>
  useAsked('admin-jobs', (abort) => client.admin.jobs({}, { abort }), 5_000)

export const useAdminSources = (): Asked<Items<AdminSource>> =>
  useAsked('admin-sources', (abort) => client.admin.sources({}, { abort }), 10_000, ['sources'])

export const useTiers = (): Asked<Items<TierShown>> =>
  useAsked('admin-tiers', (abort) => client.admin.tiers({}, { abort }), 60_000)

export const useBudgets = (cursor: string | null): Asked<ModelBudgets> =>
  useAsked(
    ['admin-budgets', cursor],
    (abort) => client.admin.budgets({ query: { limit: 25, ...from(cursor) } }, { abort }),
    15_000,
    undefined,
    kept,
  )

export type AuditFilter = {
  readonly user?: string
  readonly operation?: string
  readonly target?: string
  readonly outcome?: AuditOutcome
  readonly from?: string
  readonly to?: string
}

export const useAudit = (filter: AuditFilter, cursor: string | null): Asked<Paged<AuditEntry>> =>
  useAsked(
    ['admin-audit', filter, cursor],
    (abort) => client.admin.audit({ query: { ...filter, limit: 50, ...from(cursor) } }, { abort }),
    30_000,
    undefined,
    kept,
  )

export const useUsers = (q: string, cursor: string | null): Asked<Paged<AdminUser>> =>
  useAsked(
    ['admin-users', q, cursor],
    (abort) => client.accounts.users({ query: { limit: 50, ...(q !== '' && { q }), ...from(cursor) } }, { abort }),
    60_000,
    undefined,
    kept,
  )

export type SystemSettings = Awaited<ReturnType<typeof client.settings.system>>
const systemSettingsKey = ['admin-settings']

export const useSystemSettings = (): Asked<SystemSettings> =>
  useAsked(systemSettingsKey, (abort) => client.settings.system({}, { abort }), 60_000)

const again = (...keys: string[]): Promise<unknown> =>
  Promise.all(keys.map((key) => queryClient.invalidateQueries({ queryKey: [key] })))

export async function runJob(name: string): Promise<void> {
  await client.admin.runJob({ params: { name } })
  await again('admin-jobs')
}

export type UserChange = { readonly role?: Role; readonly tier?: Tier; readonly banned?: boolean }

export async function changeUser(id: string, body: UserChange): Promise<AdminUser> {
  const user = await client.accounts.changeUser({ params: { id }, body })
  await again('admin-users', 'admin-tiers', 'admin-audit')
  return user
}

/** A ban ends them all; it is lifted at once. Fails between the two: he stays banned, and the list shows it. */
export async function endSessionsOf(id: string): Promise<void> {
  try {
    await client.accounts.changeUser({ params: { id }, body: { banned: true } })
    await client.accounts.changeUser({ params: { id }, body: { banned: false } })
  } finally {
    await again('admin-users', 'admin-audit')
  }
}

export async function makeService(name: string, tier: Tier): Promise<AdminUser> {
  const made = await client.accounts.createService({ body: { name, tier } })
  await again('admin-users', 'admin-tiers', 'admin-audit')
  return made
}

export const useKeysOf = (id: string): Asked<Items<ApiKey>> =>
  useAsked(['admin-keys', id], (abort) => client.accounts.serviceKeys({ params: { id } }, { abort }))

export type ServiceKeyWish = Omit<NewApiKey, 'scopes'> & { readonly scopes: KeyScope[] }

export async function makeServiceKey(id: string, body: ServiceKeyWish): Promise<MadeApiKey> {
  const made = await client.accounts.createServiceKey({ params: { id }, body })
  await again('admin-keys', 'admin-users', 'admin-audit')
  return made
}

export async function removeServiceKey(id: string, key: string): Promise<void> {
  await client.accounts.removeServiceKey({ params: { id, key } })
  await again('admin-keys', 'admin-users', 'admin-audit')
}

/** Over this version only: what somebody else changed meanwhile is not overwritten. */
export async function changeSystemSettings(body: SettingsPatch, ifVersion: number): Promise<void> {
  queryClient.setQueryData(systemSettingsKey, await client.settings.changeSystem({ query: { ifVersion }, body }))
  await again('settings', 'admin-audit')
}
