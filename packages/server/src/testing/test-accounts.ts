import { createOTP } from '@better-auth/utils/otp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Failure } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { openAccountServer, password, signUp, signUpAdmin, type AccountServer } from './account-server.ts'
import { testAccountAddresses } from './test-accounts-addresses.ts'
import { testAccountDoors } from './test-accounts-doors.ts'
import { testAccountGuards } from './test-accounts-guards.ts'
import { refused } from './test-accounts-words.ts'
import { testForgedTokens } from './test-accounts-forged.ts'

const startMs = 120_000

/** What accounts owe on either database. `open` gives a migrated, empty one; `pairs` of sign-ins are compared by the time they take. */
export function testAccounts(name: string, open: () => Promise<Db>, pairs = 10): void {
  describe(`accounts on ${name}`, () => {
    let server: AccountServer
    beforeAll(async () => void (server = await openAccountServer({ db: await open() })), startMs)
    afterAll(async () => {
      await server.close()
      await server.db.destroy()
    })
    testFirst(() => server)
    testPeople(() => server)
    testTwoFactor(() => server)
    testAdministrators(() => server)
    testForgedTokens(() => server)
    testAccountGuards(() => server, pairs)
    testAccountDoors(() => server)
    testAccountAddresses(() => server)
  })
}

function testFirst(server: () => AccountServer): void {
  it('have a first administrator who holds the token that was printed, once, and the newest one only', async () => {
    const { accounts, as } = server()
    const [old, token] = [await accounts.openSetup(), await accounts.openSetup()]
    const ask = (email: string, setupToken: string) =>
      as().accounts.register({ body: { email: `${email}@example.com`, password, setupToken } })
    await expect(ask('early', old!.reveal())).rejects.toEqual(refused('forbidden', 'setupToken'))
    expect((await as().accounts.session()).needsSetup).toBe(true)
    await ask('first', token!.reveal())
    await expect(ask('second', token!.reveal())).rejects.toEqual(refused('forbidden', 'setupToken'))
    expect(await accounts.openSetup()).toBeNull()
    expect(await as().accounts.session()).toMatchObject({ needsSetup: false, user: null, via: 'none' })
    await server().db.updateTable('authUser').set({ role: 'user' }).where('email', '=', 'first@example.com').execute()
  })

  it('have a first administrator whose address counts as verified, and say so, where mail is sent too', async () => {
    const { db } = server()
    const posting = await openAccountServer({ db, sendsMail: true })
    const setupToken = (await posting.accounts.openSetup())!.reveal()
    const { accounts } = posting.as()
    const body = { email: 'trusted@example.com', password }
    expect(await accounts.register({ body: { ...body, setupToken } })).toMatchObject({ emailVerification: 'verified' })
    expect(await accounts.login({ body })).toMatchObject({ state: 'signedIn', user: { emailVerified: true } })
    await posting.close()
    expect(posting.mails).toEqual([])
    await db.updateTable('authUser').set({ role: 'user' }).where('email', '=', body.email).execute()
  })
}

function testPeople(server: () => AccountServer): void {
  it('register, sign in, say who they are, and sign out', async () => {
    const { client, user, token, sessionToken } = await signUp(server())
    expect(user).toMatchObject({ role: 'user', tier: 'free', twoFactor: false, emailVerified: false })
    expect(await client.session()).toMatchObject({ via: 'session', user })
    expect(await server().bearer(token).accounts.session()).toMatchObject({ via: 'token', user })
    expect(await client.changeProfile({ body: { name: 'Another name' } })).toMatchObject({ name: 'Another name' })
    await client.logout()
    for (const credential of [token, sessionToken])
      await expect(server().bearer(credential).accounts.profile()).rejects.toEqual(refused('unauthenticated'))
  })

  it('see and end their own sessions alone', async () => {
    const [ann, ben] = [await signUp(server()), await signUp(server())]
    const again = await server()
      .as()
      .accounts.login({ body: { email: ann.email, password } })
    const { items } = await ann.client.sessions()
    expect(items.filter(({ current }) => current)).toHaveLength(1)
    expect(items).toHaveLength(2)
    const [theirs] = (await ben.client.sessions()).items
    await expect(ann.client.endSession({ params: { id: theirs!.id } })).rejects.toEqual(refused('notFound'))
    expect(await ann.client.endOtherSessions()).toEqual({ ended: 1 })
    if (again.state !== 'signedIn') throw new Error('not signed in')
    await expect(server().bearer(again.token).accounts.profile()).rejects.toEqual(refused('unauthenticated'))
    expect(await ben.client.profile()).toMatchObject({ id: ben.user.id })
  })

  it('change their password, which ends their other sessions', async () => {
    const { client, email } = await signUp(server())
    const other = await server().as().accounts.login({ body: { email, password } })
    const newPassword = 'eleven copper lanterns drift'
    await expect(client.changePassword({ body: { password: 'not the right one', newPassword } })).rejects.toEqual(
      refused('invalid', 'password'),
    )
    await client.changePassword({ body: { password, newPassword } })
    await expect(server().as().accounts.login({ body: { email, password } })).rejects.toEqual(
      refused('unauthenticated'),
    )
    expect(
      (
        await server()
          .as()
          .accounts.login({ body: { email, password: newPassword } })
      ).state,
    ).toBe('signedIn')
    if (other.state !== 'signedIn') throw new Error('not signed in')
    await expect(server().bearer(other.sessionToken).accounts.profile()).rejects.toEqual(refused('unauthenticated'))
    expect(await client.profile()).toMatchObject({ email })
  })

  it('have keys that are shown once, are good for what they say, and end at once when revoked', async () => {
    const { client, user } = await signUp(server())
    const stranger = await signUp(server())
    const made = await client.createApiKey({ body: { name: 'reader', scopes: ['read'], perMinute: 30 } })
    expect(made.key.startsWith(made.start)).toBe(true)
    const { key, ...shown } = made
    expect(await client.apiKeys()).toEqual({ items: [shown] })
    const byKey = server().as({ 'x-api-key': key }).accounts
    expect(await byKey.session()).toMatchObject({ via: 'key', scopes: ['read'], user: { id: user.id } })
    await expect(byKey.apiKeys()).rejects.toEqual(refused('forbidden', 'no API key can do this'))
    await expect(client.createApiKey({ body: { name: 'k', scopes: ['admin'] } })).rejects.toEqual(refused('forbidden'))
    const params = { id: made.id }
    await expect(stranger.client.removeApiKey({ params })).rejects.toEqual(refused('notFound'))
    await expect(stranger.client.changeApiKey({ params, body: { enabled: false } })).rejects.toEqual(
      refused('notFound'),
    )
    await client.changeApiKey({ params, body: { enabled: false } })
    await expect(byKey.session()).rejects.toEqual(refused('unauthenticated'))
    await client.changeApiKey({ params, body: { enabled: true } })
    expect((await byKey.profile()).id).toBe(user.id)
    await client.removeApiKey({ params })
    await expect(byKey.profile()).rejects.toEqual(refused('unauthenticated'))
  })

  it('take all that is theirs with them when they delete their account', async () => {
    const { client, email, user } = await signUp(server())
    const at = new Date(0).toISOString()
    const hook = { id: user.id, userId: user.id, name: 'theirs', secretHash: 'hidden', createdAt: at }
    await server().db.insertInto('hook').values(hook).execute()
    const told = await client.exportData()
    expect(told).toMatchObject({ account: { email }, rows: { hook: [{ name: 'theirs' }] } })
    expect(JSON.stringify(told)).not.toContain('hidden')
    await expect(client.deleteAccount({ body: { password: 'not the right one' } })).rejects.toEqual(refused('invalid'))
    await client.deleteAccount({ body: { password } })
    await expect(client.profile()).rejects.toEqual(refused('unauthenticated'))
    await expect(server().as().accounts.login({ body: { email, password } })).rejects.toEqual(
      refused('unauthenticated'),
    )
    for (const table of ['hook', 'authSession', 'authAccount'] as const)
      expect(await server().db.selectFrom(table).select('id').where('userId', '=', user.id).execute()).toEqual([])
  })
}

/** What an authenticator shows for the secret in an address of its own kind. */
async function codeOf(uri: string): Promise<string> {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = [...new URL(uri).searchParams.get('secret')!.replace(/=+$/, '')]
    .map((sign) => digits.indexOf(sign).toString(2).padStart(5, '0'))
    .join('')
  const bytes = bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2))
  return createOTP(String.fromCharCode(...bytes)).totp()
}

function testTwoFactor(server: () => AccountServer): void {
  it('ask for a second factor once it was confirmed, and take each backup code once', async () => {
    const { client, email, user } = await signUp(server())
    const login = (code?: string) =>
      server()
        .as()
        .accounts.login({ body: { email, password, ...(code && { code }) } })
    await expect(client.enableTwoFactor({ body: { password: 'not the right one' } })).rejects.toEqual(
      refused('invalid'),
    )
    const { uri, backupCodes } = await client.enableTwoFactor({ body: { password } })
    expect((await login()).state).toBe('signedIn')
    await expect(client.confirmTwoFactor({ body: { code: '000000' } })).rejects.toEqual(refused('unauthenticated'))
    const renewed = await client.confirmTwoFactor({ body: { code: await codeOf(uri) } })
    await expect(client.profile()).rejects.toEqual(refused('unauthenticated'))
    const after = server().bearer(renewed.sessionToken).accounts
    expect(await after.profile()).toMatchObject({ id: user.id, twoFactor: true })
    expect(await login()).toMatchObject({ state: 'codeNeeded' })
    await expect(login('000000')).rejects.toEqual(refused('unauthenticated', 'code'))
    expect((await login(await codeOf(uri))).state).toBe('signedIn')
    expect((await login(backupCodes[0])).state).toBe('signedIn')
    await expect(login(backupCodes[0])).rejects.toEqual(refused('unauthenticated', 'code'))
    await expect(after.deleteAccount({ body: { password } })).rejects.toEqual(refused('invalid', 'code is missing'))
    await after.disableTwoFactor({ body: { password } })
    expect((await login()).state).toBe('signedIn')
  })

  it('refuse to begin or confirm a second factor twice, at once or later, and never break', async () => {
    const { client } = await signUp(server())
    const begun = await Promise.allSettled([1, 2, 3].map(() => client.enableTwoFactor({ body: { password } })))
    const uris = begun.flatMap((one) => (one.status === 'fulfilled' ? [one.value.uri] : []))
    const refusals = begun.flatMap((one) => (one.status === 'rejected' ? [one.reason as Failure] : []))
    expect(uris.length).toBeGreaterThan(0)
    expect(refusals.map(({ code }) => code)).toEqual(refusals.map(() => 'conflict'))
    const { uri } = await client.enableTwoFactor({ body: { password } })
    const { sessionToken } = await client.confirmTwoFactor({ body: { code: await codeOf(uri) } })
    const after = server().bearer(sessionToken).accounts
    await expect(after.confirmTwoFactor({ body: { code: await codeOf(uri) } })).rejects.toEqual(
      refused('invalid', 'second factor already'),
    )
  })
}

function testAdministrators(server: () => AccountServer): void {
  it('let administrators alone see and change accounts, and withdraw a role at once, in other processes too', async () => {
    const admin = await signUpAdmin(server())
    const deputy = await signUp(server())
    const elsewhere = await openAccountServer({ db: server().db })
    const params = { id: deputy.user.id }
    await expect(deputy.client.users()).rejects.toEqual(refused('forbidden'))
    await admin.client.changeUser({ params, body: { role: 'admin', tier: 'premium' } })
    const { key } = await deputy.client.createApiKey({ body: { name: 'k', scopes: ['admin', 'read'] } })
    const made = await deputy.client.refresh()
    const credentials = [deputy.token, made.token, deputy.sessionToken, key]
    const calls = () =>
      [server(), elsewhere].flatMap(({ bearer }) => credentials.map((one) => bearer(one).accounts.users()))
    expect((await Promise.allSettled(calls())).filter(({ status }) => status === 'fulfilled')).toHaveLength(8)
    await admin.client.changeUser({ params, body: { role: 'user' } })
    expect((await Promise.allSettled(calls())).filter(({ status }) => status === 'fulfilled')).toHaveLength(0)
    await admin.client.changeUser({ params, body: { banned: true } })
    await expect(server().bearer(key).accounts.profile()).rejects.toEqual(refused('unauthenticated'))
    const { email } = deputy
    await expect(server().as().accounts.login({ body: { email, password } })).rejects.toEqual(
      refused('forbidden', 'banned'),
    )
    await expect(admin.client.changeUser({ params: { id: admin.user.id }, body: { role: 'user' } })).rejects.toEqual(
      refused('conflict', 'only administrator'),
    )
    await expect(admin.client.deleteAccount({ body: { password } })).rejects.toEqual(refused('conflict'))
    await elsewhere.close()
  })

  it('give programs accounts that sign in with keys alone, and pages that lose nobody', async () => {
    const token = await server().accounts.openSetup()
    expect(token).toBeNull()
    const [first] = await server()
      .db.selectFrom('authUser')
      .selectAll()
      .where('role', '=', 'admin')
      .where('id', '!=', 'local')
      .execute()
    const signed = await server()
      .as()
      .accounts.login({ body: { email: first!.email, password } })
    if (signed.state !== 'signedIn') throw new Error('not signed in')
    const admin = server().bearer(signed.token).accounts
    const service = await admin.createService({ body: { name: 'collector', tier: 'pro' } })
    const { key } = await admin.createServiceKey({
      params: { id: service.id },
      body: { name: 'k', scopes: ['read', 'write'] },
    })
    expect(await server().bearer(key).accounts.session()).toMatchObject({
      user: { role: 'service', tier: 'pro', email: null },
    })
    const all: string[] = []
    for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
      const page = await admin.users({ query: { limit: 3, ...(cursor && { cursor }) } })
      all.push(...page.items.map(({ id }) => id))
      cursor = page.next ?? undefined
    }
    const rows = await server().db.selectFrom('authUser').select('id').execute()
    expect(all.toSorted()).toEqual(rows.map(({ id }) => id).toSorted())
    expect((await admin.users({ query: { q: 'COLLECT' } })).items.map(({ id }) => id)).toEqual([service.id])
  })
}
