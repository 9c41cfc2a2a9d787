import { expect, it } from 'vitest'
import { signIn, signUp, type Person } from './every-operation-people.ts'
import type { Asking } from './every-operation.ts'

/** What somebody was given ends with the next call once it is taken from him. `ann` is an administrator. */
export function testWithdrawn(given: () => { asking: Asking; ann: Person }): void {
  type Way = [what: string, code: string, take: (whose: Person, key: string) => Promise<unknown>]
  const admin = () => given().ann.client.accounts
  const ways: readonly Way[] = [
    ['the role was withdrawn', 'forbidden', ({ id }) => admin().changeUser({ params: { id }, body: { role: 'user' } })],
    [
      'the account was banned',
      'unauthenticated',
      ({ id }) => admin().changeUser({ params: { id }, body: { banned: true } }),
    ],
  ]

  async function deputy(name: string) {
    const { asking } = given()
    const person = await signUp(asking, name)
    await admin().changeUser({ params: { id: person.id }, body: { role: 'admin' } })
    const key = await person.client.accounts.createApiKey({ body: { name: 'k', scopes: ['read', 'admin'] } })
    const { token } = await person.client.accounts.refresh()
    const clients = [person.sessionToken, person.token, token].map((one) => asking.as({ token: one }))
    return { person, key, clients: [...clients, asking.as({ apiKey: key.key })] }
  }

  it.each(ways)('is gone with the next call after %s', async (what, code, take) => {
    const { person, key, clients } = await deputy(`deputy-${code}`)
    for (const { accounts } of clients) expect((await accounts.users()).items.length, what).toBeGreaterThan(1)
    await take(person, key.id)
    for (const { accounts } of clients) await expect(accounts.users()).rejects.toMatchObject({ code })
    if (code === 'unauthenticated')
      for (const { accounts } of clients) await expect(accounts.profile()).rejects.toMatchObject({ code })
  })

  it('is gone with the next call after the session was ended, or the key revoked', async () => {
    const { person, key, clients } = await deputy('deputy-ended')
    const bySession = clients.slice(0, 3)
    const byKey = clients.at(-1)!
    const [current] = (await person.client.accounts.sessions()).items
    await person.client.accounts.endSession({ params: { id: current!.id } })
    for (const { accounts } of bySession)
      await expect(accounts.profile()).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(await byKey.accounts.profile()).toMatchObject({ id: person.id })
    const again = await signIn(given().asking, person.email)
    await again.client.accounts.removeApiKey({ params: { id: key.id } })
    await expect(byKey.accounts.profile()).rejects.toMatchObject({ code: 'unauthenticated' })
  })
}
