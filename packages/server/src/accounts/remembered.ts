import { LRUCache } from 'lru-cache'
import { minutes, seconds } from '@pumpiq/domain'
import type { Caller } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { Known } from './known.ts'

type Needs = { readonly db: Db; readonly clock: Pick<Clock, 'now' | 'monotonic'> }

export type Remembered = ReturnType<typeof createRemembered>

const mostCallers = 10_000
/** A caller is looked up again after so long, whatever happens. */
const longestMs = minutes(1)
/** So late, at most, it is noticed that another process withdrew something. */
export const noticedWithinMs = seconds(2)

/**
 * Callers that were known a moment ago. What this process withdraws is forgotten at once (`forget`); what another one withdraws raises a
 * number in the database, by triggers, and all is forgotten once that is seen.
 */
export function createRemembered({ db, clock }: Needs) {
  const callers = new LRUCache<string, Known>({ max: mostCallers })
  let revision: number | null = null
  let lookedAt = -Infinity
  let looking: Promise<void> | null = null
  /** Counts forgettings, so that what was looked up before one is not remembered after it. */
  let turn = 0

  function forget(): void {
    turn++
    callers.clear()
  }

  async function look(): Promise<void> {
    const at = clock.monotonic()
    const row = await db.selectFrom('authRevision').select('revision').executeTakeFirstOrThrow()
    if (row.revision !== revision) forget()
    revision = row.revision
    lookedAt = at
  }

  /** While the database cannot be asked nobody is known: this fails as it does. */
  function upToDate(): Promise<void> | null {
    if (clock.monotonic() - lookedAt < noticedWithinMs) return null
    looking ??= look().finally(() => (looking = null))
    return looking
  }

  return {
    forget,
    /** Who that is; `find` looks him up where he is not remembered. */
    async callerOf(credential: string, find: () => Promise<Known | null>): Promise<Caller | null> {
      const late = upToDate()
      if (late) await late
      const now = clock.now()
      const kept = callers.get(credential)
      if (kept && kept.endsAt > now) return kept.caller
      const asOf = turn
      const known = await find()
      if (known === null) return null
      if (asOf === turn) callers.set(credential, { ...known, endsAt: Math.min(known.endsAt, now + longestMs) })
      return known.caller
    },
  }
}
