const snake = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** The library's names of fields, and ours of their columns. */
const columns = <const Name extends string>(...names: Name[]): Record<Name, string> =>
  Object.fromEntries(names.map((name) => [name, snake(name)])) as Record<Name, string>

const times = ['createdAt', 'updatedAt'] as const

/** Where the library finds its models in our schema (migration 16). */
export const authTables = {
  user: { modelName: 'auth_user', fields: columns('emailVerified', ...times) },
  session: { modelName: 'auth_session', fields: columns('userId', 'expiresAt', 'ipAddress', 'userAgent', ...times) },
  account: {
    modelName: 'auth_account',
    fields: columns(
      'userId',
      'providerId',
      'accountId',
      'accessToken',
      'refreshToken',
      'idToken',
      'accessTokenExpiresAt',
      'refreshTokenExpiresAt',
      ...times,
    ),
  },
  verification: { modelName: 'auth_verification', fields: columns('expiresAt', ...times) },
  jwks: { modelName: 'auth_jwks', fields: columns('publicKey', 'privateKey', 'createdAt', 'expiresAt') },
  userOfTwoFactor: { fields: columns('twoFactorEnabled') },
  twoFactor: {
    modelName: 'auth_two_factor',
    fields: columns('userId', 'backupCodes', 'failedVerificationCount', 'lockedUntil'),
  },
  apiKey: {
    modelName: 'auth_api_key',
    fields: columns(
      'configId',
      'referenceId',
      'refillInterval',
      'refillAmount',
      'lastRefillAt',
      'rateLimitEnabled',
      'rateLimitTimeWindow',
      'rateLimitMax',
      'requestCount',
      'lastRequest',
      'expiresAt',
      ...times,
    ),
  },
}
