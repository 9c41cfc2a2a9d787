import type { SafetyCheck } from './check.ts'
import { citesOf, eachOf, figuresTold, hazardsTold, highest, lowest, percent, sourcesOf, unknown } from './told.ts'

const halfRatio = 0.5

/**
 * Whether its maker can pull the pool: most of it is his and not locked. What nobody can pull passes: most of it locked or burnt, or most of
 * it others'. A source that warns of it by name is believed.
 */
export const lpLock: SafetyCheck = {
  id: 'lp-lock',
  label: 'liquidity can be pulled',
  see: 'Trade or Trick? Scam Tokens on Uniswap (SIGMETRICS 2022): the creator holds the pool; GoPlus: lp_holders; RugCheck: lpLockedPct',
  chains: 'all',
  check(evidence) {
    const warned = hazardsTold(evidence, 'lpUnlocked')
    const locked = figuresTold(evidence, 'lpLockedRatio')
    const makers = figuresTold(evidence, 'lpCreatorRatio')
    const cites = citesOf([...warned, ...locked, ...makers])
    const detail = [
      warned.some(({ present }) => present) &&
        `the pool is open to be pulled (${sourcesOf(warned.filter(({ present }) => present))})`,
      locked.length > 0 && `locked or burnt: ${eachOf(locked, percent)}`,
      makers.length > 0 && `held by its maker: ${eachOf(makers, percent)}`,
      warned.some(({ present }) => !present) &&
        `safe by the word of ${sourcesOf(warned.filter(({ present }) => !present))}`,
    ]
      .filter(Boolean)
      .join('; ')
    const least = lowest(locked)
    const most = highest(makers)
    const isOpen = least === null || least < halfRatio
    if (warned.some(({ present }) => present) || (isOpen && most !== null && most > halfRatio))
      return { verdict: 'fail', detail, cites }
    const isSafe = !isOpen || most !== null || (least === null && warned.length > 0)
    return isSafe ? { verdict: 'pass', detail, cites } : unknown(detail || 'no source says whose the pool is', cites)
  },
}
