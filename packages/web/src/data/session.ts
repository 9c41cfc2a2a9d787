import { useSyncExternalStore } from 'react'
import type { AuthSession, Registered, SignedIn } from '@pumpiq/api'
import { useAsked, type Asked } from './asked.ts'
import { client, onSignedOut } from './client.ts'
import { queryClient } from './query.ts'

export const sessionKey = ['session'] as const

/** Who sits here, how that is known, and what this installation lets people do. */
export const useSession = (): Asked<AuthSession> =>
  useAsked(sessionKey, (abort) => client.accounts.session({}, { abort }), 300_000)

export const signOut = (): Promise<unknown> => client.accounts.logout({})

type SignIn = { readonly email: string; readonly password: string; readonly code?: string }

/** Whoever is here now is another one than before: what was known for the one before is asked anew. */
export async function signIn(body: SignIn): Promise<SignedIn> {
  const answer = await client.accounts.login({ body })
  if (answer.state === 'signedIn') await queryClient.invalidateQueries()
  return answer
}

type Registration = {
  readonly email: string
  readonly password: string
  readonly name?: string
  readonly setupToken?: string
}
export const register = (body: Registration): Promise<Registered> => client.accounts.register({ body })

type Said = { readonly sentence: string }
export const verifyEmail = (token: string): Promise<unknown> => client.accounts.verifyEmail({ body: { token } })
export const sendVerification = (email: string): Promise<Said> =>
  client.accounts.resendVerification({ body: { email } })
export const forgotPassword = (email: string): Promise<Said> => client.accounts.forgotPassword({ body: { email } })
export const resetPassword = (token: string, password: string): Promise<unknown> =>
  client.accounts.resetPassword({ body: { token, password } })

export async function confirmEmail(token: string): Promise<string | null> {
  const { email } = await client.accounts.confirmEmail({ body: { token } })
  await queryClient.invalidateQueries()
  return email
}

/** Somebody's session ended while he was at something: who he was, as far as that is known. */
export type SignedOut = { readonly email: string | null }

let signedOut: SignedOut | null = null
let waiting: ((isBack: boolean) => void)[] = []
let asking: Promise<boolean> | null = null
const hearers = new Set<() => void>()

function tell(next: SignedOut | null): void {
  signedOut = next
  for (const hear of hearers) hear()
}

/** Asks who is here and, where that is nobody any more, lets him sign in over the page: true once he has. */
export function backAgain(): Promise<boolean> {
  asking ??= ask().finally(() => (asking = null))
  return asking
}

async function ask(): Promise<boolean> {
  const before = queryClient.getQueryData<AuthSession>(sessionKey)?.user?.email ?? null
  const now = await client.accounts.session({})
  queryClient.setQueryData(sessionKey, now)
  // He is still signed in: what was refused was a password or a code.
  if (now.user !== null) return false
  return new Promise((settle) => {
    waiting = [...waiting, settle]
    tell({ email: before })
  })
}

/** He has signed in again, or does not wish to. */
export function settleSignedOut(isBack: boolean): void {
  const settled = waiting
  waiting = []
  tell(null)
  for (const settle of settled) settle(isBack)
}

export const useSignedOut = (): SignedOut | null =>
  useSyncExternalStore(
    (hear) => {
      hearers.add(hear)
      return () => hearers.delete(hear)
    },
    () => signedOut,
  )

onSignedOut(() => void backAgain().catch(() => false))
