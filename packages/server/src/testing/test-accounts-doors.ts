import { expect, it } from 'vitest'
import { csrfHeader } from '../http/csrf.ts'
import { openAccountServer, password, signUp, type AccountServer } from './account-server.ts'
import { refused } from './test-accounts-words.ts'

/** The ways in: mails, cookies, the machine itself, and the library's own door. */
export function testAccountDoors(server: () => AccountServer): void {
  testMails(server)
  testCookies(server)
  testMachine(server)
  testWords(server)
  testLibrary(server)
}

function testMails(server: () => AccountServer): void {
  it('ask for an address to be verified where mail is sent, and replace a forgotten password by mail', async () => {
    const posting = await openAccountServer({ db: server().db, sendsMail: true, publicUrl: 'https://pumpiq.example' })
    try {
      const { accounts } = posting.as()
      const email = 'mailed@example.com'
      const first = await accounts.register({ body: { email, password } })
      await expect(accounts.login({ body: { email, password } })).rejects.toEqual(refused('forbidden', 'not verified'))
      const token = decodeURIComponent(await posting.mailed(email, 'Verify your address'))
      await expect(accounts.verifyEmail({ body: { token: `${token}x` } })).rejects.toEqual(refused('invalid', 'token'))
      await accounts.verifyEmail({ body: { token } })
      const signed = await accounts.login({ body: { email, password } })
      if (signed.state !== 'signedIn') throw new Error('not signed in')
      expect(signed.user.emailVerified).toBe(true)

      expect(await accounts.register({ body: { email, password: 'another twelve letters' } })).toEqual(first)
      await posting.mailed(email, 'You have an account already')
      const answer = await accounts.forgotPassword({ body: { email } })
      expect(await accounts.forgotPassword({ body: { email: 'nobody@example.com' } })).toEqual(answer)
      const reset = {
        token: decodeURIComponent(await posting.mailed(email, 'A new password')),
        password: 'seven marble bridges',
      }
      await accounts.resetPassword({ body: reset })
      await expect(accounts.resetPassword({ body: reset })).rejects.toEqual(refused('invalid', 'token'))
      await expect(posting.bearer(signed.token).accounts.profile()).rejects.toEqual(refused('unauthenticated'))
      expect((await accounts.login({ body: { email, password: reset.password } })).state).toBe('signedIn')
      expect(posting.mails.filter(({ to }) => to === 'nobody@example.com')).toEqual([])
    } finally {
      await posting.close()
    }
  })

  it('say that no password can be replaced where no mail is sent', async () => {
    const { accounts } = server().as()
    expect(await accounts.session()).toMatchObject({ sendsMail: false })
    await expect(accounts.forgotPassword({ body: { email: 'any@example.com' } })).rejects.toEqual(
      refused('unavailable', 'SMTP_URL'),
    )
  })

  it('are not made where registration is closed', async () => {
    const closed = await openAccountServer({ db: server().db, registration: 'closed' })
    const body = { email: 'late@example.com', password }
    await expect(closed.as().accounts.register({ body })).rejects.toEqual(
      refused('forbidden', 'accounts are not made here'),
    )
    await closed.close()
  })
}

function testCookies(server: () => AccountServer): void {
  it('sign in by a cookie that is ours alone, which changes nothing without the token of its session', async () => {
    const secure = await openAccountServer({ db: server().db, publicUrl: 'https://pumpiq.example' })
    try {
      const { email } = await signUp(secure)
      const signedIn = await secure.http.inject({
        method: 'POST',
        url: '/api/v1/auth/login',
        payload: { email, password },
      })
      const [set = ''] = [signedIn.headers['set-cookie'] ?? []].flat()
      expect(set).toMatch(/^__Host-pumpiq\.session_token=[^;]+;.*Path=\/;.*HttpOnly;.*Secure;.*SameSite=Lax$/)
      expect(set).not.toContain('Domain')
      const cookie = set.split(';', 1)[0]!
      const { accounts } = secure.as({ cookie })
      const { csrfToken, via } = await accounts.session()
      expect(via).toBe('session')
      const origin = 'https://pumpiq.example'
      const payload = { name: 'By cookie' }
      const rename = (headers: Record<string, string>) =>
        secure.http.inject({ method: 'PATCH', url: '/api/v1/user/profile', headers: { cookie, ...headers }, payload })
      const forged: Record<string, string>[] = [
        {},
        { origin },
        { [csrfHeader]: csrfToken! },
        { origin: 'https://elsewhere.example', [csrfHeader]: csrfToken! },
      ]
      for (const headers of forged) expect((await rename(headers)).json()).toMatchObject({ code: 'forbidden' })
      expect((await rename({ origin, [csrfHeader]: csrfToken! })).json()).toMatchObject(payload)
      const altered = `${cookie.slice(0, -6)}AAAAAA`
      await expect(secure.as({ cookie: altered }).accounts.profile()).rejects.toEqual(refused('unauthenticated'))
      await secure.as({ cookie, origin, [csrfHeader]: csrfToken! }).accounts.logout()
      await expect(accounts.profile()).rejects.toEqual(refused('unauthenticated', 'ended'))
      // With what is left of it one may still sign in anew, and it is taken back.
      const left = await secure.http.inject({ method: 'GET', url: '/api/v1/auth/session', headers: { cookie } })
      expect([left.json<{ via: string }>().via, String(left.headers['set-cookie'])]).toEqual([
        'none',
        expect.stringContaining('Max-Age=0'),
      ])
    } finally {
      await secure.close()
    }
  })
}

function testMachine(server: () => AccountServer): void {
  it('know whoever sits at the machine without signing in, in local mode, and nobody else', async () => {
    const local = await openAccountServer({ db: server().db, localMode: true, registration: 'closed' })
    try {
      const { accounts } = local.as({ host: 'localhost' })
      expect(await accounts.session()).toMatchObject({
        via: 'local',
        user: { id: 'local', role: 'admin', tier: 'pro', email: null },
        localMode: true,
      })
      const { key } = await accounts.createApiKey({ body: { name: 'script', scopes: ['read'] } })
      expect(await server().bearer(key).accounts.session()).toMatchObject({ via: 'key', user: { id: 'local' } })
      const fars: Record<string, string>[] = [
        { 'x-forwarded-for': '203.0.113.9' },
        { origin: 'https://elsewhere.example' },
      ]
      for (const far of fars)
        expect(await local.as({ host: 'localhost', ...far }).accounts.session()).toMatchObject({
          via: 'none',
          user: null,
        })
      const from = await local.http.inject({ method: 'GET', url: '/api/v1/user/profile', remoteAddress: '203.0.113.9' })
      expect(from.statusCode).toBe(401)
      expect(await server().as({ host: 'localhost' }).accounts.session()).toMatchObject({ via: 'none' })
      await expect(accounts.logout()).rejects.toEqual(refused('invalid', 'has not signed in'))
      await expect(accounts.changeUser({ params: { id: 'local' }, body: { role: 'user' } })).rejects.toEqual(
        refused('conflict'),
      )
      expect(await local.accounts.openSetup()).toBeNull()
      await expect(local.bearer('pq_no-such-key').accounts.session()).rejects.toEqual(refused('unauthenticated'))
    } finally {
      await local.close()
    }
  })

  it('are known by nothing but keys and the machine where there is no secret to sign by, and say so', async () => {
    const { client } = await signUp(server())
    const { key } = await client.createApiKey({ body: { name: 'k', scopes: ['read'] } })
    const unsigned = await openAccountServer({ db: server().db, secret: null })
    const body = { email: 'any@example.com', password }
    await expect(unsigned.as().accounts.login({ body })).rejects.toEqual(refused('unavailable', 'PUMPIQ_SECRET'))
    expect(await unsigned.bearer(key).accounts.session()).toMatchObject({ via: 'key' })
    await unsigned.close()
  })
}

function testWords(server: () => AccountServer): void {
  it('refuse what no database keeps, and unknown words', async () => {
    const { sessionToken, user } = await signUp(server())
    await server().db.updateTable('authUser').set({ role: 'admin' }).where('id', '=', user.id).execute()
    const headers = { authorization: `Bearer ${sessionToken}` }
    const asked: ['GET' | 'POST' | 'PATCH' | 'DELETE', string, object?][] = [
      ['GET', '/admin/users?q=%00'],
      ['PATCH', '/admin/users/%00', { tier: 'pro' }],
      ['PATCH', `/admin/users/${user.id}`, { tier: 'pro', emailVerified: true }],
      ['DELETE', '/user/sessions/%00'],
      ['DELETE', '/user/api-keys/%00'],
      ['POST', '/user/api-keys', { name: 'a\0b', scopes: ['read'] }],
      ['POST', '/user/api-keys', { name: 'ab', scopes: ['everything'] }],
      ['PATCH', '/user/profile', { name: 'a\0b' }],
      ['PATCH', '/user/profile', { name: 'ab', role: 'admin' }],
      ['POST', '/auth/register', { email: 'a\0b@example.com', password }],
      ['POST', '/auth/register', { email: 'ab@example.com', password, role: 'admin' }],
    ]
    for (const [method, path, payload] of asked) {
      const answer = await server().http.inject({ method, url: `/api/v1${path}`, headers, ...(payload && { payload }) })
      expect([path, answer.statusCode]).toEqual([path, 400])
    }
    await server().db.updateTable('authUser').set({ role: 'user' }).where('id', '=', user.id).execute()
  })
}

function testLibrary(server: () => AccountServer): void {
  it('open the library’s own door no wider than ours', async () => {
    const { http } = server()
    const { email } = await signUp(server())
    const ask = (method: 'GET' | 'POST', path: string, headers: Record<string, string> = {}, payload?: object) =>
      http.inject({
        method,
        url: `/api/auth${path}`,
        headers: { host: 'localhost', ...headers },
        ...(payload && { payload }),
      })
    const signedIn = await ask('POST', '/sign-in/email', {}, { email, password })
    expect(signedIn.statusCode).toBe(200)
    const cookie = String(signedIn.headers['set-cookie']).split(';', 1)[0]!
    expect((await ask('GET', '/get-session', { cookie })).json()).toMatchObject({ user: { email } })
    const { token } = signedIn.json<{ token: string }>()
    expect((await server().bearer(token).accounts.session()).via).toBe('session')
    const closed = [
      '/sign-up/email',
      '/update-user',
      '/api-key/create',
      '/change-email',
      '/delete-user',
      '/admin/set-role',
      '/revoke-sessions',
    ]
    for (const path of closed) expect([path, (await ask('POST', path, { cookie }, {})).statusCode]).toEqual([path, 404])
    expect((await ask('GET', '/token', { cookie })).statusCode).toBe(404)
    expect((await ask('POST', '/sign-out', { cookie, origin: 'https://elsewhere.example' }, {})).statusCode).toBe(403)
    expect((await ask('POST', '/sign-out', { cookie, origin: 'http://localhost' }, {})).statusCode).toBe(200)
    await expect(server().bearer(token).accounts.profile()).rejects.toEqual(refused('unauthenticated'))
  })
}
