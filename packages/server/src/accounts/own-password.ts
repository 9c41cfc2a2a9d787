import { Failure } from '@pumpiq/domain'
import type { Caller, Exchange } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import { asking } from './api-failure.ts'
import type { Attempts } from './attempts.ts'
import type { Auth } from './auth.ts'
import { plainHeaders, sessionHeaders, tokenSetBy, type Cookie } from './exchanged.ts'
import type { AccountMails } from './mails.ts'
import { refuseGuessable, type Hashing } from './passwords.ts'
import { noAddress } from './profiles.ts'
import type { Remembered } from './remembered.ts'

type Needs = {
  readonly auth: Auth
  readonly db: Db
  readonly hashing: Hashing
  readonly attempts: Attempts
  readonly remembered: Remembered
  readonly mails: AccountMails | null
  readonly cookie: Cookie
}

export type OwnPassword = ReturnType<typeof createOwnPassword>

/** What only somebody does who knows his password, or reads his mail. */
export function createOwnPassword({ auth, db, hashing, attempts, remembered, mails, cookie }: Needs) {
  const asOwner = async (caller: Caller, exchange: Exchange): Promise<Headers> => {
    const headers = sessionHeaders(caller, exchange, cookie)
    await attempts.take('passwordTo', caller.userId)
    return headers
  }

  /** The library begins a new session in place of the one that asked; where nothing is left to be done it does not. */
  function renewed(headers: Headers, exchange: Exchange, done: string): string {
    const token = tokenSetBy(headers, cookie)
    if (token === null) throw new Failure('invalid', done)
    remembered.forget()
    exchange.setCookies(headers.getSetCookie())
    return token
  }

  return {
    /** Failure invalid when that is not his password, or the code not his second factor's. */
    async prove(
      caller: Caller,
      { password, code }: { password: string; code?: string | undefined },
      exchange: Exchange,
    ) {
      const headers = await asOwner(caller, exchange)
      const account = await db
        .selectFrom('authAccount as a')
        .innerJoin('authUser as u', 'u.id', 'a.userId')
        .select(['a.password', 'u.twoFactorEnabled'])
        .where('a.userId', '=', caller.userId)
        .where('a.providerId', '=', 'credential')
        .executeTakeFirst()
      if (!account?.password) throw new Failure('invalid', 'this account has no password')
      if (!(await hashing.verify({ hash: account.password, password })))
        throw new Failure('invalid', 'password is not right')
      if (!account.twoFactorEnabled) return
      if (code === undefined) throw new Failure('invalid', 'code is missing: this account has a second factor')
      await asking(auth.api.verifyTOTP({ body: { code }, headers }))
    },

    async change(
      caller: Caller,
      { password, newPassword }: { password: string; newPassword: string },
      exchange: Exchange,
    ) {
      const headers = await asOwner(caller, exchange)
      const user = await db.selectFrom('authUser').select('email').where('id', '=', caller.userId).executeTakeFirst()
      refuseGuessable(newPassword, user?.email ?? null)
      await asking(auth.api.changePassword({ body: { currentPassword: password, newPassword }, headers }))
      await db
        .deleteFrom('authSession')
        .where('userId', '=', caller.userId)
        .where('id', '!=', caller.credentialId ?? '')
        .execute()
      remembered.forget()
    },

    /** The work is done once the answer is out: it takes as long for an address that nobody has. */
    async forgot(email: string, exchange: Exchange): Promise<void> {
      if (!mails)
        throw new Failure(
          'unavailable',
          'this installation sends no mail (SMTP_URL is not set), so no password can be replaced by one',
        )
      await attempts.take('mailFrom', exchange.address)
      await attempts.take('mailTo', email)
      if (email.endsWith(`@${noAddress}`)) return
      mails.later(() => asking(auth.api.requestPasswordReset({ body: { email }, headers: plainHeaders(exchange) })))
    },

    async reset({ token, password }: { token: string; password: string }, exchange: Exchange): Promise<void> {
      await attempts.take('tokenFrom', exchange.address)
      refuseGuessable(password, null)
      await asking(auth.api.resetPassword({ body: { token, newPassword: password }, headers: plainHeaders(exchange) }))
      remembered.forget()
    },

    async verifyEmail(token: string, exchange: Exchange): Promise<void> {
      await attempts.take('tokenFrom', exchange.address)
      await asking(auth.api.verifyEmail({ query: { token }, headers: plainHeaders(exchange) }))
    },

    async enableTwoFactor(caller: Caller, password: string, exchange: Exchange) {
      const headers = await asOwner(caller, exchange)
      const begun = await asking(auth.api.enableTwoFactor({ body: { password, method: 'totp' }, headers }))
      if (!('totpURI' in begun)) throw new Failure('broken', 'a second factor was begun without a secret')
      return { uri: begun.totpURI, backupCodes: begun.backupCodes }
    },

    async confirmTwoFactor(caller: Caller, code: string, exchange: Exchange): Promise<string> {
      const headers = await asOwner(caller, exchange)
      const confirmed = await asking(auth.api.verifyTOTP({ body: { code }, headers, returnHeaders: true }))
      return renewed(confirmed.headers, exchange, 'there is a second factor already: it is confirmed')
    },

    async disableTwoFactor(caller: Caller, password: string, exchange: Exchange): Promise<string> {
      const headers = await asOwner(caller, exchange)
      const done = await asking(auth.api.disableTwoFactor({ body: { password }, headers, returnHeaders: true }))
      return renewed(done.headers, exchange, 'there is no second factor')
    },
  }
}
