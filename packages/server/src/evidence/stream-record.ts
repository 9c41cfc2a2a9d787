import { minutes, seconds } from '@pumpiq/domain'
import type { Quarantined } from '../network/ask.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'

type Needs = { source: string; url: string; clock: Pick<Clock, 'now' | 'monotonic'>; log: Log }

const skewAlarmMs = seconds(5)
const quarantinedAtMost = 5
const quarantinedCharacters = 4_096
const driftLogEveryMs = minutes(1)

/** What went wrong on the lines to one source, and how its clock stands to ours. Bounded, memory only. */
export function createStreamRecord({ source, url, clock, log }: Needs) {
  const quarantined: Quarantined[] = []
  let drift = 0
  let loggedAt = -Infinity
  let skewMs: number | null = null
  let problem: string | null = null
  const isOff = (ms: number | null) => ms !== null && Math.abs(ms) > skewAlarmMs

  return {
    /** A message that cannot be true; told in the log once a minute. */
    refuse(issue: string, body: string): void {
      drift++
      problem = issue
      quarantined.push({ at: clock.now(), url, issue, body: body.slice(0, quarantinedCharacters) })
      if (quarantined.length > quarantinedAtMost) quarantined.shift()
      if (clock.monotonic() - loggedAt < driftLogEveryMs) return
      loggedAt = clock.monotonic()
      log.warn(`${source} tells what it should not: ${issue}`, { source, url, drift })
    },
    lost(why: string): void {
      problem = why
      log.warn(`${source} does not tell any more: ${why}`, { source, url })
    },
    /** The source's clock, epoch ms. */
    time(at: number): void {
      const before = skewMs
      skewMs = Math.round(at - clock.now())
      if (isOff(skewMs) === isOff(before)) return
      if (isOff(skewMs)) log.warn(`the clock of ${source} and ours differ by ${skewMs} ms`, { source, skewMs })
      else log.info(`the clock of ${source} and ours agree again`, { source, skewMs })
    },
    read: () => ({ drift, skewMs, skewed: isOff(skewMs), problem }),
    quarantine: (): readonly Quarantined[] => quarantined,
  }
}
