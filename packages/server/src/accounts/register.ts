import { Failure, toIso } from '@pumpiq/domain'
import type { Registered } from '@pumpiq/api'
import type { Db, Tx } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { Ids } from '../platform/ids.ts'
import type { Attempts } from './attempts.ts'
import type { Auth } from './auth.ts'
import type { AccountMails } from './mails.ts'
import { refuseGuessable, type Hashing } from './passwords.ts'
import { noAddress } from './profiles.ts'
import type { Setup } from './setup.ts'
import { verificationToken } from './verification-token.ts'

type Needs = {
  readonly auth: Auth
  readonly db: Db
  readonly clock: Pick<Clock, 'now'>
  readonly ids: Ids
  readonly hashing: Hashing
  readonly attempts: Attempts
  readonly mails: AccountMails | null
  readonly setup: Setup
  readonly isOpen: boolean
}

type Wish = { email: string; password: string; name?: string | undefined; setupToken?: string | undefined }
type Person = { id: string; email: string; name: string; hash: string }

/** Makes accounts. The answer, and the work, are the same for an address that has one already. */
export function createRegister({ auth, db, clock, ids, hashing, attempts, mails, setup, isOpen }: Needs) {
  /** False where the address has an account. */
  async function add(tx: Tx, { id, email, name, hash }: Person, role: 'user' | 'admin'): Promise<boolean> {
    const at = { createdAt: toIso(clock.now()), updatedAt: toIso(clock.now()) }
    const made = await tx
      .insertInto('authUser')
      .values({
        id,
        email,
        name,
        role,
        tier: role === 'admin' ? 'pro' : 'free',
        emailVerified: role === 'admin',
        ...at,
      })
      .onConflict((same) => same.column('email').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!made) return false
    const account = { id: ids.next(), userId: id, accountId: id, providerId: 'credential', password: hash, ...at }
    await tx.insertInto('authAccount').values(account).execute()
    return true
  }

  async function addAdmin(person: Person, setupToken: string): Promise<void> {
    await db.transaction().execute(async (tx) => {
      await setup.use(tx, setupToken)
      if (!(await add(tx, person, 'admin')))
        throw new Failure('conflict', 'email has an account already: take another one')
    })
  }

  async function addUser(person: Person): Promise<void> {
    const made = await db.transaction().execute((tx) => add(tx, person, 'user'))
    if (!mails) return
    if (made) mails.later(async () => mails.verify(person.email, await verificationToken(auth, person.email)))
    else mails.known(person.email)
  }

  return async function register({ email, password, name, setupToken }: Wish, address: string): Promise<Registered> {
    await attempts.take('registerFrom', address)
    if (setupToken === undefined && !isOpen)
      throw new Failure('forbidden', 'accounts are not made here: ask whoever runs this installation')
    if (email.endsWith(`@${noAddress}`))
      throw new Failure('invalid', `email must not end in ${noAddress}: no mail arrives there`)
    refuseGuessable(password, email)
    const hash = await hashing.hash(password)
    const person = { id: ids.next(), email, name: name ?? email.split('@')[0]!.slice(0, 80), hash }
    if (setupToken !== undefined) await addAdmin(person, setupToken)
    else await addUser(person)
    return answer(setupToken !== undefined, mails !== null)
  }
}

function answer(isAdmin: boolean, sendsMail: boolean): Registered {
  if (isAdmin)
    return {
      state: 'accepted',
      emailVerification: 'verified',
      sentence: 'The administrator’s account is made: sign in.',
    }
  return sendsMail
    ? {
        state: 'accepted',
        emailVerification: 'required',
        sentence:
          'A mail is on its way to this address: follow it to finish. If the address has an account already, the mail says so.',
      }
    : {
        state: 'accepted',
        emailVerification: 'impossible',
        sentence:
          'This installation sends no mail, so the address is not verified and a forgotten password cannot be replaced. Sign in now; if that fails, the address has an account with another password.',
      }
}
