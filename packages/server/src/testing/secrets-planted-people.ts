import type { Client, SignedIn } from '@pumpiq/api'
import { codeOf, type Asking } from './every-operation.ts'
import type { createOnce, Plants } from './secrets-planted.ts'

export type Planting = {
  readonly asking: Asking
  readonly plants: Plants
  readonly once: ReturnType<typeof createOnce>
}

const refused = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => Promise.reject(new Error('what was to be refused was done')),
    () => null,
  )

type Body = Readonly<Record<string, unknown>>

/** Sends what the client would not. */
export function post(
  { asking }: Planting,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return asking.raw(path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: text })
}

function signedIn({ once }: Planting, signed: SignedIn): Extract<SignedIn, { state: 'signedIn' }> {
  if (signed.state !== 'signedIn') throw new Error('not signed in')
  once.tell('accounts.login', 'an access token', signed.token)
  once.tell('accounts.login', 'a session token', signed.sessionToken)
  return signed
}

/** Somebody’s whole life here, with all that goes wrong in it. */
export async function liveThrough(planting: Planting, name: string): Promise<Client> {
  const { asking, plants } = planting
  const email = `${name}@example.org`
  const password = plants.make('a password')
  const nobody = asking.as()
  await nobody.accounts.register({ body: { email, password } })
  await mistype(planting, email, password)
  const first = signedIn(planting, await nobody.accounts.login({ body: { email, password } }))
  const { client, newPassword } = await changePassword(planting, asking.as({ token: first.sessionToken }), password)
  const renewed = await secondFactor(planting, client, { email, password: newPassword })
  await useKeys(planting, renewed)
  await addChannels(planting, renewed)
  await sendAround(planting)
  return renewed
}

/** Signing in with what is wrong, and with what is no question at all. */
async function mistype(planting: Planting, email: string, password: string): Promise<void> {
  const { asking, plants } = planting
  const login = '/api/v1/auth/login'
  const wrong = (length?: number) => plants.make('a wrong password', length)
  await refused(asking.as().accounts.login({ body: { email, password: wrong() } }))
  const bodies: Body[] = [
    { email, password: { text: wrong() } },
    { email, password: [wrong()] },
    { email, password: wrong(), passwordAgain: wrong() },
    { email: 'no address', password: wrong() },
    { email, password: wrong(130) },
    { email, password, code: { text: wrong() } },
  ]
  for (const body of bodies) await post(planting, login, body)
  await post(planting, login, `{"email":"${email}","password":"${wrong()}"`)
  await post(planting, login, JSON.stringify(wrong()))
  await post(planting, '/api/v1/auth/register', { email: `x${email}`, password: wrong(11) })
  await post(planting, '/api/v1/auth/register', { email: `x${email}`, password: wrong(), setupToken: wrong() })
  await post(planting, '/api/v1/auth/reset-password', { token: wrong(), password: wrong() })
  await post(planting, '/api/v1/auth/reset-password', { token: { text: wrong() }, password: wrong(10) })
  await post(planting, '/api/v1/auth/verify-email', { token: wrong() })
  await post(planting, '/api/auth/sign-in/email', { email, password: wrong() })
}

async function changePassword({ plants }: Planting, client: Client, password: string) {
  const newPassword = plants.make('a new password')
  const body = { password: plants.make('a wrong password'), newPassword }
  await refused(client.accounts.changePassword({ body }))
  await refused(
    client.accounts.changePassword({ body: { password, newPassword: plants.make('a short password', 11) } }),
  )
  await client.accounts.changePassword({ body: { password, newPassword } })
  return { client, newPassword }
}

async function secondFactor(planting: Planting, { accounts }: Client, body: { email: string; password: string }) {
  const { asking, plants, once } = planting
  const { password } = body
  const { uri, backupCodes } = await accounts.enableTwoFactor({ body: { password } })
  once.tell('accounts.enableTwoFactor', 'the secret of a second factor', new URL(uri).searchParams.get('secret')!)
  once.tell('accounts.enableTwoFactor', 'a backup code', ...backupCodes)
  const { sessionToken } = await accounts.confirmTwoFactor({ body: { code: await codeOf(uri) } })
  once.tell('accounts.confirmTwoFactor', 'a session token', sessionToken)
  const nobody = asking.as().accounts
  await refused(nobody.login({ body: { ...body, code: plants.make('a wrong backup code', 11) } }))
  signedIn(planting, await nobody.login({ body: { ...body, code: backupCodes[0]! } }))
  await refused(nobody.login({ body: { ...body, code: backupCodes[0]! } }))
  const renewed = asking.as({ token: sessionToken })
  const { token } = await renewed.accounts.refresh()
  once.tell('accounts.refresh', 'an access token', token)
  return renewed
}

async function useKeys({ asking, plants, once }: Planting, { accounts }: Client): Promise<void> {
  for (const scopes of [['read'], ['read', 'recommend', 'write']] as const) {
    const { key } = await accounts.createApiKey({ body: { name: 'k', scopes: [...scopes] } })
    once.tell('accounts.createApiKey', 'an API key', key)
    await asking.as({ apiKey: key }).accounts.profile()
    await refused(asking.as({ apiKey: key }).accounts.apiKeys())
  }
  const ways = [
    { apiKey: `pq_${plants.make('an API key that is none')}` },
    { token: plants.make('a token that is none') },
  ]
  for (const credentials of ways) await refused(asking.as(credentials).accounts.profile())
  const cookie = `pumpiq.session_token=${plants.make('a cookie that is none')}.${plants.make('a signature that is none')}`
  await asking.raw('/api/v1/user/profile', { headers: { cookie } })
}

/** Where people are told, each by its own secrets; then what is no such place. */
async function addChannels({ plants }: Planting, { notifications }: Client): Promise<void> {
  const make = (length: number) => plants.make('the target of a channel', length)
  const signing = () =>
    plants.know('the secret of a webhook', `whsec_${btoa(plants.make('the secret of a webhook', 24))}`)
  const targets: readonly [kind: string, target: () => Body][] = [
    ['webhook', () => ({ url: `https://receiver.example/${make(24)}`, secrets: [signing()] })],
    ['telegram', () => ({ token: `123456789:${make(35)}`, chatId: '42' })],
    ['slack', () => ({ url: `https://hooks.slack.com/services/T0123456/B0123456/${make(24)}` })],
    ['discord', () => ({ url: `https://discord.com/api/webhooks/123456789/${make(68)}` })],
  ]
  const wrong: typeof targets = [
    ['webhook', () => ({ url: `http://receiver.example/${make(24)}`, secrets: [make(20)] })],
    ['webhook', () => ({ url: `https://user:${make(24)}@receiver.example/`, secrets: make(24) })],
    ['telegram', () => ({ token: make(35), chatId: make(12) })],
    ['slack', () => ({ url: { text: make(24) }, also: make(12) })],
    ['pigeon', () => ({ token: make(24) })],
  ]
  for (const [kind, target] of targets) {
    const { id } = await notifications.addChannel({ body: { kind, name: kind, target: target() } })
    await notifications.testChannel({ params: { id } })
  }
  for (const [kind, target] of wrong)
    await refused(notifications.addChannel({ body: { kind, name: kind, target: target() } }))
}

/** Secrets where they do not belong. */
async function sendAround(planting: Planting): Promise<void> {
  const { asking, plants } = planting
  const query = () => {
    const words = ['api_key', 'token', 'password', 'secret', 'code'].map((name) => [
      name,
      plants.make(`${name} in a query`, 20),
    ])
    return `?${new URLSearchParams(words).toString()}`
  }
  const paths = ['/api/v1/nothing', '/api/v1/tokens', '/api/v1/auth/login', '/reset-password', '/api/v1/%zz']
  for (const path of paths) await asking.raw(path + query())
  await post(planting, `/api/v1/hooks${query()}`, { name: 'x', secret: plants.make('the secret of a hook') })
}
