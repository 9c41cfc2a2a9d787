import type { z } from 'zod'
import type { Anybody, Caller } from './access.ts'
import type { Asked, Endpoint, Made } from './endpoint.ts'
import type { Endpoints } from './endpoints/index.ts'

/** Beside what was asked: who asks, and what fires when the client has gone or the time for the answer is over. */
export type Circumstances<E extends Endpoint = Endpoint> = {
  readonly abort: AbortSignal
  readonly caller: E['access'] extends 'public' ? Anybody : Caller
}

type Given<E extends Endpoint> = E extends { lines: object }
  ? AsyncIterable<string>
  : E extends { creates: true }
    ? Made<z.input<E['reply']>>
    : z.input<E['reply']>

/** Looks up, calls one verb, returns. A `Failure` becomes a problem; a stream's lines come without their newline. */
export type Handler<E extends Endpoint> = (asked: Asked<E> & Circumstances<E>) => Promise<Given<E>> | Given<E>

/** One handler for each endpoint: forget one and the compiler names it. */
export type Handlers = { readonly [R in keyof Endpoints]: HandlersOf<R> }
export type HandlersOf<R extends keyof Endpoints> = {
  readonly [V in keyof Endpoints[R]]: Endpoints[R][V] extends Endpoint ? Handler<Endpoints[R][V]> : never
}
