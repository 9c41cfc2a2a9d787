import type { SafetyCheck } from './check.ts'
import { citesOf, eachOf, figuresTold, highest, percent, unknown } from './told.ts'

const mostRatio = 0.2

/** What its maker has kept he can sell at once. */
export const developerShare: SafetyCheck = {
  id: 'developer-share',
  label: 'share of its maker',
  see: 'rule of our own: 20 % of the supply',
  chains: 'all',
  check(evidence) {
    const shares = figuresTold(evidence, 'developerRatio')
    const most = highest(shares)
    if (most === null) return unknown('no source tells what its maker holds')
    return {
      verdict: most > mostRatio ? 'fail' : 'pass',
      detail: `its maker holds ${eachOf(shares, percent)}`,
      cites: citesOf(shares),
    }
  },
}
