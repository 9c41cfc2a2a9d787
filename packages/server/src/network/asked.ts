import type { z } from 'zod'
import type { Budget } from './count.ts'

/** What asking needs to know of a source. */
export type Asked = {
  /** Also the name of its key: `<ID>_API_KEY`. */
  id: string
  budget: Budget
  /** What a day or a month allows on top of `budget`. It is not waited for. */
  quota?: Budget
  /** How the key is carried; a source may have a wider budget with one. */
  key: 'none' | (KeyPlace & { required: boolean; budget?: Budget; quota?: Budget })
  /** The longest one attempt may take; 4 s unless said. */
  timeoutMs?: number
  /** How long to wait after "too many" when the answer does not say. */
  throttledMs?: number
  /** What an answer that is JSON means when it is an error in the vendor's own envelope, whatever its status; null when it is none. */
  readError?(status: number, body: unknown): VendorError | null
}

/**
 * Where the key goes. In a header, behind `prefix` ("Bearer "); in the query of every request, for vendors that take it nowhere else (it is
 * put in where the request leaves, so no URL that is logged or stored has it); or, a pair `id:secret`, to `tokenUrl` for a bearer token
 * (RFC 6749, 4.4, client credentials), or to `sessionUrl` to log in as in the AT Protocol.
 */
export type KeyPlace =
  | { header: string; prefix?: string }
  | { query: string }
  | { tokenUrl: string }
  | { sessionUrl: string }

/** `reason` continues a sentence that begins with the source's id and is ours: codes, never the vendor's text. */
export type VendorError = { mishap: 'absent' | 'throttled' | 'server' | 'refused'; reason: string }

/** When an answer was given by the vendor's clock (null when it does not say) and when it was here by ours; epoch ms. */
export type Heard = { serverAt: number | null; fetchedAt: number }
export type Answer<T> = Heard & { body: T }

export type GetOptions<T> = {
  /** Why an answer of the right shape cannot be true, or null: counted as drift, the whole answer is refused. */
  check?(body: T, heard: Heard): string | null
  /** Sent as JSON with POST; without it the question is a GET. */
  body?: unknown
  /** Besides those of the key. */
  headers?: Readonly<Record<string, string>>
  /** What makes a value of the body's text where it is not JSON; it throws a SyntaxError for what cannot be read. */
  parse?(text: string): unknown
  attempts?: number
  timeoutMs?: number
  abort?: AbortSignal | undefined
}

/**
 * Asks one source. Resolves with what the schema made of the JSON (or of what `parse` read); throws a Failure: notFound when the vendor does not have it, tooMany
 * when it or our budget says wait (`retryAfterMs`), unavailable for everything else.
 */
export type Get = {
  <S extends z.ZodType>(url: string, schema: S, options?: GetOptions<z.output<S>>): Promise<z.output<S>>
  timed<S extends z.ZodType>(url: string, schema: S, options?: GetOptions<z.output<S>>): Promise<Answer<z.output<S>>>
}
