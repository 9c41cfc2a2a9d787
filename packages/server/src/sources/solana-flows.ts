import { days } from '@pumpiq/domain'
import { z } from 'zod'
import { askRpc } from './json-rpc.ts'
import { Address, U64 } from './solana-accounts.ts'
import type { WatchAsk } from './watch.ts'

const signaturesAtMost = 1_000
const Signatures = z.array(z.object({ signature: z.string().min(1), blockTime: z.int().nullable() }))

const Balance = z.object({
  accountIndex: z.int().nonnegative(),
  mint: Address,
  uiTokenAmount: z.object({ amount: U64 }),
})
const Transaction = z
  .object({
    transaction: z.object({ message: z.object({ accountKeys: z.array(Address) }) }),
    meta: z.object({
      preTokenBalances: z.array(Balance),
      loadedAddresses: z.object({ writable: z.array(Address), readonly: z.array(Address) }).nullish(),
    }),
  })
  .nullable()

type Needs = Pick<WatchAsk, 'get' | 'now' | 'abort'> & { url: string; mint: string }

/**
 * What a token account held a day ago: what it held before the first transaction since, and what it holds now where there is none. Null
 * where more happened within a day than one answer holds, or the node no longer has it. Two requests at most.
 */
export async function heldADayAgo(
  { get, now, abort, url, mint }: Needs,
  { account, amount }: { account: string; amount: bigint },
): Promise<bigint | null> {
  const list = { method: 'getSignaturesForAddress', params: [account, { limit: signaturesAtMost }], result: Signatures }
  const [signatures] = (await askRpc(get, url, [list], { abort })).body
  // A block that has no time yet is of now.
  const young = signatures.filter(({ blockTime }) => blockTime === null || blockTime * 1_000 > now - days(1))
  const first = young.at(-1)
  if (!first) return amount
  if (young.length >= signaturesAtMost) return null
  const params = [first.signature, { encoding: 'json', maxSupportedTransactionVersion: 0 }]
  const [found] = (await askRpc(get, url, [{ method: 'getTransaction', params, result: Transaction }], { abort })).body
  if (!found) return null
  const { transaction, meta } = found
  const { writable, readonly } = meta.loadedAddresses ?? { writable: [], readonly: [] }
  const place = [...transaction.message.accountKeys, ...writable, ...readonly].indexOf(account)
  // An account that was not there yet held nothing.
  const before = meta.preTokenBalances.find((one) => one.accountIndex === place && one.mint === mint)
  return before?.uiTokenAmount.amount ?? 0n
}
