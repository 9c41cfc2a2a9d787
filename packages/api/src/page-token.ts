import type { Endpoint } from './endpoint.ts'

/** The header in which a page says the token of its session. */
const header = 'x-csrf-token'

/** What a page says with each change, because its cookie alone would be sent along for pages of others too. */
export type PageToken = ReturnType<typeof createPageToken>

/**
 * Keeps the token of the session that a cookie stands for: learned from each answer of `GET /auth/session`, and asked for there, by `ask`, when
 * it may be another one. A program without a cookie never learns one and is not made to ask.
 */
export function createPageToken(ask: () => Promise<unknown>) {
  let token: string | null = null
  let isKnown = false
  let mayBeAnother = false
  let asking: Promise<boolean> | null = null

  /** Once for however many wait for it; false when the session could not be asked for. */
  async function renew(): Promise<boolean> {
    const mine = (asking ??= ask().then(
      () => true,
      () => false,
    ))
    try {
      return await mine
    } finally {
      if (asking === mine) asking = null
    }
  }

  return {
    learn(said: string | null): void {
      token = said
      isKnown = true
      mayBeAnother = false
    },
    /** Somebody signed in or out: the next change asks first, if the token was ever asked for. */
    doubt(): void {
      mayBeAnother = isKnown
    },
    async headersFor({ method }: Endpoint): Promise<Record<string, string>> {
      if (method === 'GET') return {}
      // What cannot be asked now is asked again when the change is refused.
      if (mayBeAnother) await renew()
      return token === null ? {} : { [header]: token }
    },
    /** Whether there is another token than the one that was refused: another window may have begun another session. */
    async isAnother({ method }: Endpoint, refused: Record<string, string>): Promise<boolean> {
      if (method === 'GET') return false
      return (await renew()) && token !== null && token !== refused[header]
    },
  }
}
