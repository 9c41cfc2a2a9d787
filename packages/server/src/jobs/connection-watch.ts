import { isFailure, minutes } from '@pumpiq/domain'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { isDone } from './within.ts'

const awayCode = /^(E(CONN\w+|PIPE|TIMEDOUT|NOTFOUND|AI_AGAIN|NETUNREACH|HOSTUNREACH|HOSTDOWN)|08\d\w\w|57P0\d|53300)$/
const awayWords =
  /connection is closed|connection (was )?terminated|connection ended|stream isn't writeable|not queryable|timeout exceeded when trying to connect|timeout expired|command timed out|query read timeout|^loading /i

/** Whether an error says that the other side cannot be reached, rather than that it refused. */
export function isAway(thrown: unknown): boolean {
  if (thrown instanceof AggregateError) return thrown.errors.some(isAway)
  if (isFailure(thrown)) return thrown.code === 'unavailable'
  if (!(thrown instanceof Error)) return false
  const { code } = thrown as { code?: unknown }
  return (typeof code === 'string' && awayCode.test(code)) || awayWords.test(thrown.message)
}

const lookAgainMs = 1_000
const quietMs = minutes(1)
const remembered = 50

type Needs = { what: string; ping(): Promise<unknown>; clock: Clock; log: Log }

/** Many connections break at once and try again for ever: one line when the queue goes away, one when it is back. */
export function createConnectionWatch({ what, ping, clock, log }: Needs) {
  const closed = new AbortController()
  const toldAt = new Map<string, number>()
  let away = false

  async function untilBack(): Promise<void> {
    const lostAt = clock.monotonic()
    do await clock.sleep(lookAgainMs, closed.signal)
    while (!(await isDone(ping())))
    away = false
    log.info(`${what} answers again`, { awayMs: Math.round(clock.monotonic() - lostAt) })
  }

  /** The same refusal from all workers at once is one line a minute. */
  function tellRefusal(error: unknown): void {
    const sentence = error instanceof Error ? error.message : String(error)
    const now = clock.monotonic()
    if (now - (toldAt.get(sentence) ?? -Infinity) < quietMs) return
    if (toldAt.size >= remembered) toldAt.clear()
    toldAt.set(sentence, now)
    log.warn(`${what} refused`, { error })
  }

  return {
    tell(thrown: unknown): void {
      if (closed.signal.aborted) return
      if (!isAway(thrown)) return tellRefusal(thrown)
      if (away) return
      away = true
      log.warn(`${what} does not answer; jobs wait until it does`, { error: thrown })
      untilBack().catch(() => {}) // closed meanwhile
    },
    close: () => closed.abort(),
  }
}

export type ConnectionWatch = ReturnType<typeof createConnectionWatch>
