import type { Tier } from '@pumpiq/domain'
import type { z } from 'zod'
import type { Access, Scope } from './access.ts'

/** Every path of the table stands below this. */
export const prefix = '/api/v1'

/** Of the promise, not of the program: /health tells that. */
export const apiVersion = '1.0.0'

/** Below `prefix`: where a job is told by its id. */
export const jobsPath = '/jobs'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * What can be asked, as data: the server validates and serialises by it, the client asks by it, OpenAPI is made from it. Schemas of replies
 * are without transforms, for they are used in the direction of the wire.
 */
export type Endpoint = {
  readonly method: Method
  /** Below `prefix`, in Fastify's form: `/tokens/:id`. */
  readonly path: `/${string}`
  /** Who may ask. */
  readonly access: Access
  /** What an API key must be good for, where it is not `read` for GET, `admin` for admins' and `write` for all else. */
  readonly scope?: Scope
  /** The least tier that may ask; any unless said. */
  readonly tier?: Tier
  readonly summary: string
  readonly params?: z.ZodType<Record<string, unknown>>
  readonly query?: z.ZodType<Record<string, unknown>>
  readonly body?: z.ZodType
  /** The longest body that is read, in bytes; the server's own bound unless said. */
  readonly bodyBytes?: number
  readonly reply: z.ZodType
  /** Answers 201 with a Location when what is replied (it has an `id`) was made by this request, 200 when it was there already. */
  readonly creates?: true
  /**
   * Work that goes on after the answer: a handler may give `{ accepted: job }`, a document with an `id`, and 202 is answered with it and
   * with where it is told how far it is (`jobsPath`). Who said nothing of `Prefer` is given the whole reply, unless there is no other.
   */
  readonly accepts?: z.ZodType
  /** How long, in ms, an answer may be given again to everybody who asks the same; only of what is public. */
  readonly cacheMs?: number
  /** An `Idempotency-Key` is heeded: asked again with the same one, it does nothing and answers the same. */
  readonly idempotent?: true
  /** Its handler signs somebody in or out: it is given the exchange with the client, which is more than what was asked. */
  readonly signs?: true
  /** Deprecated on the day `since`, answered until the day `sunset` (ISO dates); `use` is the path, below `prefix`, of what to ask instead. */
  readonly deprecated?: { readonly since: string; readonly sunset: string; readonly use: `/${string}` }
  /** The answer is a stream of lines; `reply` is then the shape of one of them. */
  readonly lines?: { readonly contentType: string }
  /** How long the server works on it before it answers 503; 30 s unless said. */
  readonly timeoutMs?: number
}

/** Keeps the literal types of an entry, so that client, handlers and table cannot part. */
export const endpoint = <const E extends Endpoint>(definition: E): E => definition

export type EndpointTable = { readonly [resource: string]: { readonly [verb: string]: Endpoint } }

type Part<
  E extends Endpoint,
  Name extends 'params' | 'query' | 'body',
  Way extends 'input' | 'output',
> = E[Name] extends z.ZodType ? (Way extends 'input' ? z.input<E[Name]> : z.output<E[Name]>) : undefined

/** What a handler is given, checked: `undefined` for a part the endpoint does not have. */
export type Asked<E extends Endpoint> = {
  readonly params: Part<E, 'params', 'output'>
  readonly query: Part<E, 'query', 'output'>
  readonly body: Part<E, 'body', 'output'>
}

type Optional<Name extends string, Value> = undefined extends Value
  ? unknown
  : Partial<Value> extends Value
    ? { readonly [N in Name]?: Value }
    : { readonly [N in Name]: Value }

/** What a client says: only the parts the endpoint has, optional where all within is optional. */
export type Ask<E extends Endpoint> = Optional<'params', Part<E, 'params', 'input'>> &
  Optional<'query', Part<E, 'query', 'input'>> &
  Optional<'body', Part<E, 'body', 'input'>>

export type Reply<E extends Endpoint> = z.output<E['reply']>

/** What a handler of a creating endpoint returns. */
export type Made<T> = { readonly made: boolean; readonly document: T }

/** What a handler of an endpoint that `accepts` may return in place of its reply: the job that goes on. */
export type Accepted<Job> = { readonly accepted: Job }
