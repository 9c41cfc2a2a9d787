import { Failure } from '@pumpiq/domain'
import { limitsOf, retryAfterOf, type Answered } from './answered.ts'
import { problemOf } from './checks.ts'
import { credentialSource, headersOf, type Credential, type Credentials } from './credentials.ts'
import { platformEdge, type Edge } from './edge.ts'
import type { Endpoint } from './endpoint.ts'
import type { PageToken } from './page-token.ts'
import { failureOf, ServerFailure } from './problem.ts'

export type SendOptions = Credentials & {
  /** How often a request that may be repeated is tried again: 2 unless said. */
  readonly retries?: number | undefined
  /** How long one try may take; what the endpoint is given on the server, and 5 s more, unless said. */
  readonly timeoutMs?: number | undefined
  /** A server that asks to wait longer is not waited for: 30 s unless said. */
  readonly longestWaitMs?: number | undefined
  /** Told of every try. */
  readonly onAnswer?: ((answered: Answered) => void) | undefined
  readonly edge?: Partial<Edge> | undefined
}

export type CallOptions = {
  readonly abort?: AbortSignal | undefined
  readonly timeoutMs?: number | undefined
  readonly retries?: number | undefined
  /** The same request under the same key is done once, however often it is sent; one is made where the endpoint heeds it. */
  readonly idempotencyKey?: string | undefined
}

type Reach = (request: Request) => Promise<Response>

/** What is asked: the request is made anew for each try. */
export type Asking = {
  readonly endpoint: Endpoint
  readonly origin: string
  readonly repeatable: boolean
  make(headers: Record<string, string>, signal: AbortSignal): Request
}

/** The whole text; of an endpoint of lines the answer as it comes. */
export type Taken = { readonly response: Response; readonly text: string }

type Tried = {
  readonly response: Response | null
  readonly text: string
  readonly failure: Failure | null
  readonly retryAfterMs: number | null
  readonly credential: Credential | null
  /** What a page said of its session. */
  readonly said: Record<string, string>
}

const firstPauseMs = 250
const longestPauseMs = 8_000
const leewayMs = 5_000

/**
 * Sends, and sends again what may be repeated, when the server is busy, away, or behind a proxy that says so. `page`: whoever asks has no
 * credential but a cookie, if any.
 */
export function createSend(reach: Reach, options: SendOptions, page: PageToken | null = null) {
  const edge: Edge = { ...platformEdge, ...options.edge }
  const credentialFor = credentialSource(options)
  const longestWaitMs = options.longestWaitMs ?? 30_000

  async function attempt(asking: Asking, { abort, timeoutMs }: CallOptions, refused?: string): Promise<Tried> {
    const credential = credentialFor ? await credentialFor(refused) : null
    const said = page ? await page.headersFor(asking.endpoint) : {}
    const ms = timeoutMs ?? options.timeoutMs ?? (asking.endpoint.timeoutMs ?? 30_000) + leewayMs
    const late = deadline(ms, edge)
    try {
      const headers = { ...headersOf(credential), ...said }
      const response = await reach(asking.make(headers, abort ? AbortSignal.any([abort, late.signal]) : late.signal))
      const text = response.ok && asking.endpoint.lines ? '' : await response.text()
      const failure = response.ok ? null : failureFrom(response, text)
      const retryAfterMs = failure?.retryAfterMs ?? retryAfterOf(response.headers, edge.now())
      return { response, text, failure, retryAfterMs, credential, said }
    } catch (cause) {
      if (abort?.aborted) throw cause
      const silence = late.signal.aborted ? `did not answer within ${ms / 1_000} s` : 'does not answer'
      const failure = new Failure('unavailable', `the server at ${asking.origin} ${silence}`, { cause })
      return { response: null, text: '', failure, retryAfterMs: null, credential, said }
    } finally {
      late.end()
    }
  }

  /** Whether what was refused may be asked once more because what it was signed in by is renewed; nothing was done then. */
  async function isRenewed({ endpoint }: Asking, { response, failure, said }: Tried): Promise<boolean> {
    if (response?.status === 401) return typeof options.token === 'function'
    if (page === null || response?.status !== 403 || !(failure instanceof ServerFailure)) return false
    return page.isAnother(endpoint, said)
  }

  return async function send(asking: Asking, call: CallOptions): Promise<Taken> {
    const most = asking.repeatable ? (call.retries ?? options.retries ?? 2) : 0
    let failures = 0
    let refused: string | undefined
    for (let number = 1; ; number++) {
      const startedAt = edge.now()
      const tried = await attempt(asking, call, refused)
      const durationMs = Math.max(0, edge.now() - startedAt)
      const mayRenew = refused === undefined && (await isRenewed(asking, tried))
      const waitMs = mayRenew ? 0 : failures < most && isPassing(tried) ? pauseMs(failures, tried, edge) : null
      const retryInMs = waitMs !== null && waitMs <= longestWaitMs ? waitMs : null
      options.onAnswer?.(answeredOf(asking.endpoint, tried, number, durationMs, retryInMs))
      if (tried.failure === null) return { response: tried.response!, text: tried.text }
      if (retryInMs === null) throw tried.failure
      if (mayRenew) refused = tried.credential?.text ?? ''
      else failures++
      if (retryInMs > 0) await edge.sleep(retryInMs, call.abort)
      call.abort?.throwIfAborted()
    }
  }
}

/** What may be over the next time. */
const isPassing = ({ response }: Tried): boolean => response === null || [429, 502, 503, 504].includes(response.status)

/** Full jitter: anything up to a bound that doubles; behind what the server asked for where it did. */
function pauseMs(failures: number, { retryAfterMs }: Tried, { random }: Edge): number {
  const bound = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures, 10))
  return Math.round((retryAfterMs ?? 0) + random() * bound)
}

function deadline(ms: number, { sleep }: Edge): { signal: AbortSignal; end(): void } {
  const late = new AbortController()
  const over = new AbortController()
  const tell = () => {
    if (!over.signal.aborted) late.abort(new DOMException('the time for the answer is over', 'TimeoutError'))
  }
  sleep(ms, over.signal).then(tell, tell)
  return { signal: late.signal, end: () => over.abort() }
}

/** A problem of ours as it was meant; what a proxy in between says, by its status. */
export function failureFrom({ status, statusText }: Response, text: string): Failure {
  const problem = problemOf(jsonOf(text))
  if (problem) return failureOf(problem)
  const code = status === 429 ? 'tooMany' : status >= 502 ? 'unavailable' : 'broken'
  return new Failure(code, `the server answered ${status} ${statusText}`.trimEnd())
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function answeredOf(
  { method, path }: Endpoint,
  { response, failure }: Tried,
  attempt: number,
  durationMs: number,
  retryInMs: number | null,
): Answered {
  return {
    method,
    path,
    status: response?.status ?? null,
    code: failure?.code ?? null,
    requestId: response?.headers.get('x-request-id') ?? null,
    limits: response ? limitsOf(response.headers) : null,
    attempt,
    durationMs,
    retryInMs,
  }
}
