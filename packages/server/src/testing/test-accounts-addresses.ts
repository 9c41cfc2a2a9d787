import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../platform/clock.ts'
import { openAccountServer, password, signUp, type AccountServer } from './account-server.ts'
import { refused } from './test-accounts-words.ts'

const resent = 'Verify your address'
const confirm = 'Confirm your new address'
const asked = 'Your address is to change'
const changed = 'Your address has changed'
const taken = 'You have an account already'

let people = 0
const address = (name: string) => `${name}${++people}@example.com`

/** What addresses owe where mail is sent. */
export function testAccountAddresses(server: () => AccountServer): void {
  describe('addresses', () => {
    let posting: AccountServer
    beforeAll(async () => {
      posting = await openAccountServer({ db: server().db, sendsMail: true, publicUrl: 'https://pumpiq.example' })
    })
    afterAll(() => posting.close())
    testResending(server, () => posting)
    testMoving(() => posting)
    testRefusedMoves(server, () => posting)
  })
}

/** Registers, verifies and signs in. */
async function open(posting: AccountServer) {
  const email = address('mover')
  const { accounts } = posting.as()
  await accounts.register({ body: { email, password } })
  await accounts.verifyEmail({ body: { token: await tokenTo(posting, email, resent) } })
  const signed = await accounts.login({ body: { email, password } })
  if (signed.state !== 'signedIn') throw new Error('not signed in')
  return { email, id: signed.user.id, client: posting.bearer(signed.sessionToken).accounts }
}

const tokenTo = async (posting: AccountServer, to: string, subject: string) =>
  decodeURIComponent(await posting.mailed(to, subject))
const subjectsTo = (posting: AccountServer, email: string) =>
  posting.mails.filter(({ to }) => to === email).map(({ subject }) => subject)

/** Mails go out after the answer: those that were to come are there once this one is. */
async function afterMails(posting: AccountServer): Promise<void> {
  const { accounts } = posting.as()
  const last = address('last')
  await accounts.register({ body: { email: last, password } })
  await posting.mailed(last, resent)
}

function testResending(server: () => AccountServer, posting: () => AccountServer): void {
  it('are sent the mail that verifies them again, and nobody learns which of them have an account', async () => {
    const { accounts } = posting().as()
    const [email, nobodys] = [address('late'), address('nobody')]
    const known = await open(posting())
    await accounts.register({ body: { email, password } })
    const first = await tokenTo(posting(), email, resent)
    const answers = [email, nobodys, known.email].map((one) => accounts.resendVerification({ body: { email: one } }))
    expect(new Set((await Promise.all(answers)).map(({ sentence }) => sentence)).size).toBe(1)
    await afterMails(posting())
    expect(subjectsTo(posting(), email)).toEqual([resent, resent])
    expect(subjectsTo(posting(), nobodys)).toEqual([])
    expect(subjectsTo(posting(), known.email)).toEqual([resent])
    expect(first).not.toBe('')
    await accounts.verifyEmail({ body: { token: await tokenTo(posting(), email, resent) } })
    expect((await accounts.login({ body: { email, password } })).state).toBe('signedIn')
  })

  it('are not sent more mails than are borne, whoever has them', async () => {
    const strict = await openAccountServer({ db: server().db, sendsMail: true, limits: { mailTo: 2 } })
    const again = (email: string) => strict.as().accounts.resendVerification({ body: { email } })
    for (const email of [address('nobody'), (await open(posting())).email]) {
      await again(email)
      await again(email)
      await expect(again(email)).rejects.toEqual(refused('tooMany', 'mails to this account'))
    }
    await strict.close()
  })
}

function testMoving(posting: () => AccountServer): void {
  it('change once the new one is confirmed by who is signed in, and the old one hears of it', async () => {
    const { email: old, client, id } = await open(posting())
    const email = address('moved')
    const { accounts } = posting().as()
    await accounts.forgotPassword({ body: { email: old } })
    const reset = { token: await tokenTo(posting(), old, 'A new password'), password: 'seven marble bridges' }
    await client.changeEmail({ body: { email: email.toUpperCase(), password } })
    const token = await tokenTo(posting(), email, confirm)
    expect(await posting().mailed(old, asked)).toBe('')
    expect(posting().mails.find(({ to, subject }) => to === old && subject === asked)?.text).toContain(email)
    expect((await client.profile()).email).toBe(old)

    await expect(accounts.confirmEmail({ body: { token } })).rejects.toEqual(refused('unauthenticated'))
    const stranger = await open(posting())
    await expect(stranger.client.confirmEmail({ body: { token } })).rejects.toEqual(refused('invalid', 'token'))
    await expect(accounts.verifyEmail({ body: { token } })).rejects.toEqual(refused('invalid', 'token'))
    expect(await client.confirmEmail({ body: { token } })).toMatchObject({ id, email, emailVerified: true })
    await expect(client.confirmEmail({ body: { token } })).rejects.toEqual(refused('invalid', 'token'))
    await posting().mailed(old, changed)
    expect((await accounts.login({ body: { email, password } })).state).toBe('signedIn')
    await expect(accounts.login({ body: { email: old, password } })).rejects.toEqual(refused('unauthenticated'))
    // What lies in the old mailbox is worth nothing any more.
    await expect(accounts.resetPassword({ body: reset })).rejects.toEqual(refused('invalid', 'token'))
  })

  it('are answered alike when another account has them, whose owner is told', async () => {
    const [one, other] = [await open(posting()), await open(posting())]
    const free = address('free')
    const answer = await one.client.changeEmail({ body: { email: free, password } })
    expect(await one.client.changeEmail({ body: { email: other.email, password } })).toEqual(answer)
    await posting().mailed(other.email, taken)
    await afterMails(posting())
    expect(subjectsTo(posting(), other.email)).toEqual([resent, taken])
    expect(subjectsTo(posting(), one.email)).toEqual([resent, asked, asked])

    // Whoever makes an account with it in between keeps it.
    await posting()
      .as()
      .accounts.register({ body: { email: free, password } })
    const token = await tokenTo(posting(), free, confirm)
    await expect(one.client.confirmEmail({ body: { token } })).rejects.toEqual(refused('conflict', 'account'))
    expect((await one.client.profile()).email).toBe(one.email)
  })
}

function testRefusedMoves(server: () => AccountServer, posting: () => AccountServer): void {
  it('do not change without the password, nor to what they are, nor where no mail is sent', async () => {
    const { client, email } = await open(posting())
    const to = address('elsewhere')
    await expect(client.changeEmail({ body: { email: to, password: 'not the right one' } })).rejects.toEqual(
      refused('invalid', 'password'),
    )
    await expect(client.changeEmail({ body: { email, password } })).rejects.toEqual(refused('invalid', 'email'))
    await expect(client.changeEmail({ body: { email: 'x@this-machine.invalid', password } })).rejects.toEqual(
      refused('invalid', 'email'),
    )
    await afterMails(posting())
    expect([...subjectsTo(posting(), to), ...subjectsTo(posting(), email)]).toEqual([resent])
    const silent = await signUp(server())
    await expect(silent.client.changeEmail({ body: { email: to, password } })).rejects.toEqual(
      refused('unavailable', 'SMTP_URL'),
    )
    await expect(
      server()
        .as()
        .accounts.resendVerification({ body: { email: to } }),
    ).rejects.toEqual(refused('unavailable', 'SMTP_URL'))
  })

  it('stay when the password was changed since, when the token is old, and when the account is gone', async () => {
    const begin = async () => {
      const person = await open(posting())
      const email = address('begun')
      await person.client.changeEmail({ body: { email, password } })
      return { ...person, token: await tokenTo(posting(), email, confirm), to: email }
    }
    const notGood = refused('invalid', 'token')
    const [warned, late, gone] = [await begin(), await begin(), await begin()]
    await warned.client.changePassword({ body: { password, newPassword: 'eleven copper lanterns drift' } })
    await expect(warned.client.confirmEmail({ body: { token: warned.token } })).rejects.toEqual(notGood)

    const { db } = posting()
    const pending = (id: string) => db.selectFrom('authVerification').select('id').where('value', 'like', `${id} %`)
    await db
      .updateTable('authVerification')
      .set({ expiresAt: new Date(systemClock.now() - 1_000).toISOString() })
      .where('value', 'like', `${late.id} %`)
      .execute()
    await expect(late.client.confirmEmail({ body: { token: late.token } })).rejects.toEqual(notGood)

    expect(await pending(gone.id).execute()).toHaveLength(1)
    await gone.client.deleteAccount({ body: { password } })
    expect(await pending(gone.id).execute()).toEqual([])
  })
}
