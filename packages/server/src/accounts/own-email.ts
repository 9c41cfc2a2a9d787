import { randomBytes } from 'node:crypto'
import { days, Failure, toIso } from '@pumpiq/domain'
import type { Caller, Exchange } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { Attempts } from './attempts.ts'
import type { Auth } from './auth.ts'
import { credentialHash } from './credential-hash.ts'
import type { AccountMails } from './mails.ts'
import type { OwnPassword } from './own-password.ts'
import { noAddress } from './profiles.ts'
import type { Remembered } from './remembered.ts'
import { verificationToken } from './verification-token.ts'

type Needs = {
  readonly auth: Auth
  readonly db: Db
  /** The real time, which the library keeps too. */
  readonly clock: Pick<Clock, 'now'>
  readonly attempts: Attempts
  readonly remembered: Remembered
  readonly mails: AccountMails | null
  readonly prove: OwnPassword['prove']
}

type Wish = { email: string; password: string; code?: string | undefined }

const goodForMs = days(1)

/** What the library keeps of a change that is not confirmed yet: whose it is, what he was then, and the new address. */
const pendingOf = (userId: string, mark: string, email: string) => [userId, mark, email].join(' ')
/** Under the hash of this. */
const nameOf = (token: string) => `change-email:${token}`

const notGood = () => new Failure('invalid', 'token is not good: it has ended, was used already, or is none of yours')

/** Addresses of accounts: verified once more, and changed by who has both the account and the new address. */
export function createOwnEmail({ auth, db, clock, attempts, remembered, mails, prove }: Needs) {
  const posting = (): AccountMails => {
    if (mails) return mails
    const sentence = 'this installation sends no mail (SMTP_URL is not set), so no address can be verified'
    throw new Failure('unavailable', sentence)
  }

  /** The mark is another one once address or password is another one. */
  async function present(userId: string): Promise<{ email: string; mark: string }> {
    const row = await db
      .selectFrom('authUser as u')
      .innerJoin('authAccount as a', 'a.userId', 'u.id')
      .select(['u.email', 'a.password'])
      .where('u.id', '=', userId)
      .where('a.providerId', '=', 'credential')
      .executeTakeFirst()
    if (!row) throw new Failure('invalid', 'this account has no password, and its address stays as it is')
    return { email: row.email, mark: credentialHash(`${row.password} ${row.email}`) }
  }

  /** Once the answer is out: it is the same whoever has the address. */
  async function askNewAddress(post: AccountMails, userId: string, mark: string, email: string): Promise<void> {
    const owner = await db.selectFrom('authUser').select('id').where('email', '=', email).executeTakeFirst()
    if (owner) return post.known(email)
    const token = randomBytes(24).toString('base64url')
    const { internalAdapter } = await auth.$context
    await internalAdapter.createVerificationValue({
      identifier: nameOf(token),
      value: pendingOf(userId, mark, email),
      expiresAt: new Date(clock.now() + goodForMs),
    })
    post.confirm(email, token)
  }

  /** What was sent to his mailbox, or begun and not confirmed, is worth nothing any more. */
  async function forgetPending(userId: string): Promise<void> {
    await db
      .deleteFrom('authVerification')
      .where((is) => is.or([is('value', '=', userId), is('value', 'like', `${userId} %`)]))
      .execute()
  }

  async function move(userId: string, from: string, to: string): Promise<void> {
    try {
      const moved = await db
        .updateTable('authUser')
        .set({ email: to, emailVerified: true, updatedAt: toIso(clock.now()) })
        .where('id', '=', userId)
        .where('email', '=', from)
        .returning('id')
        .executeTakeFirst()
      if (!moved) throw notGood()
    } catch (thrown) {
      if (!isTaken(thrown)) throw thrown
      throw new Failure('conflict', 'the new address has an account of its own by now', { cause: thrown })
    }
  }

  return {
    forgetPending,

    async resend(email: string, exchange: Exchange): Promise<void> {
      const post = posting()
      await attempts.take('mailFrom', exchange.address)
      await attempts.take('mailTo', email)
      post.later(async () => {
        const user = await db
          .selectFrom('authUser')
          .select('email')
          .where('email', '=', email)
          .where('emailVerified', '=', false)
          .where('banned', '=', false)
          .executeTakeFirst()
        if (user && !email.endsWith(`@${noAddress}`)) post.verify(email, await verificationToken(auth, email))
      })
    },

    async change(caller: Caller, { email, ...proof }: Wish, exchange: Exchange): Promise<void> {
      const post = posting()
      await prove(caller, proof, exchange)
      if (email.endsWith(`@${noAddress}`))
        throw new Failure('invalid', `email must not end in ${noAddress}: no mail arrives there`)
      const now = await present(caller.userId)
      if (email === now.email) throw new Failure('invalid', 'email is the address of this account already')
      await attempts.take('mailFrom', exchange.address)
      await attempts.take('mailTo', email)
      post.moving(now.email, email)
      post.later(() => askNewAddress(post, caller.userId, now.mark, email))
    },

    /** A token that went to the wrong mailbox does nothing there: it is good for who asked for it alone. */
    async confirm({ userId }: Caller, token: string, exchange: Exchange): Promise<void> {
      await attempts.take('tokenFrom', exchange.address)
      const { internalAdapter } = await auth.$context
      const [whose, mark, email] = (await internalAdapter.findVerificationValue(nameOf(token)))?.value.split(' ') ?? []
      if (whose !== userId || email === undefined) throw notGood()
      const now = await present(userId)
      // It is used up by whoever comes first, and only while it is good.
      if (mark !== now.mark || !(await internalAdapter.consumeVerificationValue(nameOf(token)))) throw notGood()
      await move(userId, now.email, email)
      await forgetPending(userId)
      remembered.forget()
      mails?.moved(now.email, email)
    },
  }
}

/** Whether the database refused a value that must be there once only. */
const isTaken = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && (thrown as { code: unknown }).code === '23505'
