import type { z } from 'zod'
import type { Anybody, Caller } from './access.ts'
import type { Accepted, Asked, Endpoint, Made } from './endpoint.ts'
import type { Endpoints } from './endpoints/index.ts'

/** How a caller wants to be answered, as he said in the header `Prefer` (RFC 7240). */
export type Prefers = {
  /** How long he waits for a whole answer before a job is enough for him; 0 with `respond-async` alone; null: he said nothing. */
  readonly waitMs: number | null
}

/** What signing in and out needs of the client beside what was asked. */
export type Exchange = {
  /** From where the request came. */
  readonly address: string
  /** A header of the request, by its name in lower case; null when it was not sent. */
  header(name: string): string | null
  /** Goes with the answer, each a whole `set-cookie`. */
  setCookies(cookies: readonly string[]): void
}

/**
 * Beside what was asked: who asks, and what fires when the client has gone or the time for the answer is over; how it is to be answered,
 * where an endpoint `accepts`.
 */
export type Circumstances<E extends Endpoint = Endpoint> = {
  readonly abort: AbortSignal
  readonly caller: E['access'] extends 'public' ? Anybody : Caller
} & (E extends { accepts: z.ZodType } ? { readonly prefers: Prefers } : unknown) &
  (E extends { signs: true } ? { readonly exchange: Exchange } : unknown)

type Whole<E extends Endpoint> = E extends { lines: object }
  ? AsyncIterable<string>
  : E extends { creates: true }
    ? Made<z.input<E['reply']>>
    : z.input<E['reply']>

type Given<E extends Endpoint> = Whole<E> | (E extends { accepts: z.ZodType } ? Accepted<z.input<E['accepts']>> : never)

/** Looks up, calls one verb, returns. A `Failure` becomes a problem; a stream's lines come without their newline. */
export type Handler<E extends Endpoint> = (asked: Asked<E> & Circumstances<E>) => Promise<Given<E>> | Given<E>

/** One handler for each endpoint: forget one and the compiler names it. */
export type Handlers = { readonly [R in keyof Endpoints]: HandlersOf<R> }
export type HandlersOf<R extends keyof Endpoints> = {
  readonly [V in keyof Endpoints[R]]: Endpoints[R][V] extends Endpoint ? Handler<Endpoints[R][V]> : never
}
