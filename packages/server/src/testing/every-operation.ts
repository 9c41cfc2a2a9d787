import { createOTP } from '@better-auth/utils/otp'
import { base32 } from '@better-auth/utils/base32'
import { createClient, prefix, type Client } from '@pumpiq/api'
import type { Hashing } from '../accounts/passwords.ts'
import { allEndpoints } from '../http/bind.ts'
import type { Mail } from '../network/mail.ts'
import { systemClock } from '../platform/clock.ts'
import { sha256Hex } from '../platform/hash.ts'
import { createWorld, type World } from './world.ts'

/** An answer as it came over the socket. */
export type Answered = {
  readonly operation: string
  readonly method: string
  readonly url: string
  readonly status: number
  readonly type: string
  readonly text: string
}

type Reach = (request: Request) => Promise<Response>
export type Asking = Awaited<ReturnType<typeof openAsking>>

/** A hash that costs nothing: how passwords are kept is tried elsewhere. */
export const cheapHashing: Hashing = {
  hash: async (password) => sha256Hex(`test ${password}`),
  verify: async ({ hash, password }) => hash === sha256Hex(`test ${password}`),
}

/** Limits so wide that tests of other things do not meet them. */
export const wideLimits = {
  signInFrom: 1e6,
  signInTo: 1e6,
  registerFrom: 1e6,
  mailFrom: 1e6,
  mailTo: 1e6,
  tokenFrom: 1e6,
  passwordTo: 1e6,
}

const patterns = allEndpoints()
  .map(({ resource, verb, endpoint: { method, path } }) => ({
    operation: `${resource}.${verb}`,
    method,
    params: path.split(':').length,
    shape: new RegExp(`^${prefix}${path.replaceAll(/:\w+/g, '[^/]+')}$`),
  }))
  // Where a word of the path and a parameter both fit, the word is meant.
  .toSorted((a, b) => a.params - b.params)

/** Which of the table a request asks for, by `resource.verb`; `none` where it is none of them. */
const operationOf = (method: string, pathname: string): string =>
  patterns.find((one) => one.method === method && one.shape.test(pathname))?.operation ?? 'none'

/** A world with accounts, listening on a real socket; whoever asks does it with the real client, and every answer is kept. */
export async function openAsking(reach: Reach, wish: Parameters<typeof createWorld>[0] = {}) {
  const mails: Mail[] = []
  const world = await createWorld({
    ...wish,
    accounts: { localMode: false, registration: 'open', hashing: cheapHashing, limits: wideLimits, ...wish.accounts },
    outside: { unlimited: true, ...wish.outside },
  })
  const baseUrl = await world.app.http.listen({ host: '127.0.0.1', port: 0 })
  const answers: Answered[] = []

  async function recorded(request: Request): Promise<Response> {
    const { method, url } = request
    const response = await reach(request)
    const text = await response.clone().text()
    const type = (response.headers.get('content-type') ?? '').split(';', 1)[0]!
    const operation = operationOf(method, new URL(url).pathname)
    answers.push({ operation, method, url, status: response.status, type, text })
    return response
  }

  return {
    world,
    baseUrl,
    mails,
    answers,
    /** Somebody who signs in so; nobody unless said. */
    as: (credentials: { apiKey?: string; token?: string } = {}): Client =>
      createClient({ baseUrl, fetch: recorded, retries: 0, timeoutMs: 60_000, ...credentials }),
    /** Whatever the client would not send. */
    raw: (path: string, init: RequestInit = {}): Promise<Response> => recorded(new Request(baseUrl + path, init)),
  }
}

/** What an authenticator shows for the address it was given. */
export function codeOf(uri: string): Promise<string> {
  const secret = base32.decode(new URL(uri).searchParams.get('secret')!)
  return createOTP(new TextDecoder().decode(secret)).totp()
}

/** What comes of looking, as soon as it is something; time of the world goes on between looks. */
export async function once<T>(world: World, look: () => Promise<T | null | undefined | false>): Promise<T> {
  for (let i = 0; i < 400; i++) {
    const found = await look()
    if (found) return found
    await world.until(systemClock.sleep(25))
  }
  throw new Error('it does not come about')
}
