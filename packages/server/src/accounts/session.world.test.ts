import { createClient, createSession, type Answered } from '@pumpiq/api'
import { minutes } from '@pumpiq/domain'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { injectFetch } from '../http/inject-fetch.ts'
import { createWorld, type World } from '../testing/world.ts'
import { refused } from '../testing/test-accounts-words.ts'

const baseUrl = 'http://localhost'
const body = { email: 'session@example.com', password: 'nine violet otters sing' }
let world: World

beforeAll(async () => {
  world = await createWorld({ accounts: { localMode: false, registration: 'open' } })
  await openProgram().as().register({ body })
})
afterAll(() => world.close())

/** A program as the manual has it: it signs in once, and renews by the session that it was given. */
function openProgram() {
  const fetch = injectFetch(world.app.http)
  const time = { now: 0 }
  const asked: string[] = []
  const onAnswer = ({ method, path, status }: Answered) => void asked.push(`${method} ${path} ${status}`)
  const as = (token?: string) => createClient({ baseUrl, fetch, retries: 0, onAnswer, token }).accounts
  let sessionToken: string | null = null
  const session = createSession({
    async login() {
      if (sessionToken !== null) return (await as(sessionToken).refresh()).token
      const signed = await as().login({ body })
      if (signed.state !== 'signedIn') throw new Error(signed.sentence)
      sessionToken = signed.sessionToken
      return signed.token
    },
    edge: { now: () => time.now },
  })
  return {
    accounts: createClient({ baseUrl, fetch, retries: 0, onAnswer, token: session.token }).accounts,
    session,
    time,
    as,
    /** What was asked since this was asked. */
    asked: () => asked.splice(0),
    forget: () => void (sessionToken = null),
  }
}

it('a program signs in once, renews its token before the hour is over, and ends when its session does', async () => {
  const { accounts, session, time, as, asked, forget } = openProgram()
  await Promise.all([accounts.profile(), accounts.sessions(), accounts.apiKeys()])
  const signedIn = asked()
  expect(signedIn[0]).toBe('POST /auth/login 200')
  expect(signedIn.slice(1).toSorted()).toEqual([
    'GET /user/api-keys 200',
    'GET /user/profile 200',
    'GET /user/sessions 200',
  ])
  const first = await session.token()

  time.now = minutes(59)
  expect(await accounts.session()).toMatchObject({ via: 'token', user: { email: body.email } })
  expect(asked()).toEqual(['POST /auth/refresh 200', 'GET /auth/session 200'])
  const second = await session.token()
  expect(second).not.toBe(first)
  // The old one is good for its last minute: nothing that is under way is refused.
  expect(await as(first).profile()).toMatchObject({ email: body.email })

  await accounts.logout()
  session.end()
  for (const token of [first, second]) await expect(as(token).profile()).rejects.toEqual(refused('unauthenticated'))
  asked()
  await expect(accounts.profile()).rejects.toEqual(refused('unauthenticated', 'sign in again'))
  expect(asked()).toEqual(['POST /auth/refresh 401'])
  forget()
  expect(await accounts.profile()).toMatchObject({ email: body.email })
})

it('a session that is ended elsewhere is noticed at the next call, which is asked once more and no oftener', async () => {
  const { accounts, asked, forget } = openProgram()
  await accounts.profile()
  const elsewhere = openProgram()
  await elsewhere.accounts.profile()
  expect((await elsewhere.accounts.endOtherSessions()).ended).toBeGreaterThan(0)
  asked()
  await expect(accounts.profile()).rejects.toEqual(refused('unauthenticated'))
  expect(asked()).toEqual(['GET /user/profile 401', 'POST /auth/refresh 401'])
  // What was refused is not kept: who may sign in anew goes on at once.
  forget()
  expect(await accounts.profile()).toMatchObject({ email: body.email })
  expect(asked()).toEqual(['POST /auth/login 200', 'GET /user/profile 200'])
})
