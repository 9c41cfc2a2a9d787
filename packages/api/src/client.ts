import { Failure } from '@pumpiq/domain'
import { prefix, type Ask, type Endpoint, type Reply } from './endpoint.ts'
import { endpoints, type Endpoints } from './endpoints/index.ts'
import { failureOf, Problem } from './problem.ts'

export type ClientOptions = {
  /** Origin (and path) of the server: `http://127.0.0.1:3000`. */
  readonly baseUrl: string
  readonly fetch?: (request: Request) => Promise<Response>
}
export type CallOptions = { readonly abort?: AbortSignal }

/** A stream ends in lines, one at a time; everything else in the checked document. */
type Answer<E extends Endpoint> = E extends { lines: object } ? AsyncIterable<string> : Reply<E>
type Call<E extends Endpoint> =
  Partial<Ask<E>> extends Ask<E>
    ? (ask?: Ask<E>, options?: CallOptions) => Promise<Answer<E>>
    : (ask: Ask<E>, options?: CallOptions) => Promise<Answer<E>>

/** `client.recommendations.one({ params: { id } })`: a method for each endpoint of the table. Whatever goes wrong is a `Failure`. */
export type Client = {
  readonly [R in keyof Endpoints]: {
    readonly [V in keyof Endpoints[R]]: Endpoints[R][V] extends Endpoint ? Call<Endpoints[R][V]> : never
  }
}

type Words = Readonly<Record<string, string | number | boolean | undefined>>
type LooseAsk = { params?: Words; query?: Words; body?: unknown }
type LooseClient = Record<string, Record<string, (ask?: LooseAsk, options?: CallOptions) => Promise<unknown>>>

export function createClient({ baseUrl, fetch: send = (request) => fetch(request) }: ClientOptions): Client {
  const base = baseUrl.replace(/\/+$/, '') + prefix
  const call =
    (endpoint: Endpoint) =>
    async (ask: LooseAsk = {}, { abort }: CallOptions = {}): Promise<unknown> => {
      const request = requestOf(base, endpoint, ask, abort)
      const response = await send(request).catch((cause: unknown) => {
        if (abort?.aborted) throw cause
        throw new Failure('unavailable', `the server at ${new URL(base).origin} does not answer`, { cause })
      })
      if (!response.ok) throw await failureFrom(response)
      return endpoint.lines ? linesOf(response) : documentOf(response, endpoint)
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

function requestOf(
  base: string,
  { method, path }: Endpoint,
  { params, query, body }: LooseAsk,
  abort: AbortSignal | undefined,
): Request {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = params?.[name]
    if (value === undefined || value === '')
      throw new Failure('invalid', `${name} is missing: ${method} ${path} needs it`)
    return encodeURIComponent(String(value))
  })
  const url = new URL(base + filled)
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined) url.searchParams.set(name, String(value))
  return new Request(url, {
    method,
    headers: {
      accept: 'application/json, application/x-ndjson, application/problem+json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(abort && { signal: abort }),
  })
}

async function documentOf(response: Response, { method, path, reply }: Endpoint): Promise<unknown> {
  const document: unknown = await response.json().catch((cause: unknown) => {
    throw new Failure('broken', `${method} ${path} answered ${response.status} without readable JSON`, { cause })
  })
  const parsed = reply.safeParse(document)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Failure(
    'broken',
    `${method} ${path} answered in another shape than promised: ${issue?.path.join('.') || 'document'}: ${issue?.message}`,
    {
      cause: parsed.error,
    },
  )
}

/** A problem of ours as it was meant; what a proxy in between says, by its status. */
async function failureFrom(response: Response): Promise<Failure> {
  const problem = Problem.safeParse(await response.json().catch(() => null))
  if (problem.success) return failureOf(problem.data)
  const busy = response.status === 429 || response.status >= 502
  return new Failure(
    busy ? 'unavailable' : 'broken',
    `the server answered ${response.status} ${response.statusText}`.trimEnd(),
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
