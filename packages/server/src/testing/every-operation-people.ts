import { expect } from 'vitest'
import type { Client } from '@pumpiq/api'
import type { Mail } from '../network/mail.ts'
import { systemClock } from '../platform/clock.ts'
import type { Asking } from './every-operation.ts'

export const password = 'nine violet otters sing'

/** Somebody with an account, and the client he asks with. */
export type Person = {
  readonly id: string
  readonly email: string
  readonly token: string
  readonly sessionToken: string
  readonly client: Client
}

/** The token in the newest mail to somebody, once it has gone out. */
export async function tokenMailed(mails: readonly Mail[], to: string, subject: string): Promise<string> {
  for (let tries = 0; tries < 400; tries++) {
    const found = mails.findLast((mail) => mail.to === to && mail.subject === subject)
    if (found) return /The token: (\S+)/.exec(found.text)?.[1] ?? ''
    await systemClock.sleep(10)
  }
  throw new Error(`no mail "${subject}" to ${to}`)
}

/** Signs in somebody who has an account. */
export async function signIn({ as }: Asking, email: string, by = password): Promise<Person> {
  const signed = await as().accounts.login({ body: { email, password: by } })
  if (signed.state !== 'signedIn') throw new Error('a code is asked for')
  expect(signed.user.email).toBe(email)
  const { token, sessionToken } = signed
  return { id: signed.user.id, email, token, sessionToken, client: as({ token: sessionToken }) }
}

/** Registers somebody, verifies his address where `mails` are sent, and signs him in. */
export async function signUp(asking: Asking, name: string, more: { setupToken?: string; mails?: Mail[] } = {}) {
  const { mails, ...wish } = more
  const email = `${name}@example.com`
  const { accounts } = asking.as()
  expect(await accounts.register({ body: { email, password, name, ...wish } })).toMatchObject({ state: 'accepted' })
  // Whoever holds the token of the installation need not read his mail.
  if (mails && !wish.setupToken) {
    const token = await tokenMailed(mails, email, 'Verify your address')
    expect(await accounts.verifyEmail({ body: { token } })).toEqual({ verified: true })
  }
  return signIn(asking, email)
}

/** The first administrator, by the token that an installation prints. */
export async function signUpAdmin(asking: Asking): Promise<Person> {
  const token = await asking.world.app.accounts.openSetup()
  if (token === null) throw new Error('there is an administrator already')
  return signUp(asking, 'root', { setupToken: token.reveal() })
}
