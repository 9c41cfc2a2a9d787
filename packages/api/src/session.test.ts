import { expect, it } from 'vitest'
import { createSession } from './session.ts'

const encoded = (part: object) => btoa(JSON.stringify(part)).replaceAll('=', '')
/** A JWT of an hour, made by a clock that goes wrong by years. */
const jwt = (name: string, seconds = 3_600) =>
  `${encoded({ alg: 'EdDSA' })}.${encoded({ iat: 9e8, exp: 9e8 + seconds, name })}.x`

function signingIn(answers: readonly (() => Promise<string>)[], seconds?: number) {
  const time = { now: 0 }
  let logins = 0
  const session = createSession({
    login: () => (answers[logins++] ?? (async () => jwt(`token ${logins}`, seconds)))(),
    edge: { now: () => time.now },
  })
  return { session, time, logins: () => logins }
}

it('signs in once for however many ask, and again a minute before the token ends', async () => {
  const { session, time, logins } = signingIn([])
  const first = await Promise.all(Array.from({ length: 50 }, () => session.token()))
  expect(new Set(first).size).toBe(1)
  time.now = 59 * 60_000 - 1
  expect(await session.token()).toBe(first[0])
  expect(logins()).toBe(1)
  time.now = 59 * 60_000
  const second = await Promise.all([session.token(), session.token()])
  expect(new Set([...first, ...second]).size).toBe(2)
  expect(logins()).toBe(2)
})

it('makes one new token for all whose old one was refused', async () => {
  const { session, logins } = signingIn([])
  const old = await session.token()
  const renewed = await Promise.all([session.token(old), session.token(old), session.token()])
  expect(renewed.every((token) => token === renewed[0] && token !== old)).toBe(true)
  // Whoever comes late with the old one gets the new one.
  expect(await session.token(old)).toBe(renewed[0])
  expect(logins()).toBe(2)
})

it('tells a failed login to all who wait for it, and tries anew for the next', async () => {
  const { session } = signingIn([() => Promise.reject(new Error('wrong password'))])
  const both = await Promise.allSettled([session.token(), session.token()])
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  expect(await session.token()).toMatch(/^ey/)
})

it('uses a token that does not say how long it lives until it is refused, and a short one for half its life', async () => {
  const opaque = signingIn([async () => 'opaque'])
  await opaque.session.token()
  opaque.time.now = 1e12
  expect(await opaque.session.token()).toBe('opaque')
  const short = signingIn([], 40)
  const first = await short.session.token()
  short.time.now = 19_999
  expect(await short.session.token()).toBe(first)
  short.time.now = 20_000
  expect(await short.session.token()).not.toBe(first)
})

it('keeps nothing behind its end, not even what was on its way', async () => {
  let give = (_: string) => {}
  const { session, logins } = signingIn([() => new Promise((resolve) => (give = resolve))])
  const waiting = session.token()
  session.end()
  give(jwt('late'))
  await waiting
  await session.token()
  expect(logins()).toBe(2)
})

it('refuses a login that gives no token', async () => {
  const { session } = signingIn([async () => ''])
  await expect(session.token()).rejects.toMatchObject({ code: 'invalid' })
})
