import { hours } from '../words/time.ts'
import type { SafetyCheck } from './check.ts'
import { citesOf, eachOf, figuresTold, lowest, unknown } from './told.ts'

const leastMs = hours(24)
const shown = (ms: number): string =>
  ms < leastMs * 2 ? `${Math.floor(ms / hours(1))} h` : `${Math.floor(ms / leastMs)} days`

/** Most pools that are pulled are pulled on their first day: until it is over nobody is advised to buy, however bold. */
export const poolAge: SafetyCheck = {
  id: 'pool-age',
  label: 'age of its market',
  see: 'Token Spammers, Rug Pulls, and Sniper Bots (USENIX Security 2023): most tokens live less than a day',
  chains: 'all',
  check(evidence) {
    // It has grown older since it was told.
    const ages = figuresTold(evidence, 'poolAgeMs').map((one) => ({
      ...one,
      value: one.value + evidence.at - Date.parse(one.observedAt),
    }))
    const least = lowest(ages)
    if (least === null) return unknown('no source tells since when it is traded')
    const detail = `its oldest pool is as old as ${eachOf(ages, shown)}`
    return { verdict: least < leastMs ? 'fail' : 'pass', detail, cites: citesOf(ages) }
  },
}
