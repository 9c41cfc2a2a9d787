import type { SafetyCheck } from './check.ts'
import { citesOf, dollars, eachOf, figuresTold, highest, isEstablished, lowest, percent, unknown } from './told.ts'

const leastUsd = 50_000
const leastOfCap = 0.005

/**
 * A market cap that the pools cannot pay out is a number on a screen. Established tokens are traded mostly on the books of exchanges, which
 * no pool counts: of them only the least amount is asked.
 */
export const liquidity: SafetyCheck = {
  id: 'liquidity',
  label: 'liquidity against size',
  see: 'rule of our own: 50,000 USD, and 0.5 % of the market cap',
  chains: 'all',
  check(evidence) {
    const depths = figuresTold(evidence, 'liquidityUsd')
    const depth = lowest(depths)
    if (depth === null) return unknown('no source tells what is in the pools')
    const caps = evidence.token.marketCapUsd === null ? figuresTold(evidence, 'marketCapUsd') : []
    const cap = evidence.token.marketCapUsd ?? highest(caps)
    const told = `in the pools are ${eachOf(depths, dollars)}`
    const cites = citesOf([...depths, ...caps])
    if (depth < leastUsd) return { verdict: 'fail', detail: `${told}: less than ${dollars(leastUsd)}`, cites }
    if (isEstablished(evidence)) return { verdict: 'pass', detail: told, cites }
    if (cap === null) return unknown(`${told}, and no source tells the market cap`, cites)
    const detail = cap > 0 ? `${told}: ${percent(depth / cap)} of the market cap at the least` : told
    return { verdict: depth < cap * leastOfCap ? 'fail' : 'pass', detail, cites }
  },
}
