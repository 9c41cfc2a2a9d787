import { days } from '@pumpiq/domain'
import { z } from 'zod'
import type { VendorError } from '../network/asked.ts'
import { skewMs } from './bars.ts'
import { readRpcError } from './json-rpc.ts'

/** A raw amount or a count: a whole number in a string, up to 2^256. */
export const Whole = z
  .string()
  .regex(/^\d{1,78}$/, 'expected a whole number in a string')
  .transform((text) => BigInt(text))

export const EvmAddress = z.string().regex(/^0x[0-9a-fA-F]{40}$/, 'expected an address in hex')

/** What `result` holds when the vendor has something to tell. */
export const told = <S extends z.ZodType>(result: S) => z.object({ status: z.literal('1'), result })

/** The same of a list, which may be empty: `status` is then 0, and the list empty or null. */
export const listed = <S extends z.ZodType>(row: S) =>
  z.object({ status: z.enum(['0', '1']), result: z.array(row).nullable() }).transform(({ result }) => result ?? [])

/** Of `tokentx`: one transfer of a token, seconds and raw units in strings. */
export const Transfer = z.object({
  timeStamp: z
    .string()
    .regex(/^\d{9,11}$/, 'expected seconds')
    .transform((text) => Number(text) * 1_000),
  hash: z.string().min(1),
  contractAddress: EvmAddress,
  tokenDecimal: z
    .string()
    .regex(/^\d{1,2}$/, 'expected decimals')
    .transform(Number),
})
type Transfer = z.output<typeof Transfer>

/** Why these transfers cannot be an answer, or null. */
export function faultOfTransfers(rows: readonly Transfer[], address: string, now: number): string | null {
  if (rows.some(({ contractAddress }) => contractAddress.toLowerCase() !== address))
    return 'a transfer is of another token'
  if (rows.some(({ timeStamp }) => timeStamp > now + skewMs)) return 'a transfer is from the future: another unit?'
  return null
}

/** Transactions of the last 24 hours, of the newest rows; null when all rows that one answer holds are younger. */
export function transactionsOfDay(rows: readonly Transfer[], atMost: number, now: number): number | null {
  const young = rows.filter(({ timeStamp }) => timeStamp > now - days(1) && timeStamp <= now)
  if (rows.length >= atMost && young.length === rows.length) return null
  return new Set(young.map(({ hash }) => hash)).size
}

const Refusal = z.object({ status: z.literal('0'), message: z.string(), result: z.unknown().optional() })

/** The vendor's words, which we read but never repeat, and what they come to. The first that fits. */
const reasons: readonly (readonly [RegExp, VendorError])[] = [
  [/rate limit|too many/i, { mishap: 'throttled', reason: 'says that we ask too often' }],
  [/free api access|upgrade your api plan/i, { mishap: 'refused', reason: 'serves this chain to paid plans only' }],
  [/api pro endpoint/i, { mishap: 'refused', reason: 'tells this to paid plans only' }],
  [/unsupported chainid|chain not supported/i, { mishap: 'refused', reason: 'does not serve this chain' }],
  [/api key/i, { mishap: 'refused', reason: 'does not take our key' }],
  [/deprecated/i, { mishap: 'refused', reason: 'has switched this address off' }],
  [/invalid address|not found/i, { mishap: 'absent', reason: 'knows no such contract' }],
]

/** An envelope with HTTP 200 around everything: empty is no error; calls to a node are told as JSON-RPC. */
export function readEtherscanError(status: number, body: unknown): VendorError | null {
  const refusal = Refusal.safeParse(body).data
  if (!refusal) return readRpcError(status, body)
  const { message, result } = refusal
  const isEmpty = Array.isArray(result) || (!result && /^no .+ found$/i.test(message))
  if (isEmpty || status >= 500 || status === 429) return null
  const words = typeof result === 'string' ? result : message
  return reasons.find(([pattern]) => pattern.test(words))?.[1] ?? { mishap: 'refused', reason: 'refused the request' }
}
