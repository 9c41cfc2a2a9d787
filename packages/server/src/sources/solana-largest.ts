import { z } from 'zod'
import type { Heard } from '../network/asked.ts'
import { askRpc } from './json-rpc.ts'
import { Address, ownerSlice, piecesOf, U64 } from './solana-accounts.ts'
import { addressOf } from './solana-address.ts'
import type { Holding } from './solana-holders.ts'
import type { WatchAsk } from './watch.ts'

const Supply = z.object({ value: z.object({ amount: U64 }) })
const Largest = z.object({ value: z.array(z.object({ address: Address, amount: U64 })) })
/** The most that `getTokenLargestAccounts` gives. */
const largestAtMost = 20

type Needs = Pick<WatchAsk, 'get' | 'abort'> & { url: string; mint: string }

/** The largest token accounts of a mint by their owners, largest first; two requests, for accounts are not owners. */
export async function largestOf({
  get,
  url,
  mint,
  abort,
}: Needs): Promise<{ supply: bigint; holdings: (Holding & { account: string })[]; isAll: boolean; heard: Heard }> {
  const params = [mint, { commitment: 'confirmed' }]
  const heard = await askRpc(
    get,
    url,
    [
      { method: 'getTokenSupply', params, result: Supply },
      { method: 'getTokenLargestAccounts', params, result: Largest },
    ],
    { abort },
  )
  const [{ value: supply }, { value: largest }] = heard.body
  const isAll = largest.length < largestAtMost
  if (largest.length === 0) return { supply: supply.amount, holdings: [], isAll, heard }
  const accounts = largest.map(({ address }) => address)
  const call = { method: 'getMultipleAccounts', params: [accounts, ownerSlice], result: piecesOf(32) }
  const [owners] = (await askRpc(get, url, [call], { abort })).body
  // An account that is gone by now is nobody's, and counts as one: its address is derived, off the curve.
  const ownerOf = (i: number, address: string): string => (owners[i] ? addressOf(owners[i]) : address)
  const holdings = largest.map(({ address, amount }, i) => ({ account: address, owner: ownerOf(i, address), amount }))
  return { supply: supply.amount, holdings, isAll, heard }
}
