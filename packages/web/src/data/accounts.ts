import type { AccountExport, ApiKey, KeyScope, MadeApiKey, NewApiKey, Profile, UserSession } from '@pumpiq/api'
import { useAsked, type Asked } from './asked.ts'
import { client } from './client.ts'
import { queryClient } from './query.ts'
import { sessionKey } from './session.ts'

type Items<T> = { readonly items: readonly T[] }

export const useProfile = (): Asked<Profile> => useAsked('profile', (abort) => client.accounts.profile({}, { abort }))

const again = (...keys: string[]): Promise<unknown> =>
  Promise.all(keys.map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
const who = (): Promise<unknown> => again('profile', ...sessionKey)

export async function rename(name: string): Promise<void> {
  await client.accounts.changeProfile({ body: { name } })
  await who()
}

type Proof = { readonly password: string; readonly code?: string }
export const changeEmail = (email: string, proof: Proof): Promise<{ readonly sentence: string }> =>
  client.accounts.changeEmail({ body: { email, ...proof } })

export async function changePassword(password: string, newPassword: string): Promise<void> {
  await client.accounts.changePassword({ body: { password, newPassword } })
  await again('sessions')
}

export type Begun = { readonly uri: string; readonly backupCodes: readonly string[] }
export const beginTwoFactor = (password: string): Promise<Begun> =>
  client.accounts.enableTwoFactor({ body: { password } })

/** The session is begun anew by it, as a cookie. */
export async function confirmTwoFactor(code: string): Promise<void> {
  await client.accounts.confirmTwoFactor({ body: { code } })
  await who()
}

export async function endTwoFactor(password: string): Promise<void> {
  await client.accounts.disableTwoFactor({ body: { password } })
  await who()
}

export const useSessions = (): Asked<Items<UserSession>> =>
  useAsked('sessions', (abort) => client.accounts.sessions({}, { abort }), 30_000)

export async function endSession(id: string): Promise<void> {
  await client.accounts.endSession({ params: { id } })
  await again('sessions', ...sessionKey)
}

export async function endOtherSessions(): Promise<number> {
  const { ended } = await client.accounts.endOtherSessions({})
  await again('sessions')
  return ended
}

export const useApiKeys = (): Asked<Items<ApiKey>> =>
  useAsked('api-keys', (abort) => client.accounts.apiKeys({}, { abort }), 30_000)

export type KeyWish = Omit<NewApiKey, 'scopes'> & { readonly scopes: KeyScope[] }
export async function makeApiKey(body: KeyWish): Promise<MadeApiKey> {
  const made = await client.accounts.createApiKey({ body })
  await again('api-keys')
  return made
}

export async function switchApiKey(id: string, enabled: boolean): Promise<void> {
  await client.accounts.changeApiKey({ params: { id }, body: { enabled } })
  await again('api-keys')
}

export async function removeApiKey(id: string): Promise<void> {
  await client.accounts.removeApiKey({ params: { id } })
  await again('api-keys')
}

export const exportAccount = (): Promise<AccountExport> => client.accounts.exportData({})

/** Nothing of him stays in the browser, either. */
export async function deleteAccount(proof: Proof): Promise<void> {
  await client.accounts.deleteAccount({ body: { ...proof } })
  queryClient.clear()
}
