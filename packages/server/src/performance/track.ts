import { days, isFailure, minutes } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { CandleCursor, CandleStore } from '../evidence/candles.ts'
import { overlapMs, type FillCandles } from '../evidence/candles-fill.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { createCorrect } from './correct.ts'
import type { Following, FollowingStore } from './following.ts'
import { mixed } from './merge.ts'
import type { Outcomes } from './outcomes.ts'
import { createRemembered } from './remembered.ts'
import { isSame, judgeFollowing, type Settle } from './settle.ts'
import { createTerms, type Term } from './term.ts'

const everyMs = minutes(1)

/**
 * A venue that answers but has told of no trade for so long has ended the market: only then may silence mean a delisting. Halts end sooner;
 * the longest of a large coin that came back as itself is the exception (FTT, 311 days).
 */
const goneMs = days(30)

/** Behind the end of a call its candles are looked at until they are known so much further that no correction is shown any more. */
const watchedMs = days(2)

type Needs = {
  db: Db
  fill: FillCandles
  candles: CandleStore
  followings: FollowingStore
  outcomes: Outcomes
  settle: Settle
  clock: Clock
  log: Log
  /** Who takes the lease: a name that no other process has. */
  holder: string
}

/** The open calls of one series; none where only a late correction of what has ended is waited for. */
type Group = {
  readonly key: string
  readonly token: Following['token']
  readonly source: string
  readonly symbol: string
  since: number
  readonly calls: Following[]
}

/**
 * Follows every open recommendation on closed 1-minute candles of the venue it was decided on. One process at a time does it, by a lease
 * that each write checks. All it remembers can be made again from the database: it may be ended at any instant.
 */
export function createTracker(needs: Needs) {
  const { db, fill, candles, followings, outcomes, settle, clock, log, holder } = needs
  const open = new Map<string, Following>()
  const remembered = createRemembered({ candles })
  /** Groups with news, or with a call that was not looked at yet. */
  const due = new Set<string>()
  const ending = new AbortController()
  const terms = createTerms({ db, clock, holder, changed: forget })
  const correct = createCorrect({ candles, followings, outcomes, settle })
  let timer: { stop(): void } | null = null
  let current: Promise<void> = Promise.resolve()

  function forget(): void {
    open.clear()
    remembered.clear()
    due.clear()
  }

  async function groups({ write }: Term): Promise<Group[]> {
    await followings.discover(write, (id, thrown) => told(thrown, `${id} cannot be followed`))
    const { ids, news } = await followings.open(new Set(open.keys()))
    for (const id of open.keys()) if (!ids.has(id)) open.delete(id)
    const found = new Map<string, Group>()
    const groupOf = ({ token, source, symbol }: Pick<Group, 'token' | 'source' | 'symbol'>): Group => {
      const key = `${source} ${token}`
      const group = found.get(key) ?? { key, token, source, symbol, since: Infinity, calls: [] }
      found.set(key, group)
      return group
    }
    for (const call of news) {
      open.set(call.id, call)
      due.add(groupOf(call).key)
    }
    for (const call of open.values()) {
      const group = groupOf(call)
      group.calls.push(call)
      group.since = Math.min(group.since, call.plan.issuedAt)
    }
    for (const one of await followings.watched(clock.now() - watchedMs, overlapMs)) {
      const group = groupOf(one)
      group.since = Math.min(group.since, one.since)
    }
    remembered.keepOnly(found)
    return [...found.values()]
  }

  async function follow(group: Group, now: Term): Promise<void> {
    const { key, calls, since } = group
    const { cursor, moved, coarse } = await fill({ ...group, write: now.write, abort: ending.signal })
    const asOf = knownAsOf(cursor, clock.now())
    if (moved || coarse || asOf > cursor.knownUntil) due.add(key)
    if (cursor.revisedFrom !== null || coarse) remembered.forget(key)
    if (cursor.revisedFrom !== null) {
      due.add(key)
      await correct(group, { from: cursor.revisedFrom, asOf }, now)
    }
    if (!due.has(key)) return
    if (calls.length > 0) {
      const known = await remembered.of(key, group, since, cursor.knownUntil)
      for (const call of calls) {
        const judged = judgeFollowing(call, mixed(known.minute, known.hour, call.plan), asOf)
        if (judged) await close(call, judged, now)
      }
    }
    if (cursor.revisedFrom !== null) await now.write((tx) => candles.settleRevision(tx, group))
    due.delete(key)
  }

  /** Seals how a call ended, unless what stands says the same already. */
  async function close(call: Following, judged: NonNullable<ReturnType<typeof judgeFollowing>>, now: Term) {
    const [last = null] = await outcomes.versionsOf(call.id)
    if (last && isSame(last.outcome, judged.outcome)) await now.write((tx) => followings.close(tx, call.id))
    else await settle(call, judged, last, now.lease)
    open.delete(call.id)
    log.info('a recommendation has ended', { id: call.id, status: judged.outcome.status, at: judged.outcome.at })
  }

  /** Venues side by side, the tokens of one in turn: its budget is shared with whoever asks. */
  async function round(): Promise<void> {
    if (ending.signal.aborted) return
    try {
      const first = await terms.take()
      if (!first) return
      const bySource = Map.groupBy(await groups(first), ({ source }) => source)
      await Promise.all([...bySource.values()].map(inTurn))
    } catch (thrown) {
      if (!ending.signal.aborted) told(thrown, 'a round of following broke')
    }
  }

  async function inTurn(own: readonly Group[]): Promise<void> {
    for (const group of own) {
      if (ending.signal.aborted) return
      const now = await terms.take()
      if (!now) return
      try {
        await follow(group, now)
      } catch (thrown) {
        if (ending.signal.aborted) return
        remembered.forget(group.key)
        due.add(group.key)
        if (isFailure(thrown) && thrown.code === 'conflict') terms.doubt()
        told(thrown, `${group.token} could not be followed on ${group.source}`)
      }
    }
  }

  function told(thrown: unknown, what: string): void {
    if (isFailure(thrown)) log.warn(`${what}: ${thrown.message}`)
    else log.error(what, { error: thrown })
  }

  /** A round that is asked for while one runs is the next one. */
  const go = (): Promise<void> => (current = current.then(round))

  return {
    /** Looks once at everything that is open; resolves when it is done. */
    round: go,
    start(): void {
      void go()
      timer = clock.every(everyMs, go)
    },
    async stop(): Promise<void> {
      timer?.stop()
      ending.abort(new Error('the server is closing'))
      await current
      await terms.drop().catch((error: unknown) => log.warn('the lease was not given back', { error }))
    },
  }
}

/** Up to when the market is known: the newest candle, or now when the venue has long told of none and still answers. */
function knownAsOf({ knownUntil, askedAt, answeredAt }: CandleCursor, now: number): number {
  const isGone = answeredAt === askedAt && now - knownUntil >= goneMs
  return isGone ? now : knownUntil
}
