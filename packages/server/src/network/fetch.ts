import { Failure } from '@pumpiq/domain'
import { Agent, fetch as undiciFetch } from 'undici'
import { toUpstream } from './upstream.ts'

/** The way out, handed to whoever asks: one request, one answer; rejects when there is none. */
export type Fetch = (request: Request) => Promise<Response>

const megabyte = 2 ** 20
const redirectsAtMost = 3

/**
 * The real way out: kept-alive connections, at most 64 MB of body after decompression (the body then fails while it is read), redirects
 * only to the same origin, and `PUMPIQ_UPSTREAM` obeyed. `close` ends the connections.
 */
export function createFetch({
  upstream,
  bodyLimit = 64 * megabyte,
}: {
  upstream: string | null
  bodyLimit?: number
}): Fetch & { close(): Promise<void> } {
  const dispatcher = new Agent({
    connect: { timeout: 5_000 },
    keepAliveTimeout: 30_000,
    connections: 16,
    pipelining: 1,
  })

  async function send(request: Request, url: string): Promise<Response> {
    const hasBody = request.method !== 'GET' && request.method !== 'HEAD'
    const answer = await undiciFetch(toUpstream(url, upstream), {
      dispatcher,
      method: request.method,
      headers: [...request.headers],
      redirect: 'manual',
      signal: request.signal,
      ...(hasBody && { body: await request.clone().arrayBuffer() }),
    })
    const { status, statusText } = answer
    const body = bodyless.has(status) ? null : limited(answer.body as ReadableStream<Uint8Array> | null, bodyLimit)
    return new Response(body, { status, statusText, headers: [...answer.headers] })
  }

  async function follow(request: Request): Promise<Response> {
    let url = request.url
    for (let hops = 0; ; hops++) {
      const response = await send(request, url)
      const target = redirectOf(response, url)
      if (target === null) return response
      await response.body?.cancel()
      if (new URL(target).origin !== new URL(url).origin) {
        throw new Failure('unavailable', `${new URL(url).host} sends us to another host, which we do not follow`)
      }
      if (hops === redirectsAtMost || request.method !== 'GET') {
        throw new Failure('unavailable', `${new URL(url).host} redirects without end`)
      }
      url = target
    }
  }

  return Object.assign(follow, { close: () => dispatcher.close() })
}

/** Statuses whose Response may not carry a body. */
const bodyless = new Set([204, 205, 304])
const redirecting = new Set([301, 302, 303, 307, 308])

function redirectOf(response: Response, url: string): string | null {
  const location = redirecting.has(response.status) ? response.headers.get('location') : null
  return location !== null && URL.canParse(location, url) ? new URL(location, url).href : null
}

/** The stream, failing as soon as more than `limit` bytes have come: counted behind decompression, so a small bomb is one too. */
function limited(body: ReadableStream<Uint8Array> | null, limit: number): ReadableStream<Uint8Array> | null {
  let seen = 0
  return (
    body?.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          seen += chunk.byteLength
          if (seen > limit)
            controller.error(new Failure('unavailable', `an answer of more than ${limit} bytes was cut off`))
          else controller.enqueue(chunk)
        },
      }),
    ) ?? null
  )
}
