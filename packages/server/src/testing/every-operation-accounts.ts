import { expect } from 'vitest'
import type { Mail } from '../network/mail.ts'
import { codeOf, type Asking } from './every-operation.ts'
import { password, signIn, signUp, tokenMailed, type Person } from './every-operation-people.ts'

/** Who plays in the calls, and the mails that went out. */
export type Cast = {
  readonly asking: Asking
  readonly mails: Mail[]
  readonly root: Person
  readonly ann: Person
}

/** Signing in and out, by every way there is. */
export async function askSigning({ asking, mails, root }: Cast): Promise<void> {
  const nobody = asking.as().accounts
  expect(await nobody.session()).toMatchObject({ via: 'none', user: null, needsSetup: false, sendsMail: true })
  const ben = await askAddresses({ asking, mails })
  expect(await nobody.forgotPassword({ body: { email: ben.email } })).toHaveProperty('sentence')
  const token = await tokenMailed(mails, ben.email, 'A new password')
  const newPassword = 'seven marble bridges glow'
  expect(await nobody.resetPassword({ body: { token, password: newPassword } })).toEqual({ changed: true })
  const again = await signIn(asking, ben.email, newPassword)
  const fresh = await again.client.accounts.refresh()
  const { keys } = await nobody.jwks()
  const { kid } = JSON.parse(atob(fresh.token.split('.')[0]!)) as { kid: string }
  expect(keys.map((key) => key.kid)).toContain(kid)
  expect(await asking.as({ token: fresh.token }).accounts.session()).toMatchObject({
    via: 'token',
    user: { id: ben.id },
  })
  expect(await again.client.accounts.logout()).toEqual({ signedOut: true })
  await expect(asking.as({ token: fresh.token }).accounts.profile()).rejects.toMatchObject({ code: 'unauthenticated' })
  const last = await signIn(asking, ben.email, newPassword)
  expect(await last.client.accounts.deleteAccount({ body: { password: newPassword } })).toEqual({ deleted: true })
  const { items } = await root.client.accounts.users()
  expect(items.map(({ email }) => email)).not.toContain(ben.email)
}

/** Somebody who asks for the mail that verifies him once more, and changes his address later. */
async function askAddresses({ asking, mails }: Pick<Cast, 'asking' | 'mails'>): Promise<Pick<Person, 'id' | 'email'>> {
  const { id, email: old, client } = await signUp(asking, 'benjamin', { mails })
  expect(await asking.as().accounts.resendVerification({ body: { email: old } })).toHaveProperty('sentence')
  const email = 'ben@example.com'
  expect(await client.accounts.changeEmail({ body: { email, password } })).toHaveProperty('sentence')
  const token = await tokenMailed(mails, email, 'Confirm your new address')
  expect(await client.accounts.confirmEmail({ body: { token } })).toMatchObject({ id, email, emailVerified: true })
  return { id, email }
}

/** What somebody sees and changes of his own account. */
export async function askOwnAccount({ asking, ann }: Cast): Promise<void> {
  const { accounts } = ann.client
  expect(await accounts.profile()).toMatchObject({ id: ann.id, role: 'user', tier: 'free' })
  expect(await accounts.changeProfile({ body: { name: 'Ann B.' } })).toMatchObject({ id: ann.id, name: 'Ann B.' })
  const [other, third] = [await signIn(asking, ann.email), await signIn(asking, ann.email)]
  const { items } = await accounts.sessions()
  expect(items.filter(({ current }) => current)).toHaveLength(1)
  expect(items).toHaveLength(3)
  const theirs = (await other.client.accounts.sessions()).items.find(({ current }) => current)!
  expect(await accounts.endSession({ params: { id: theirs.id } })).toEqual({ id: theirs.id })
  expect(await accounts.endOtherSessions()).toEqual({ ended: 1 })
  await expect(third.client.accounts.profile()).rejects.toMatchObject({ code: 'unauthenticated' })
  const newPassword = 'eleven copper lanterns drift'
  expect(await accounts.changePassword({ body: { password, newPassword } })).toEqual({ changed: true })
  expect(await accounts.changePassword({ body: { password: newPassword, newPassword: password } })).toEqual({
    changed: true,
  })
  expect(await accounts.exportData()).toMatchObject({
    account: { id: ann.id, name: 'Ann B.' },
    sessions: [{ current: true }],
  })
  await askKeys(asking, ann)
}

async function askKeys(asking: Asking, { client: { accounts }, id: userId }: Person): Promise<void> {
  const { key, ...shown } = await accounts.createApiKey({ body: { name: 'reader', scopes: ['read'] } })
  const byKey = asking.as({ apiKey: key })
  expect(await byKey.accounts.session()).toMatchObject({ via: 'key', scopes: ['read'], user: { id: userId } })
  const params = { id: shown.id }
  expect(await accounts.changeApiKey({ params, body: { name: 'renamed' } })).toMatchObject({ name: 'renamed' })
  expect((await accounts.apiKeys()).items.map(({ name }) => name)).toEqual(['renamed'])
  expect(await accounts.removeApiKey({ params })).toEqual(params)
  await expect(byKey.accounts.profile()).rejects.toMatchObject({ code: 'unauthenticated' })
}

/** A second factor, from its beginning to its end. */
export async function askSecondFactor({ asking, mails }: Cast): Promise<void> {
  const { client, email } = await signUp(asking, 'cleo', { mails })
  const { uri, backupCodes } = await client.accounts.enableTwoFactor({ body: { password } })
  expect(backupCodes).toHaveLength(10)
  const confirmed = await client.accounts.confirmTwoFactor({ body: { code: await codeOf(uri) } })
  const after = asking.as({ token: confirmed.sessionToken }).accounts
  expect(await after.profile()).toMatchObject({ email, twoFactor: true })
  const body = { email, password }
  expect(await asking.as().accounts.login({ body })).toMatchObject({ state: 'codeNeeded' })
  const signed = await asking.as().accounts.login({ body: { ...body, code: backupCodes[3]! } })
  expect(signed).toMatchObject({ state: 'signedIn', user: { email } })
  expect(await after.disableTwoFactor({ body: { password } })).toMatchObject({ twoFactor: false })
}

/** What administrators see and change. */
export async function askAdministration({ asking, root, ann }: Cast): Promise<void> {
  const { accounts, admin, settings } = root.client
  const found = await accounts.users({ query: { q: 'ann@' } })
  expect(found.items).toMatchObject([{ id: ann.id, email: ann.email, banned: false }])
  expect(await accounts.changeUser({ params: { id: ann.id }, body: { tier: 'premium' } })).toMatchObject({
    tier: 'premium',
  })
  const service = await accounts.createService({ body: { name: 'collector', tier: 'pro' } })
  const params = { id: service.id }
  const made = await accounts.createServiceKey({ params, body: { name: 'k', scopes: ['read'] } })
  const byKey = asking.as({ apiKey: made.key }).accounts
  expect(await byKey.profile()).toMatchObject({ id: service.id, role: 'service', email: null })
  expect((await accounts.serviceKeys({ params })).items.map(({ id }) => id)).toEqual([made.id])
  expect(await accounts.removeServiceKey({ params: { ...params, key: made.id } })).toEqual({ id: made.id })
  await expect(byKey.profile()).rejects.toMatchObject({ code: 'unauthenticated' })

  const changed = await settings.changeSystem({ body: { minConfidence: 0.2 } })
  expect(changed.changes[0]).toMatchObject({ by: root.id, chosen: { minConfidence: 0.2 } })
  expect(await settings.system()).toEqual(changed)
  const { items } = await admin.audit({ query: { operation: 'accounts.changeUser' } })
  expect(items[0]).toMatchObject({ userId: root.id, target: ann.id, status: 200, via: 'session' })
}

/** How the installation works, as those see it who run it. */
export async function askWorkings({ root }: Cast): Promise<void> {
  const { admin } = root.client
  const { items: tiers } = await admin.tiers()
  expect(tiers.map(({ tier }) => tier)).toEqual(['free', 'basic', 'premium', 'pro'])
  expect(tiers.find(({ tier }) => tier === 'premium')?.accounts).toEqual({ people: 1, programs: 0, banned: 0 })
  const { items: sources } = await admin.sources()
  expect(sources.find(({ id }) => id === 'binance')).toMatchObject({ key: 'none', hasKey: false, refused: [] })
  const { jobs } = await admin.jobs()
  expect(jobs.find(({ name }) => name === 'roll-up')).toMatchObject({
    timed: { everyMs: expect.any(Number) as number },
  })
  expect(await admin.runJob({ params: { name: 'roll-up' } })).toMatchObject({ name: 'roll-up' })
  expect(await admin.budgets()).toMatchObject({ model: null, items: [], all: { today: { usd: 0 } } })
}
