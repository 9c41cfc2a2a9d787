import { sql } from 'kysely'
import { minutes, toIso } from '@pumpiq/domain'
import type { RecommendationOutcome, TrackerHealth } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { FollowingStore } from './following.ts'
import type { Outcomes } from './outcomes.ts'

/** A token whose newest candle closed longer ago than this is not live: a minute to close, a minute to the next look, and some to spare. */
const liveWithinMs = minutes(5)

/** A venue whose token is behind is asked sooner than this by whoever follows; a process that follows asks within `liveWithinMs` of its start. */
const askedWithinMs = minutes(20)

const toldAtMost = 20

type Needs = { db: Db; clock: Pick<Clock, 'now'>; startedAt: number; followings: FollowingStore; outcomes: Outcomes }

type Row = {
  token: string
  source: string
  open: number
  issuedAt: Date
  fromAt: Date | null
  knownUntil: Date | null
  askedAt: Date | null
  problem: string | null
}

/** What the database says of the following, whoever does it: a process that stands by tells the same as the one that tracks. */
export function createTrackerState({ db, clock, startedAt, followings, outcomes }: Needs) {
  const rowsOf = async (): Promise<readonly Row[]> =>
    (
      await sql<Row>`
        select o.token_id as token, o.source, o.open, o.issued_at, c.from_at, c.known_until, c.asked_at, c.problem
        from (select token_id, source, count(*) as open, min(issued_at) as issued_at
          from following where not closed group by token_id, source) o
        left join candle_cursor c using (token_id, source)
        order by c.known_until nulls first, o.token_id, o.source`.execute(db)
    ).rows

  /** Null: nothing of the oldest open one is known yet. */
  const knownUntil = ({ issuedAt, knownUntil: known }: Row): number | null =>
    known !== null && known > issuedAt ? known.getTime() : null

  return {
    async health(): Promise<TrackerHealth> {
      const now = clock.now()
      const rows = await rowsOf()
      const behind = rows.filter((row) => {
        const since = Math.max(knownUntil(row) ?? row.issuedAt.getTime(), row.issuedAt.getTime())
        return now - since > liveWithinMs || reachesBack(row) === false
      })
      const newest = Math.max(...rows.map(({ askedAt }) => askedAt?.getTime() ?? -Infinity))
      const isFollowed = now - newest < askedWithinMs || now - startedAt < liveWithinMs
      const waits = isFollowed && behind.some(({ askedAt }) => askedAt === null || askedAt.getTime() < startedAt)
      const lags = rows.map((row) => now - Math.max(knownUntil(row) ?? 0, row.issuedAt.getTime()))
      return {
        state: behind.length === 0 ? 'live' : waits ? 'catching_up' : 'stale',
        lagMs: Math.max(0, ...lags),
        open: rows.reduce((sum, { open }) => sum + open, 0),
        behind: behind.slice(0, toldAtMost).map((row) => {
          const known = knownUntil(row)
          return {
            token: row.token,
            source: row.source,
            knownUntil: known === null ? null : toIso(known),
            why: whyBehind(row, isFollowed),
          }
        }),
      }
    },

    async of(id: string): Promise<Omit<RecommendationOutcome, 'id'>> {
      const standing = await followings.standingOf(id)
      const versions = await outcomes.versionsOf(id)
      return {
        state: standing?.closed ? 'closed' : 'open',
        source: standing?.source ?? null,
        knownUntil: standing?.knownUntil ?? null,
        versions,
      }
    },
  }
}

function whyBehind({ source, askedAt, problem }: Row, isFollowed: boolean): string | null {
  if (!isFollowed) return `nobody has asked ${source}${askedAt === null ? '' : ` since ${toIso(askedAt.getTime())}`}`
  return problem ?? (askedAt === null ? null : `${source} tells of no newer candle`)
}

/** Whether the cursor begins early enough for the oldest open recommendation; null without one. */
const reachesBack = ({ fromAt, issuedAt }: Row): boolean | null => (fromAt === null ? null : fromAt <= issuedAt)
