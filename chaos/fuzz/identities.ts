export const roles = ['nobody', 'user', 'admin'] as const
export type Role = (typeof roles)[number]

export type Identities = Awaited<ReturnType<typeof createIdentities>>

/** Who sits at the machine may all; who was sent on from elsewhere is nobody, unless he signs in. */
export async function createIdentities(url: string) {
  const far = { 'x-forwarded-for': '203.0.113.9' }
  let token = ''
  let made = 0
  let renewing: Promise<void> | null = null

  async function post(path: string, body: object): Promise<Record<string, unknown>> {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return (await answer.json()) as Record<string, unknown>
  }

  /** An account for a program, whose key is good for all that a user may do without his password. */
  async function signUp(): Promise<void> {
    const { id } = await post('/admin/users', { name: `fuzz ${++made}`, tier: 'pro' })
    const { key } = await post(`/admin/users/${String(id)}/api-keys`, {
      name: 'fuzz',
      scopes: ['read', 'recommend', 'write'],
    })
    if (typeof key !== 'string') throw new Error('no key was made for a user')
    token = key
  }
  await signUp()
  return {
    headers: (role: Role): Record<string, string> =>
      role === 'admin' ? {} : role === 'nobody' ? far : { ...far, 'x-api-key': token },
    /** After the user was deleted, banned, or his key was revoked. */
    renew: (): Promise<void> => (renewing ??= signUp().finally(() => (renewing = null))),
  }
}
