import { Failure } from '@pumpiq/domain'

/**
 * Gives the token to send. It is asked before each request, and once more with the token that the server has just refused: then another one
 * is to be made.
 */
export type TokenSource = (refused?: string) => string | Promise<string>

export type Credentials = {
  /** Sent as `x-api-key`. */
  readonly apiKey?: string | undefined
  /** Sent as `Authorization: Bearer`. */
  readonly token?: string | TokenSource | undefined
}

/** Of what a program signs in with; the words are never part of a failure. */
export type Credential = { readonly kind: 'key' | 'token'; readonly text: string }

/** How the credential is found for each request; null where none was given. */
export function credentialSource({ apiKey, token }: Credentials): ((refused?: string) => Promise<Credential>) | null {
  if (apiKey !== undefined && token !== undefined)
    throw new Failure('invalid', 'apiKey and token exclude each other: a request is signed in by one of them')
  if (apiKey !== undefined) {
    const key: Credential = { kind: 'key', text: checked(apiKey, 'apiKey') }
    return async () => key
  }
  if (token === undefined) return null
  if (typeof token === 'string') {
    const fixed: Credential = { kind: 'token', text: checked(token, 'token') }
    return async () => fixed
  }
  return async (refused) => ({ kind: 'token', text: checked(await token(refused), 'token') })
}

/** What cannot stand in a header is refused here: the platform's own error would show it. */
function checked(text: unknown, name: string): string {
  if (typeof text === 'string' && /^[\x21-\x7e]{1,8192}$/.test(text)) return text
  throw new Failure('invalid', `${name} must be printable ASCII without spaces; what was given is not shown`)
}

export const headersOf = (credential: Credential | null): Record<string, string> =>
  credential === null
    ? {}
    : credential.kind === 'key'
      ? { 'x-api-key': credential.text }
      : { authorization: `Bearer ${credential.text}` }
