import { Failure } from '@pumpiq/domain'
import { platformEdge, type Edge } from './edge.ts'

export type SessionOptions = {
  /** Gives a new token: signs in, or renews what it signed in with. Whatever it throws, those who wait for a token are told. */
  readonly login: () => Promise<string>
  /** How long before its end a token is not used any more: a minute unless said. */
  readonly marginMs?: number | undefined
  readonly edge?: Partial<Edge> | undefined
}

export type Session = {
  /** To be handed to `createClient` and `createStream` as `token`. */
  readonly token: (refused?: string) => Promise<string>
  /** Forgets the token; the next request signs in anew. */
  end(): void
}

type Kept = { readonly text: string; readonly goodUntil: number }

/** Keeps one token for all calls and renews it before it ends, once for however many ask at the same time. */
export function createSession({ login, marginMs = 60_000, edge }: SessionOptions): Session {
  const { now } = { ...platformEdge, ...edge }
  let kept: Kept | null = null
  let renewal: Promise<Kept> | null = null

  async function renew(): Promise<Kept> {
    const askedAt = now()
    const text = await login()
    // Counted from before it was made, by our clock alone: the server's may go wrong against it.
    const lifeMs = lifetimeMsOf(text)
    return { text, goodUntil: lifeMs === null ? Infinity : askedAt + Math.max(lifeMs - marginMs, lifeMs / 2) }
  }

  return {
    async token(refused) {
      if (kept && (kept.text === refused || now() >= kept.goodUntil)) kept = null
      if (kept) return kept.text
      const mine = (renewal ??= renew())
      try {
        const made = await mine
        if (renewal === mine) kept = made
        return made.text
      } finally {
        if (renewal === mine) renewal = null
      }
    },
    end() {
      kept = null
      renewal = null
    },
  }
}

/** How long a JWT is good for, as it says itself; null where it does not, or is none: then it is used until it is refused. */
function lifetimeMsOf(token: unknown): number | null {
  if (typeof token !== 'string' || token === '') throw new Failure('invalid', 'login must give a token as text')
  try {
    const [, payload = ''] = token.split('.')
    const { iat, exp } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as Record<string, unknown>
    return typeof iat === 'number' && typeof exp === 'number' && exp > iat ? (exp - iat) * 1_000 : null
  } catch {
    return null
  }
}
