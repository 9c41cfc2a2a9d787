import type { Mail } from '../../packages/server/src/network/mail.ts'
import { until } from '../processes.ts'
import { oneOf, type Random } from './values.ts'

export type Person = {
  /** Of his last list, without the one that asked. */
  sessions: readonly string[]

  readonly email: string
  password: string
  session: string
  uri: string | null
  next: string | null
}
export type People = ReturnType<typeof createPeople>

const passwords = ['nine violet otters sing', 'seven marble bridges glow', 'eleven copper lanterns drift']

/** People with passwords, and the mails that are sent to them. One of them is signed in; after he has left, or is locked out, another comes. */
export function createPeople(url: string, random: Random) {
  const tokens = new Map<string, { to: string; token: string }[]>()
  let current: Person | null = null
  let next: Promise<Person> | null = null
  let count = 0
  let busy = false
  /** Whose mails are waited for: nobody else takes them. */
  const coming = new Set<string>()

  /** He comes from anywhere. */
  const headers = (session = ''): Record<string, string> => ({
    'content-type': 'application/json',
    'x-forwarded-for': `198.18.${Math.floor(random() * 256)}.${Math.floor(random() * 256)}`,
    ...(session && { authorization: `Bearer ${session}` }),
  })

  async function post(path: string, body: object): Promise<Record<string, unknown>> {
    const wish = { method: 'POST', headers: headers(), body: JSON.stringify(body) }
    const answer = await fetch(`${url}/api/v1${path}`, wish)
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as Record<string, unknown>
  }

  const stranger = () => ({ email: `person-${++count}@example.com`, password: oneOf(random, passwords) })

  function take(subject: string, of?: string): { to: string; token: string } | null {
    const there = tokens.get(subject) ?? []
    const at = there.findLastIndex(({ to }) => (of === undefined ? !coming.has(to) : to === of))
    return at < 0 ? null : there.splice(at, 1)[0]!
  }

  async function come(): Promise<Person> {
    const { email, password } = stranger()
    coming.add(email)
    await post('/auth/register', { email, password })
    let mailed: { token: string } | null = null
    await until('an address is to be verified', 60_000, () => (mailed = take('Verify your address', email)) !== null)
    coming.delete(email)
    await post('/auth/verify-email', { token: mailed!['token'] })
    const { sessionToken } = await post('/auth/login', { email, password })
    return { email, password, session: String(sessionToken), uri: null, next: null, sessions: [] }
  }

  return {
    headers,
    stranger,
    passwords,
    /** A token that came by mail, each once; null while there is none. */
    take,
    heard({ to, subject, text }: Mail): void {
      const token = /The token: (\S+)/.exec(text)?.[1]
      if (token) tokens.set(subject, [...(tokens.get(subject) ?? []), { to, token }])
    },
    /** Who is signed in. */
    person: async (): Promise<Person> => (current ??= await (next ??= come().finally(() => (next = null)))),
    /** Somebody who has signed in for one question, and asks no other beside it. */
    visitor: come,
    /** He asks one thing after the other: false while something of his is under way. */
    begin: (): boolean => !busy && (busy = true),
    end: () => void (busy = false),
    left: () => void (current = null),
  }
}
