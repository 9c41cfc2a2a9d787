import { z } from 'zod'
import { issueOf } from '../network/answer.ts'
import type { Answer, Get, VendorError } from '../network/asked.ts'

/** One call of JSON-RPC 2.0 and what its result must be; null is the result of a call that a contract reverted. */
export type RpcCall<S extends z.ZodType = z.ZodType> = { method: string; params: unknown; result: S }
type Results<C extends readonly RpcCall[]> = { -readonly [K in keyof C]: z.output<C[K]['result']> }

const Reply = z.object({ id: z.int(), result: z.unknown().optional(), error: z.unknown().optional() })

const ErrorBody = z.object({
  error: z.union([z.string(), z.object({ code: z.int(), message: z.string().optional() })]),
})

/** EIP-1474 and what nodes add to it: 3 is a contract that reverted, which is an answer. */
const reverted = 3
/** A Solana node that keeps no index for this: it never will. */
const unindexed = -32010
const throttled = new Set([429, -32005, -32029, -32429])

/** What an answer of JSON-RPC, or of a batch of it, says of itself where it is an error; gateways say it with HTTP alone. */
export function readRpcError(status: number, body: unknown): VendorError | null {
  for (const reply of Array.isArray(body) ? body : [body]) {
    const error = ErrorBody.safeParse(reply).data?.error
    if (error === undefined || status >= 500) continue
    if (status === 429) return { mishap: 'throttled', reason: 'says that we ask too often' }
    if (typeof error === 'string') return { mishap: 'refused', reason: 'refused the call without a code' }
    if (error.code === reverted || /revert/i.test(error.message ?? '')) continue
    if (throttled.has(error.code)) return { mishap: 'throttled', reason: `says that we ask too often (${error.code})` }
    const isOurs = (error.code >= -32602 && error.code <= -32600) || error.code === unindexed
    return isOurs || status === 401 || status === 403
      ? { mishap: 'refused', reason: `refused the call (${error.code})` }
      : { mishap: 'server', reason: `cannot answer the call (${error.code})` }
  }
  return null
}

type Effort = { abort?: AbortSignal | undefined; attempts?: number }

/** Asks one node several things in one request; the results are in the order of the calls, whatever the order of the answers. */
export async function askRpc<const C extends readonly RpcCall[]>(
  get: Get,
  url: string,
  calls: C,
  effort: Effort = {},
): Promise<Answer<Results<C>>> {
  const body = calls.map(({ method, params }, i) => ({ jsonrpc: '2.0', id: i + 1, method, params }))
  const one = calls.length === 1
  // A body that is no JSON-RPC at all is drift like any other shape.
  const Body = one ? Reply.transform((reply) => [reply]) : z.array(Reply)
  const results: unknown[] = []
  const check = (replies: readonly z.output<typeof Reply>[]): string | null => {
    if (replies.length !== calls.length) return 'not every call is answered'
    for (const [i, { method, result }] of calls.entries()) {
      const reply = replies.find(({ id }) => id === i + 1)
      if (!reply) return 'not every call is answered'
      const parsed = result.safeParse(reply.error === undefined ? reply.result : null)
      if (!parsed.success) return `${method}: ${issueOf(parsed.error)}`
      results[i] = parsed.data
    }
    return null
  }
  const { serverAt, fetchedAt } = await get.timed(url, Body, { body: one ? body[0] : body, check, ...effort })
  return { serverAt, fetchedAt, body: results as Results<C> }
}
