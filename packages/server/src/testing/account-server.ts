import type { Redis } from 'ioredis'
import { createClient, type Client } from '@pumpiq/api'
import { createAccounts, type AccountSetting } from '../accounts/accounts.ts'
import { scrypt } from '../accounts/passwords.ts'
import type { Db } from '../db/db.ts'
import { createCsrf } from '../http/csrf.ts'
import { injectFetch } from '../http/inject-fetch.ts'
import { createSampleHandlers } from '../http/sample-handlers.ts'
import { createSampleMarket } from '../http/sample-market.ts'
import { createHttp } from '../http/server.ts'
import type { Mail } from '../network/mail.ts'
import { systemClock } from '../platform/clock.ts'
import { systemIds } from '../platform/ids.ts'
import { createCollectedLog } from '../platform/log.ts'
import { createSecret } from '../platform/secret.ts'

export const accountSecret = createSecret('the secret of these tests, which is no secret')
export const password = 'nine violet otters sing'

/** Limits so wide that tests of other things do not meet them. */
const wide = {
  signInFrom: 1e6,
  signInTo: 1e6,
  registerFrom: 1e6,
  mailFrom: 1e6,
  mailTo: 1e6,
  tokenFrom: 1e6,
  passwordTo: 1e6,
}

type Wish = Partial<AccountSetting> & { db: Db; publicUrl?: string; sendsMail?: boolean; redis?: Redis }
export type AccountServer = Awaited<ReturnType<typeof openAccountServer>>

/** Accounts behind real HTTP, in a process of their own so to say: two on one database know of each other by it alone. */
export async function openAccountServer({ db, publicUrl, sendsMail = false, redis, ...setting }: Wish) {
  const log = createCollectedLog()
  const mails: Mail[] = []
  /** How often a password was hashed, which is what costs. */
  const hashed = { times: 0 }
  const counted = <F extends (asked: never) => unknown>(work: F): F =>
    ((asked: never) => {
      hashed.times++
      return work(asked)
    }) as F
  const csrf = createCsrf({ secret: accountSecret })
  const accounts = await createAccounts({
    db,
    clock: systemClock,
    ids: systemIds,
    log,
    setting: {
      secret: accountSecret,
      localMode: false,
      registration: 'open',
      hashing: { hash: counted(scrypt.hash), verify: counted(scrypt.verify) },
      limits: wide,
      ...setting,
    },
    publicUrl: publicUrl ?? null,
    mail: sendsMail ? async (mail) => void mails.push(mail) : null,
    redis: redis ?? null,
    isProxyTrusted: false,
    csrfTokenOf: csrf.csrfTokenOf,
  })
  const now = systemClock.now()
  const http = await createHttp({
    handlers: { ...createSampleHandlers({ market: createSampleMarket({ now }), now }), accounts: accounts.routes },
    log,
    ids: systemIds,
    simulated: true,
    webRoot: '/nowhere',
    identify: accounts.identify,
    csrf,
    publicUrl: publicUrl ?? null,
    first: accounts.mount,
  })
  const send = injectFetch(http)
  const as = (headers: Readonly<Record<string, string>> = {}): Client =>
    createClient({
      baseUrl: 'http://localhost',
      fetch: (request) => {
        for (const [name, value] of Object.entries(headers)) request.headers.set(name, value)
        return send(request)
      },
    })

  return {
    db,
    http,
    log,
    mails,
    hashed,
    accounts,
    as,
    bearer: (text: string) => as({ authorization: `Bearer ${text}` }),
    /** The token in the newest mail to somebody, once it has gone out. */
    async mailed(to: string, subject: string): Promise<string> {
      for (let tries = 0; tries < 200; tries++) {
        const found = mails.findLast((mail) => mail.to === to && mail.subject === subject)
        if (found) return /token=([^\s&]+)|The token: (\S+)/.exec(found.text)?.slice(1).find(Boolean) ?? ''
        await systemClock.sleep(10)
      }
      throw new Error(`no mail "${subject}" to ${to}`)
    },
    async close(): Promise<void> {
      await http.close()
      await accounts.close()
    },
  }
}

let people = 0

/** Somebody who has registered and signed in. */
export async function signUp(server: AccountServer, wish: { setupToken?: string } = {}) {
  const email = `person${++people}.${systemIds.next().slice(-6)}@example.com`
  const { accounts } = server.as()
  await accounts.register({ body: { email, password, ...wish } })
  const signed = await accounts.login({ body: { email, password } })
  if (signed.state !== 'signedIn') throw new Error('a code is asked of somebody new')
  const { token, sessionToken, user } = signed
  return { email, token, sessionToken, user, client: server.bearer(sessionToken).accounts }
}

/** The first administrator. */
export async function signUpAdmin(server: AccountServer) {
  const token = await server.accounts.openSetup()
  if (token === null) throw new Error('there is an administrator already')
  return signUp(server, { setupToken: token.reveal() })
}
