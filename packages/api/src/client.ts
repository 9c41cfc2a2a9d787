import { Failure } from '@pumpiq/domain'
import type { z } from 'zod'
import { platformEdge, type Edge } from './edge.ts'
import type { AuthSession } from './account-words.ts'
import { prefix, type Accepted, type Ask, type Endpoint, type Reply } from './endpoint.ts'
import { endpoints, type Endpoints } from './endpoints/index.ts'
import { createPageToken } from './page-token.ts'
import { createSend, type Asking, type CallOptions, type SendOptions, type Taken } from './send.ts'

/**
 * Programs sign in with `apiKey` or `token`; pages of the server itself need neither: their session is a cookie,
 * and its token is said with each change by itself.
 */
export type ClientOptions = SendOptions & {
  /** Origin (and path) of the server: `http://127.0.0.1:3000`. */
  readonly baseUrl: string
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined
  /** Makes a key for each request that may be made once only, so that it can be repeated; true unless said. */
  readonly idempotencyKeys?: boolean | undefined
}

/** A stream ends in lines, one at a time; everything else in the checked document. */
type Answer<E extends Endpoint> = E extends { lines: object } ? AsyncIterable<string> : Reply<E>
type Simple<E extends Endpoint> =
  Partial<Ask<E>> extends Ask<E>
    ? (ask?: Ask<E>, options?: CallOptions) => Promise<Answer<E>>
    : (ask: Ask<E>, options?: CallOptions) => Promise<Answer<E>>

type Accepting<E extends Endpoint, Job> = {
  (ask: Ask<E>, options?: CallOptions & { readonly waitMs?: undefined }): Promise<Reply<E>>
  /** Waits so long for the whole answer at most: after that `{ accepted: job }` is what goes on. */
  (ask: Ask<E>, options: CallOptions & { readonly waitMs: number }): Promise<Reply<E> | Accepted<Job>>
}
type Call<E extends Endpoint> = E extends { accepts: infer J extends z.ZodType } ? Accepting<E, z.output<J>> : Simple<E>

/** `client.recommendations.one({ params: { id } })`: a method for each endpoint of the table. Whatever goes wrong is a `Failure`. */
export type Client = {
  readonly [R in keyof Endpoints]: {
    readonly [V in keyof Endpoints[R]]: Endpoints[R][V] extends Endpoint ? Call<Endpoints[R][V]> : never
  }
}

type Words = Readonly<Record<string, string | number | boolean | undefined>>
type LooseAsk = { params?: Words; query?: Words; body?: unknown }
type LooseOptions = CallOptions & { waitMs?: number | undefined }
type LooseClient = Record<string, Record<string, (ask?: LooseAsk, options?: LooseOptions) => Promise<unknown>>>

export function createClient(options: ClientOptions): Client {
  const { baseUrl, fetch: own = (request) => fetch(request), idempotencyKeys = true, ...others } = options
  const edge: Edge = { ...platformEdge, ...options.edge }
  const base = baseOf(baseUrl) + prefix
  const { origin } = new URL(base)
  const isSignedIn = options.apiKey !== undefined || options.token !== undefined
  const { session } = endpoints.accounts
  const page = isSignedIn ? null : createPageToken(() => call(session)())
  const send = createSend(own, others, page)
  const call =
    (endpoint: Endpoint) =>
    async (ask: LooseAsk = {}, callOptions: LooseOptions = {}): Promise<unknown> => {
      const key = keyOf(
        callOptions.idempotencyKey ?? (idempotencyKeys && endpoint.idempotent ? edge.newId() : undefined),
      )
      const url = urlOf(base, endpoint, ask)
      const body = ask.body === undefined ? undefined : JSON.stringify(ask.body)
      const headers = headersOf({ body, key, waitMs: callOptions.waitMs })
      // A credential is not carried to another host that an answer points to.
      const redirect = isSignedIn ? 'error' : 'follow'
      const asking: Asking = {
        endpoint,
        origin,
        repeatable: endpoint.method === 'GET' || (endpoint.idempotent === true && key !== undefined),
        make: (more, signal) =>
          new Request(url, {
            method: endpoint.method,
            headers: { ...headers, ...more },
            ...(body !== undefined && { body }),
            redirect,
            signal,
          }),
      }
      const taken = await send(asking, callOptions)
      if (endpoint.lines) return linesOf(taken.response)
      const document = documentOf(taken, endpoint, callOptions.waitMs)
      if (endpoint === session) page?.learn((document as AuthSession).csrfToken)
      else if (endpoint.signs) page?.doubt()
      return document
    }
  const client: LooseClient = {}
  for (const [resource, verbs] of Object.entries(endpoints)) {
    client[resource] = Object.fromEntries(
      Object.entries<Endpoint>(verbs).map(([verb, endpoint]) => [verb, call(endpoint)]),
    )
  }
  // Each method of the loop is the typed one by construction: it is made from the entry whose types it bears.
  return client as unknown as Client
}

/** Where the server is; what is refused is not shown, it might bear a password. */
export function baseOf(baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null
  const isPlain = url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash
  if (!isPlain)
    throw new Failure(
      'invalid',
      'baseUrl must be an http:// or https:// URL without user, password, query or fragment, such as http://127.0.0.1:3000',
    )
  return baseUrl.replace(/\/+$/, '')
}

function urlOf(base: string, { method, path }: Endpoint, { params, query }: LooseAsk): URL {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = params?.[name]
    if (value === undefined || value === '')
      throw new Failure('invalid', `${name} is missing: ${method} ${path} needs it`)
    return encodeURIComponent(String(value))
  })
  const url = new URL(base + filled)
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined) url.searchParams.set(name, String(value))
  return url
}

/** What cannot stand in a header is refused before anything is sent. */
function keyOf(key: string | undefined): string | undefined {
  if (key === undefined || /^[\x21-\x7e]{1,255}$/.test(key)) return key
  throw new Failure('invalid', 'idempotencyKey must be 1 to 255 printable ASCII characters without spaces')
}

type Headed = { body: string | undefined; key: string | undefined; waitMs: number | undefined }

const headersOf = ({ body, key, waitMs }: Headed): Record<string, string> => ({
  accept: 'application/json, application/x-ndjson, application/problem+json',
  ...(body !== undefined && { 'content-type': 'application/json' }),
  ...(key !== undefined && { 'idempotency-key': key }),
  ...(waitMs !== undefined && { prefer: `respond-async, wait=${Math.max(0, Math.floor(waitMs / 1_000))}` }),
})

function documentOf({ response, text }: Taken, { method, path, reply, accepts }: Endpoint, waitMs?: number): unknown {
  let document: unknown = null
  try {
    if (response.status !== 204) document = JSON.parse(text)
  } catch (cause) {
    throw new Failure('broken', `${method} ${path} answered ${response.status} without readable JSON`, { cause })
  }
  const goesOn = response.status === 202 && waitMs !== undefined && accepts !== undefined
  const parsed = (goesOn ? accepts : reply).safeParse(document)
  if (parsed.success) return goesOn ? { accepted: parsed.data } : parsed.data
  const [issue] = parsed.error.issues
  throw new Failure(
    'broken',
    `${method} ${path} answered in another shape than promised: ${issue?.path.join('.') || 'document'}: ${issue?.message}`,
    { cause: parsed.error },
  )
}

async function* linesOf(response: Response): AsyncGenerator<string> {
  const reader = response.body?.getReader()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      const lines = (rest + decoder.decode(part.value, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
    rest += decoder.decode()
    if (rest !== '') yield rest
  } finally {
    // Whoever stops reading half-way does not leave the answer coming.
    await reader?.cancel()
  }
}
