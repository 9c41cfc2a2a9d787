import { lookup } from 'node:dns/promises'
import { Agent, buildConnector, request } from 'undici'
import { postFailure } from './post-failure.ts'
import { checkPostUrl, type PostTarget } from './post-url.ts'
import { isPublicAddress } from './public-address.ts'
import { toUpstream } from './upstream.ts'

/** An HTTP exchange with a receiver; `text` is cut at 64 kB and is for programs: users are never shown it. */
export type Posted = { readonly status: number; readonly headers: Headers; readonly text: string }

/** Every address of a host name. */
export type Resolve = (host: string) => Promise<readonly string[]>

/** Opens one connection; `hostname` is the address that is dialled, `servername` the name that the certificate must bear. */
export type Dial = ReturnType<typeof buildConnector>

type Needs = {
  upstream: string | null
  /** Unless given: the system's, and none behind an upstream, where names of the outside may not be known. */
  resolve?: Resolve | null
  dial?: Dial
  /** For one post in all, look-up and answer included; ms. */
  withinMs?: number
}

type Headed = Readonly<Record<string, string>>

const largestBody = 64 * 1_024
const longestAnswer = 64 * 1_024
const connectMs = 5_000

const systemResolve: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address)

/**
 * The way out to addresses that users give. The address must pass `checkPostUrl`; its name is looked up once, every address found must be
 * public, and the connection is made to one of those, so that a name that answers differently the next time gains nothing. Redirects are
 * answers like others and are not followed. With PUMPIQ_UPSTREAM the request goes there: form and literal addresses are checked all the
 * same, names are looked up where a resolver is given. Throws Failures with a fate, see `fateOf`.
 */
export function createPost({ upstream, resolve, dial, withinMs = 15_000 }: Needs) {
  const lookUp = resolve === undefined ? (upstream === null ? systemResolve : null) : resolve
  const connect = dial ?? buildConnector({ timeout: connectMs, allowH2: false, maxCachedSessions: 0 })

  return async function post(
    url: string,
    body: string | Uint8Array,
    headers: Headed,
    abort?: AbortSignal,
  ): Promise<Posted> {
    const target = checkPostUrl(url)
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
    if (bytes.byteLength > largestBody)
      throw postFailure('refused', `a message of more than ${largestBody} bytes is not sent`)
    const late = AbortSignal.timeout(withinMs)
    const signal = abort ? AbortSignal.any([abort, late]) : late
    const addresses = await addressesOf(target, lookUp, signal)
    const line = pinned(connect, upstream === null ? addresses : null)
    // A connection serves one message: who is behind a name is asked anew for the next.
    const agent = new Agent({ connect: line.connect, connections: 1, pipelining: 1 })
    try {
      const asked = request(toUpstream(target.url.href, upstream), {
        dispatcher: agent,
        method: 'POST',
        headers: { 'user-agent': 'PumpIQ', ...headers },
        body: bytes,
        signal,
      })
      // Its own signal is not heard while the connection is being made.
      const answer = await untilAborted(asked, signal)
      return { status: answer.statusCode, headers: toHeaders(answer.headers), text: await firstOf(answer.body) }
    } catch (thrown) {
      // A header that cannot be sent is a bug of whoever made it.
      if ((thrown as { code?: unknown }).code === 'UND_ERR_INVALID_ARG') throw thrown
      const how = late.aborted ? `did not answer within ${withinMs} ms` : 'broke the connection off'
      if (line.open()) throw postFailure('unknown', `${target.host} ${how}`)
      throw postFailure('unreached', `${target.host} could not be reached`)
    } finally {
      // Not waited for: a connection that is still being made would keep us.
      void agent.destroy()
    }
  }
}

/** Null where nothing is looked up. */
async function addressesOf({ host, address }: PostTarget, resolve: Resolve | null, abort: AbortSignal) {
  if (address !== null || !resolve) return address === null ? null : [address]
  const found = await untilAborted(resolve(host), abort).catch(() => {
    throw postFailure('unreached', `the name ${host} could not be looked up`)
  })
  if (found.length === 0) throw postFailure('unreached', `the name ${host} has no address`)
  if (!found.every(isPublicAddress))
    throw postFailure('refused', `${host} leads to an address that is not of the public internet`)
  return found
}

/** Dials the addresses that were checked, one after the other, under the name of the host; without addresses, whatever is asked for. */
function pinned(dial: Dial, addresses: readonly string[] | null): { connect: Dial; open(): boolean } {
  let open = false
  const connect: Dial = (options, done) => {
    const [first, ...more] = addresses ?? [options.hostname]
    let settled = false
    const attempt = (hostname: string, rest: readonly string[]): void => {
      dial(addresses ? { ...options, hostname } : options, (...[fault, socket]) => {
        if (settled) return
        const [next, ...left] = rest
        if (fault !== null && next !== undefined) return attempt(next, left)
        settled = true
        if (fault !== null) return done(fault, null)
        open = true
        return done(null, socket)
      })
    }
    attempt(first!, more)
  }
  return { connect, open: () => open }
}

function toHeaders(given: Readonly<Record<string, string | string[] | undefined>>): Headers {
  const headers = new Headers()
  for (const [name, values] of Object.entries(given))
    for (const value of [values ?? []].flat()) headers.append(name, value)
  return headers
}

/** The beginning of an answer. Its status is known already, so an end that does not come changes nothing. */
async function firstOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of body) {
      chunks.push(chunk)
      length += chunk.byteLength
      if (length >= longestAnswer) break
    }
  } catch {
    // What came is what there is.
  }
  return Buffer.concat(chunks).subarray(0, longestAnswer).toString('utf8')
}

function untilAborted<T>(promise: Promise<T>, abort: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(abort.reason as Error)
    if (abort.aborted) stop()
    abort.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject)
  })
}
