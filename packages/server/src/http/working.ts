import type { FastifyReply } from 'fastify'
import { Failure } from '@pumpiq/domain'
import type { Deadlines } from '../platform/deadlines.ts'

/**
 * The signal that fires when nobody waits for an answer any more: the client has gone before he was answered, or its time is over. It is made
 * only for handlers that ask for it. Fastify's own `request.signal` fires as soon as a body has been read, and its `handlerTimeout` ends with
 * it: neither can be used for POST.
 */
export class Waiting {
  readonly #reply: FastifyReply
  #made: AbortController | null = null

  constructor(reply: FastifyReply) {
    this.#reply = reply
  }

  get signal(): AbortSignal {
    if (this.#made) return this.#made.signal
    const made = new AbortController()
    const { raw } = this.#reply
    this.#made = made
    raw.once('close', () => {
      if (!raw.writableFinished) made.abort(new Failure('unavailable', 'the client has gone'))
    })
    return made.signal
  }

  end(why: Failure): void {
    this.#made?.abort(why)
  }
}

/** What was given, or a failure when the time is over: a handler that does not listen to its signal keeps nobody waiting. */
export function inTime(
  given: unknown,
  { waiting, deadlines, timeoutMs }: { waiting: Waiting; deadlines: Deadlines; timeoutMs: number },
): unknown {
  if (!isPromise(given)) return given
  return new Promise((resolve, reject) => {
    const end = deadlines.after(timeoutMs, () => {
      const sentence = `the answer took longer than ${timeoutMs / 1000} s; ask again`
      const late = new Failure('unavailable', sentence, { retryAfterMs: 1_000 })
      waiting.end(late)
      reject(late)
    })
    const answered = (value: unknown): void => {
      end()
      resolve(value)
    }
    const failed = (thrown: unknown): void => {
      end()
      reject(thrown)
    }
    given.then(answered, failed)
  })
}

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
