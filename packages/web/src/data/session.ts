import type { AuthSession } from '@pumpiq/api'
import { useAsked, type Asked } from './asked.ts'
import { client } from './client.ts'

export const sessionKey = ['session'] as const

/** Who sits here, how that is known, and what this installation lets people do. */
export const useSession = (): Asked<AuthSession> =>
  useAsked(sessionKey, (abort) => client.accounts.session({}, { abort }), 300_000)

export const signOut = (): Promise<unknown> => client.accounts.logout({})
