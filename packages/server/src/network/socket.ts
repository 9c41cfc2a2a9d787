import { Failure, seconds } from '@pumpiq/domain'
import { WebSocket, type RawData } from 'ws'
import type { Clock } from '../platform/clock.ts'
import { retryAfterMs } from './retry-after.ts'
import { toUpstream } from './upstream.ts'

/** A line to a vendor. What is sent into a closed one is lost, silently: `onClose` has told. */
export type Connection = { send(text: string): void; close(): void }

/**
 * Who listens, from the first message on. `onClose` comes once and last, with a sentence of ours, also after `close()`; it does not come
 * when the line was never there. `abort` ends the opening and the line.
 */
export type Hearing = {
  onMessage(text: string): void
  onClose(why: string): void
  abort?: AbortSignal | undefined
}

/**
 * The way out for vendors that tell by themselves. Resolves when the line stands; rejects with a Failure when there is none: tooMany when
 * the vendor says wait (`retryAfterMs`), unavailable for everything else.
 */
export type Socket = (url: string, hearing: Hearing) => Promise<Connection>

const megabyte = 2 ** 20
/** A line on which nothing was heard for two of these, our pings unanswered, is dead. */
const pingEveryMs = seconds(20)
const openingAtMostMs = seconds(5)
const readingNothing = 1_000

type Needs = { upstream: string | null; clock: Pick<Clock, 'now' | 'every'>; messageLimit?: number }

/**
 * The real way out: messages of at most 1 MB, not compressed, no redirects, `PUMPIQ_UPSTREAM` obeyed, dead lines found by pings. `close`
 * ends every line.
 */
export function createSocket({ upstream, clock, messageLimit = megabyte }: Needs): Socket & { close(): Promise<void> } {
  const lines = new Set<WebSocket>()

  function open(url: string, { onMessage, onClose, abort }: Hearing): Promise<Connection> {
    abort?.throwIfAborted()
    const { host } = new URL(url)
    const line = new WebSocket(toUpstream(url, upstream), {
      handshakeTimeout: openingAtMostMs,
      maxPayload: messageLimit,
      perMessageDeflate: false,
      followRedirects: false,
      headers: { 'user-agent': 'PumpIQ/0.1' },
    })
    lines.add(line)
    let heard = true
    const pings = clock.every(pingEveryMs, () => {
      if (!heard) return line.terminate()
      heard = false
      if (line.readyState === WebSocket.OPEN) line.ping()
    })
    const sign = () => void (heard = true)
    line.on('ping', sign).on('pong', sign)
    const stop = () => line.terminate()
    abort?.addEventListener('abort', stop, { once: true })
    line.once('close', () => {
      pings.stop()
      lines.delete(line)
      abort?.removeEventListener('abort', stop)
    })

    return new Promise((resolve, reject) => {
      let failure: Failure | null = null
      let stands = false
      line.on('unexpected-response', (request, response) => {
        failure = refusalOf(host, response.statusCode ?? 0, new Headers(headersOf(response.headers)), clock.now())
        response.resume()
        request.destroy()
        line.terminate()
      })
      line.on('error', (cause) => {
        failure ??= new Failure('unavailable', `${host} cannot be listened to`, { cause })
      })
      line.on('message', (data) => {
        heard = true
        // What comes behind a `close` of ours is not listened to any more.
        if (line.readyState === WebSocket.OPEN) onMessage(textOf(data))
      })
      line.once('open', () => {
        stands = true
        resolve({
          send: (text) => void (line.readyState === WebSocket.OPEN && line.send(text)),
          close() {
            line.close(readingNothing)
          },
        })
      })
      line.once('close', (code) => {
        if (stands) onClose(failure?.message ?? `${host} ended the line (code ${code})`)
        else reject(failure ?? new Failure('unavailable', `${host} cannot be listened to (code ${code})`))
      })
    })
  }

  return Object.assign(open, {
    async close() {
      await Promise.all(
        [...lines].map((line) => {
          const ended = new Promise<void>((done) => line.once('close', () => done()))
          line.terminate()
          return ended
        }),
      )
    },
  })
}

/** Statuses by which a vendor says that we come too often. */
const tooOften = new Set([403, 418, 429])

function refusalOf(host: string, status: number, headers: Headers, now: number): Failure {
  if (!tooOften.has(status)) return new Failure('unavailable', `${host} refuses the line (HTTP ${status})`)
  const wait = retryAfterMs(headers, now)
  return new Failure('tooMany', `${host} has had enough of us (HTTP ${status})`, {
    ...(wait !== null && { retryAfterMs: wait }),
  })
}

const headersOf = (headers: Record<string, string | string[] | undefined>): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  )

const textOf = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.isBuffer(data) ? data : Buffer.from(data)).toString('utf8')
