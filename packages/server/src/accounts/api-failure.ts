import { isAPIError } from 'better-auth/api'
import { Failure } from '@pumpiq/domain'

/** What the library refuses with, in our words; sentences of its own are not told. */
const words: Readonly<Record<string, readonly ['invalid' | 'unauthenticated' | 'forbidden' | 'tooMany', string]>> = {
  INVALID_EMAIL_OR_PASSWORD: ['unauthenticated', 'the address or the password is not right'],
  INVALID_EMAIL: ['unauthenticated', 'the address or the password is not right'],
  EMAIL_NOT_VERIFIED: ['forbidden', 'the address is not verified yet: a mail that verifies it was sent again'],
  BANNED: ['forbidden', 'this account is banned'],
  INVALID_PASSWORD: ['invalid', 'password is not right'],
  INVALID_CODE: ['unauthenticated', 'the code is not right'],
  INVALID_BACKUP_CODE: ['unauthenticated', 'the code is not right'],
  BACKUP_CODES_NOT_ENABLED: ['unauthenticated', 'the code is not right'],
  INVALID_TWO_FACTOR_COOKIE: ['unauthenticated', 'sign in again, with a new code'],
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: ['tooMany', 'too many codes were wrong: sign in again later'],
  ACCOUNT_TEMPORARILY_LOCKED: ['tooMany', 'too many codes were wrong: sign in again in a quarter of an hour'],
  TOTP_ALREADY_ENABLED: ['invalid', 'there is a second factor already: do without it first'],
  TOTP_NOT_ENABLED: ['invalid', 'there is no second factor'],
  INVALID_TOKEN: ['invalid', 'token is not good: it has ended, was used already, or is none of ours'],
  TOKEN_EXPIRED: ['invalid', 'token is not good: it has ended, was used already, or is none of ours'],
  USER_NOT_FOUND: ['invalid', 'token is not good: it has ended, was used already, or is none of ours'],
  CREDENTIAL_ACCOUNT_NOT_FOUND: ['invalid', 'this account has no password'],
  UNAUTHORIZED: ['unauthenticated', 'your session has ended: sign in again'],
}

/** What the database refuses the library, which looks before it writes: another request was between. */
const overtaken: Readonly<Record<string, readonly ['unauthenticated' | 'conflict', string]>> = {
  '23503': ['unauthenticated', 'the account or the session ended meanwhile'],
  '23505': ['conflict', 'the same was asked twice at once: ask again'],
}

/** Asks the library; what it refuses becomes a Failure, and so does what was overtaken by another request. */
export async function asking<T>(question: Promise<T>): Promise<T> {
  try {
    return await question
  } catch (thrown) {
    const between = thrown instanceof Error && 'code' in thrown ? overtaken[String(thrown.code)] : undefined
    if (between) throw new Failure(between[0], between[1], { cause: thrown })
    if (!isAPIError(thrown)) throw thrown
    const code = String(thrown.body?.['code'] ?? thrown.status)
    const known = words[code]
    if (known) throw new Failure(known[0], known[1], { cause: thrown })
    throw new Failure('broken', `the library of accounts refused with ${code}`, { cause: thrown })
  }
}
