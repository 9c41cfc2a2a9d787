import { createEmailVerificationToken } from 'better-auth/api'
import type { Auth } from './auth.ts'

/** What a mail says so that the address is known to be his who reads it. */
export async function verificationToken(auth: Auth, email: string): Promise<string> {
  const { secret, options } = await auth.$context
  return createEmailVerificationToken(secret, email, undefined, options.emailVerification?.expiresIn)
}
