import { Failure } from '@pumpiq/domain'
import { baseOf } from './client.ts'
import { credentialSource, headersOf, type Credential, type Credentials } from './credentials.ts'
import { platformEdge } from './edge.ts'
import { eventsOf, problemOf } from './checks.ts'
import { streamPath, streamProtocolsFor, type StreamChannel, type StreamEvent } from './events.ts'
import { failureOf } from './problem.ts'

/** As much of a browser's WebSocket as is used. */
type Socket = {
  addEventListener(type: 'message', listener: (message: { readonly data: unknown }) => void): void
  addEventListener(type: 'close' | 'error', listener: () => void): void
  close(): void
}

/** Programs sign in with `apiKey` or `token`, as a client does. */
export type StreamOptions = Credentials & {
  /** Origin (and path) of the server: `http://127.0.0.1:3000`. */
  readonly baseUrl: string
  /** Recommendations and outcomes unless said. */
  readonly channels?: readonly StreamChannel[]
  /** All unless said. */
  readonly tokens?: readonly string[]
  /** Begins with what was sealed behind this number of the ledger; now unless said. */
  readonly since?: number
  /** The platform's own unless given. */
  readonly WebSocket?: new (url: string, protocols?: string[]) => Socket
  /** How a refusal is asked for its reason, which a socket does not tell. */
  readonly fetch?: (url: string, init: { readonly headers: Record<string, string> }) => Promise<Response>
  /** In [0, 1): so that many do not come back at one instant. */
  readonly random?: () => number
  /** Ends the stream; so does leaving the loop. */
  readonly abort?: AbortSignal
}

const firstPauseMs = 500
const longestPauseMs = 30_000
/** Whoever reads so slowly is cut off from the line, and what waits is read from the ledger later. */
const mostWaiting = 5_000

type Line = { readonly socket: Socket; hasOpened: boolean; isClosed: boolean }

/**
 * What happens, as it happens: `for await (const event of createStream({ baseUrl }))`. A line that is cut is opened again behind what was
 * read last, so that every sealed event comes once and in order. Failure invalid or forbidden when the server refuses what is asked.
 */
export async function* createStream(options: StreamOptions): AsyncGenerator<StreamEvent, void, void> {
  const { abort, random = platformEdge.random } = options
  const credentialFor = credentialSource(options)
  let since = options.since
  let failures = 0
  let refused: string | undefined
  while (!abort?.aborted) {
    const url = urlOf(options, since)
    const credential = credentialFor ? await credentialFor(refused) : null
    const inbox = createInbox()
    const stop = () => inbox.wake()
    abort?.addEventListener('abort', stop)
    const line = open(url, credential, inbox, options)
    try {
      for (;;) {
        const event = abort?.aborted ? null : await inbox.next(() => line.isClosed || abort?.aborted === true)
        if (event === null) break
        failures = 0
        refused = undefined
        // Where nothing sealed has come yet, the first number told is the place to go on from.
        if ('seq' in event) since = event.seq
        yield event
      }
    } finally {
      abort?.removeEventListener('abort', stop)
      line.socket.close()
    }
    if (abort?.aborted) return
    const refusal = line.hasOpened ? null : await refusalOf(url, credential, options)
    if (refusal?.status === 401 && typeof options.token === 'function' && refused === undefined) {
      refused = credential?.text
      continue
    }
    if (refusal && lasting.has(refusal.status)) throw refusal.failure
    await platformEdge.sleep(Math.max(pauseMs(failures++, random), refusal?.failure.retryAfterMs ?? 0), abort)
  }
}

/** Doubling from half a second, of which between half and all is waited. */
const pauseMs = (failures: number, random: () => number): number =>
  Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures, 10)) * (0.5 + random() / 2)

function urlOf({ baseUrl, channels, tokens }: StreamOptions, since: number | undefined): string {
  const url = new URL(baseOf(baseUrl) + streamPath)
  url.protocol = url.protocol.replace('http', 'ws')
  if (channels) url.searchParams.set('channels', channels.join(','))
  if (tokens) url.searchParams.set('tokens', tokens.join(','))
  if (since !== undefined) url.searchParams.set('since', String(since))
  return url.href
}

function open(url: string, credential: Credential | null, inbox: Inbox, options: StreamOptions): Line {
  const Own = options.WebSocket ?? (globalThis as { WebSocket?: NonNullable<StreamOptions['WebSocket']> }).WebSocket
  if (!Own)
    throw new Failure(
      'invalid',
      'this platform has no WebSocket: hand one in as `WebSocket`, such as that of the package ws',
    )
  const socket: Socket = credential ? new Own(url, streamProtocolsFor(credential.text)) : new Own(url)
  const line: Line = { socket, hasOpened: false, isClosed: false }
  socket.addEventListener('message', ({ data }) => {
    line.hasOpened = true
    if (line.isClosed) return
    try {
      if (inbox.put(eventsOf(parsed(data)))) return
    } catch (cause) {
      inbox.fail(new Failure('broken', 'the stream told something else than a list of events', { cause }))
    }
    line.isClosed = true
    socket.close()
  })
  socket.addEventListener('close', () => {
    line.isClosed = true
    inbox.wake()
  })
  return line
}

function parsed(data: unknown): unknown {
  if (typeof data !== 'string') throw new TypeError('not text')
  return JSON.parse(data)
}

type Inbox = ReturnType<typeof createInbox>

function createInbox() {
  const waiting: StreamEvent[] = []
  let wake = () => {}
  let failure: Failure | null = null
  return {
    /** Told behind all that came before. */
    fail(why: Failure): void {
      failure = why
      wake()
    },
    /** False: nobody reads, and it is full. */
    put(events: readonly StreamEvent[]): boolean {
      waiting.push(...events)
      wake()
      return waiting.length <= mostWaiting
    },
    wake: (): void => wake(),
    /** What waits longest; null when nothing does and the line has ended. */
    async next(hasEnded: () => boolean): Promise<StreamEvent | null> {
      for (;;) {
        const event = waiting.shift()
        if (event) return event
        if (failure) throw failure
        if (hasEnded()) return null
        await new Promise<void>((resolve) => (wake = resolve))
      }
    },
  }
}

/** What is refused with one of these is refused the next time too. */
const lasting = new Set([400, 401, 403, 404])

/** Why the server refuses this address, asked without a socket, which does not tell; null where nobody says. */
async function refusalOf(
  url: string,
  credential: Credential | null,
  { fetch: send = (at, init) => fetch(at, init) }: StreamOptions,
): Promise<{ status: number; failure: Failure } | null> {
  const response = await send(url.replace(/^ws/, 'http'), { headers: headersOf(credential) }).catch(() => null)
  if (response === null) return null
  const problem = problemOf(await response.json().catch(() => null))
  const failure = problem
    ? failureOf(problem)
    : new Failure('notFound', `there is no stream at ${url}: the server answered ${response.status}`)
  return { status: response.status, failure }
}
