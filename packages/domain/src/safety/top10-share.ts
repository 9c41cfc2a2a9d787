import type { SafetyCheck } from './check.ts'
import { citesOf, eachOf, figuresTold, highest, lowest, percent, unknown } from './told.ts'

const mostRatio = 0.7

/** Ten who own most can sell to all others. Pools and burnt tokens do not count; where they are among the ten, only little enough says something. */
export const top10Share: SafetyCheck = {
  id: 'top10-share',
  label: 'top 10 holders',
  see: 'rule of our own: 70 % of the supply',
  chains: 'all',
  check(evidence) {
    const free = figuresTold(evidence, 'top10Ratio')
    const accounts = figuresTold(evidence, 'top10AccountsRatio')
    const most = highest(free)
    if (most !== null) {
      const detail = `the ten largest holders have ${eachOf(free, percent)}`
      return { verdict: most > mostRatio ? 'fail' : 'pass', detail, cites: citesOf(free) }
    }
    const detail = `the ten largest accounts, pools among them, have ${eachOf(accounts, percent)}`
    const least = lowest(accounts)
    if (least !== null && highest(accounts)! <= mostRatio) return { verdict: 'pass', detail, cites: citesOf(accounts) }
    return unknown(least === null ? 'no source tells the largest holders' : detail, citesOf(accounts))
  },
}
