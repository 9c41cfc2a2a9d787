import { days, isFailure, minutes } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { CandleStore } from '../evidence/candles.ts'
import { overlapMs, type FillCandles } from '../evidence/candles-fill.ts'
import type { CandleStream } from '../evidence/stream.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { createCorrect } from './correct.ts'
import type { FollowingStore } from './following.ts'
import { createLanes } from './lanes.ts'
import { createLive } from './live.ts'
import { createLook } from './look.ts'
import { createOpenCalls, keyOf, type Group } from './open-calls.ts'
import type { Pause } from './outcomes-counted.ts'
import type { Outcomes } from './outcomes.ts'
import { createRemembered } from './remembered.ts'
import { createSeries } from './series.ts'
import type { Settle } from './settle.ts'
import type { Tell } from './tell.ts'
import { createTerms, type Term } from './term.ts'
import { createVerdicts, type Second } from './verdicts.ts'

const everyMs = minutes(1)

/**
 * Behind the end of a call its candles are looked at until they are known so much further that no correction is shown any more; at the most
 * for so long, which is longer than an outage of ours that leaves no trace.
 */
const watchedMs = days(8)

type Needs = {
  db: Db
  fill: FillCandles
  candles: CandleStore
  followings: FollowingStore
  outcomes: Outcomes
  settle: Settle
  /** Of what happens to calls that stay open; `settle` tells of their ends. */
  tell: Tell
  /** Null: the venue of a call is believed whatever it tells. */
  second: Second | null
  /** Null: venues are asked each minute. */
  stream: CandleStream | null
  clock: Clock
  pause: Pause
  log: Log
  /** Who takes the lease: a name that no other process has. */
  holder: string
}

/**
 * Follows every open recommendation on closed 1-minute candles of the venue it was decided on. One process at a time does it, by a lease
 * that each write checks. All it remembers can be made again from the database: it may be ended at any instant.
 */
export function createTracker(needs: Needs) {
  const { db, candles, followings, outcomes, settle, tell, second, stream, clock, pause, log, holder } = needs
  const ending = new AbortController()
  const open = createOpenCalls()
  const remembered = createRemembered()
  const verdicts = second && createVerdicts({ db, second, clock })
  const look = createLook({ open, remembered, verdicts, tell })
  const correct = createCorrect({ candles, followings, outcomes, settle, verdicts, omit })
  const abort = ending.signal
  const series = createSeries({ ...needs, correct, look, open, remembered, verdicts, abort })
  const terms = createTerms({ db, clock, holder, changed })
  const lanes = createLanes()
  /** Series without an open call, of which a correction may still be told. */
  let watched = new Map<string, Group>()
  const groupOf = (key: string) => open.group(key) ?? watched.get(key) ?? null
  const isOver = () => abort.aborted
  const live = stream && createLive({ stream, series, groupOf, terms, lanes, clock, told, isOver })
  /** The record of the ledger up to which calls were taken up since the lease was taken; null before that. */
  let takenUp: number | null = null
  /** Grows whenever the lease changes hands: what was read before that is not taken up after it. */
  let hands = 0
  /** Series with a call that was not looked at yet. */
  const unseen = new Set<string>()
  let timer: { stop(): void } | null = null
  let current: Promise<void> = Promise.resolve()

  function changed(held: boolean): void {
    hands++
    takenUp = null
    unseen.clear()
    watched.clear()
    series.clear()
    live?.clear()
    if (!held) stream?.watch([])
    else if (timer) void go()
  }

  function omit(id: string, thrown: unknown): void {
    told(thrown, `${id} cannot be followed`)
  }

  async function takeUp({ write }: Term): Promise<void> {
    const [before, held] = [takenUp, hands]
    const { upTo, ids } = await followings.discover(before ?? 0, write, omit)
    const calls = await followings.open(omit, before === null ? undefined : ids)
    if (held !== hands) return
    for (const call of calls) {
      open.add(call)
      unseen.add(keyOf(call))
    }
    takenUp = upTo
  }

  async function groups(): Promise<Group[]> {
    const found = await followings.watched(clock.now() - watchedMs, overlapMs)
    // In one go: what is told live meanwhile finds its series.
    watched = new Map(
      found.map((one) => {
        const key = keyOf(one)
        return [key, { ...one, key, since: Math.min(one.since, open.group(key)?.since ?? Infinity) }]
      }),
    )
    series.keepOnly((key) => groupOf(key) !== null)
    const both = new Map(
      [...watched.values(), ...open.groups()].map(({ key }) => [key, watched.get(key) ?? groupOf(key)!]),
    )
    return [...both.values()]
  }

  /** Venues side by side, the tokens of one in turn: its budget is shared with whoever asks. */
  async function round(): Promise<void> {
    if (abort.aborted) return
    try {
      const first = await terms.take()
      if (!first) return
      await takeUp(first)
      const all = await groups()
      stream?.watch(all)
      const bySource = Map.groupBy(all, ({ source }) => source)
      await Promise.all([...bySource].map(([source, own]) => lanes.run(source, () => inTurn(source, own))))
    } catch (thrown) {
      if (!abort.aborted) told(thrown, 'a round of following broke')
    }
  }

  async function inTurn(source: string, own: readonly Group[]): Promise<void> {
    for (const group of own) {
      await pause()
      await live?.workOff(source)
      if (abort.aborted) return
      const term = await terms.take()
      if (!term) return
      try {
        await seeTo(group, term)
        unseen.delete(group.key)
      } catch (thrown) {
        if (abort.aborted) return
        told(thrown, `${group.token} could not be followed on ${group.source}`)
      }
    }
  }

  async function seeTo(group: Group, term: Term): Promise<void> {
    const cursor = live?.fresh(group) ?? null
    if (!cursor) {
      live?.mended(group.key)
      await series.follow(group, term)
    } else if (unseen.has(group.key)) await series.lookAtNew(group, cursor, term)
  }

  function told(thrown: unknown, what: string): void {
    if (isFailure(thrown) && thrown.code === 'conflict') terms.doubt()
    if (isFailure(thrown)) log.warn(`${what}: ${thrown.message}`)
    else log.error(what, { error: thrown })
  }

  /** A round that is asked for while one runs is the next one. */
  const go = (): Promise<void> => (current = current.then(round))

  return {
    /** Looks once at everything that is open; resolves when it is done. */
    round: go,
    start(): void {
      timer = clock.every(everyMs, go)
      terms.start((thrown) => told(thrown, 'the lease of the tracker could not be asked for'))
      void go()
    },
    async stop(): Promise<void> {
      timer?.stop()
      ending.abort(new Error('the server is closing'))
      live?.stop()
      await current
      await lanes.idle()
      await terms.drop().catch((error: unknown) => log.warn('the lease was not given back', { error }))
    },
  }
}
