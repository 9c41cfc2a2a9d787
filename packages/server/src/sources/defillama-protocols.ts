import type { FigureName } from '@pumpiq/domain'
import { z } from 'zod'

export const Protocols = z.array(
  z.object({
    /** Plain on Ethereum, behind the chain's name elsewhere: `bsc:0x...`. */
    address: z.string().nullish(),
    category: z.string().nullish(),
    tvl: z.number().nullish(),
    /** Percent. */
    change_1d: z.number().nullish(),
  }),
)

/** The vendor's chains by the catalogue's names. */
const chains = new Map([
  ['ethereum', 'ethereum'],
  ['bsc', 'binance-smart-chain'],
  ['polygon', 'polygon-pos'],
  ['base', 'base'],
  ['arbitrum', 'arbitrum-one'],
  ['solana', 'solana'],
])
/** Deposits of exchanges and of chains are nobody's protocol. */
const notProtocols = new Set(['CEX', 'Chain'])
/** Of what holds less there are thousands, whose deposits say little. */
const leastUsd = 1_000_000

/** `chain:address` as our tokens are written, or null. */
function tokenOf(address: string): string | null {
  const [first = '', second] = address.split(':')
  const chain = second === undefined ? 'ethereum' : chains.get(first.toLowerCase())
  const own = second ?? first
  if (chain === undefined) return null
  if (chain === 'solana') return /^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(own) ? `${chain}:${own}` : null
  return /^0x[0-9a-fA-F]{40}$/.test(own) && !/^0x0+$/.test(own) ? `${chain}:${own.toLowerCase()}` : null
}

/**
 * By token, what its protocols hold together, and by how much that is more than a day ago. Of a change that one of them does not tell,
 * nothing.
 */
export function protocolFigures(
  protocols: z.output<typeof Protocols>,
): Map<string, Partial<Record<FigureName, number>>> {
  const sums = new Map<string, { now: number; before: number | null }>()
  for (const { address, category, tvl, change_1d: change } of protocols) {
    const token = address ? tokenOf(address.trim()) : null
    if (!token || !tvl || tvl < 0 || notProtocols.has(category ?? '')) continue
    const known = sums.get(token) ?? { now: 0, before: 0 }
    // A protocol that began within the day was at 0, of which nothing changes by a share.
    const before = change == null || change <= -100 ? null : tvl / (1 + change / 100)
    sums.set(token, {
      now: known.now + tvl,
      before: before === null || known.before === null ? null : known.before + before,
    })
  }
  return new Map(
    [...sums]
      .filter(([, { now }]) => now >= leastUsd)
      .map(([token, { now, before }]) => [
        token,
        { tvlUsd: now, ...(before !== null && before > 0 && { tvlChange24hRatio: Math.min(now / before - 1, 100) }) },
      ]),
  )
}
