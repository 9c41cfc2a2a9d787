import { days, type Dispute, isFailure } from '@pumpiq/domain'
import type { Tx } from '../db/db.ts'
import type { CandleCursor, CandleStore } from '../evidence/candles.ts'
import type { FillCandles, News } from '../evidence/candles-fill.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import type { Corrected, createCorrect } from './correct.ts'
import type { Following, FollowingStore } from './following.ts'
import type { Judged } from './judged.ts'
import type { Look, Looked } from './look.ts'
import type { Group, OpenCalls } from './open-calls.ts'
import type { Outcomes } from './outcomes.ts'
import type { createRemembered } from './remembered.ts'
import { isSame, type Settle } from './settle.ts'
import type { Term } from './term.ts'
import type { Verdicts } from './verdicts.ts'

/**
 * A venue that answers but has told of no trade for so long has ended the market: only then may silence mean a delisting. Halts end sooner;
 * the longest of a large coin that came back as itself is the exception (FTT, 311 days).
 */
const goneMs = days(30)

/** Candles asked about in one go; what is left waits for the next look. */
const mostAsked = 20

type Needs = {
  fill: FillCandles
  candles: CandleStore
  followings: FollowingStore
  outcomes: Outcomes
  settle: Settle
  correct: ReturnType<typeof createCorrect>
  look: Look
  open: OpenCalls
  remembered: ReturnType<typeof createRemembered>
  verdicts: Verdicts | null
  clock: Clock
  log: Log
  abort: AbortSignal
}

const nothing: Looked = { ended: [], moves: [], disputes: [] }

/** What is done for one series: its news are taken in, what they touch is judged, what ended is sealed, what sticks out is asked about. */
export function createSeries(needs: Needs) {
  const { fill, candles, followings, outcomes, settle, correct, look, open, remembered, verdicts, clock, log } = needs
  const cursors = new Map<string, CandleCursor>()
  /** Where something failed half-way: every call is looked at. */
  const failed = new Set<string>()

  /** Looks at what is new, in the transaction that keeps it. */
  async function see(tx: Tx, group: Group, cursor: CandleCursor, news: News): Promise<Looked> {
    const asOf = knownAsOf(cursor, clock.now())
    const isWhole = news === 'all' || asOf > cursor.knownUntil || failed.has(group.key)
    if (news === 'all') remembered.forget(group.key)
    const shown = isWhole ? 'all' : { ...news, at: cursor.knownUntil }
    return look.in(tx, group, { shown, knownUntil: cursor.knownUntil, asOf })
  }

  /** What follows once what was seen is committed; again, as long as an answer about a candle that stuck out changes what is seen. */
  async function act(group: Group, cursor: CandleCursor, first: Looked, term: Term): Promise<void> {
    let looked = first
    for (let left = mostAsked; ; left--) {
      look.done(looked)
      for (const { call, judged } of looked.ended) await close(call, judged, term)
      if (left === 0 || !(await settled(group, looked.disputes, term))) return
      await term.write(async (tx) => void (looked = await see(tx, group, cursor, quiet)))
    }
  }

  /** Whether something was found of candles that stick out. */
  async function settled(group: Group, disputes: readonly Dispute[], term: Term): Promise<boolean> {
    const dispute = disputes.find(({ need }) => need === 'second')
    if (!verdicts || !dispute) return false
    const { key, token, source, symbol } = group
    try {
      const verdict = await verdicts.find(key, { token, source, symbol, abort: needs.abort }, dispute, term.write)
      log.warn(verdict.note, { token, stands: verdict.stands })
      return true
    } catch (thrown) {
      if (!isFailure(thrown) || thrown.code === 'conflict') throw thrown
      log.warn(`a candle of ${token} on ${source} that sticks out could not be asked about: ${thrown.message}`)
      return false
    }
  }

  /** Seals how a call ended, unless what stands says the same already. */
  async function close(call: Following, judged: Judged, term: Term): Promise<void> {
    const [last = null] = await outcomes.versionsOf(call.id)
    if (last && isSame(last.outcome, judged.outcome)) await term.write((tx) => followings.close(tx, call.id))
    else await settle(call, judged, last, term.lease)
    look.drop(call.id)
    log.info('a recommendation has ended', { id: call.id, status: judged.outcome.status, at: judged.outcome.at })
  }

  async function amend(group: Group, cursor: CandleCursor, from: number, term: Term): Promise<void> {
    const asOf = knownAsOf(cursor, clock.now())
    let found: Corrected
    do {
      found = await correct(group, { from, asOf }, term)
      for (const call of found.reopened) open.add(call)
    } while (await settled(group, found.disputes, term))
    if (found.disputes.length > 0) return
    await term.write((tx) => candles.settleRevision(tx, group))
    cursors.set(group.key, { ...cursor, revisedFrom: null })
  }

  /** After a failure nothing that was remembered is relied on. */
  async function guarded(groups: readonly Group[], work: () => Promise<void>): Promise<void> {
    try {
      await work()
      for (const { key } of groups) failed.delete(key)
    } catch (thrown) {
      for (const { key } of groups) {
        failed.add(key)
        forget(key)
      }
      throw thrown
    }
  }

  function forget(key: string): void {
    cursors.delete(key)
    remembered.forget(key)
    verdicts?.forget(key)
  }

  return {
    see,
    act,
    guarded,
    cursor: (key: string): CandleCursor | null => cursors.get(key) ?? null,
    keep: (key: string, cursor: CandleCursor) => void cursors.set(key, cursor),

    /** Asks the venue what is new and what it corrected. */
    follow: (group: Group, term: Term): Promise<void> =>
      guarded([group], async () => {
        let looked = nothing
        const also = async (tx: Tx, now: CandleCursor, news: News) => void (looked = await see(tx, group, now, news))
        const cursor = await fill({ ...group, write: term.write, also, abort: needs.abort })
        cursors.set(group.key, cursor)
        await act(group, cursor, looked, term)
        if (cursor.revisedFrom !== null) await amend(group, cursor, cursor.revisedFrom, term)
      }),

    /** Looks at calls that nobody has looked at yet, by what is kept. */
    lookAtNew: (group: Group, cursor: CandleCursor, term: Term): Promise<void> =>
      guarded([group], async () => {
        let looked = nothing
        await term.write(async (tx) => void (looked = await see(tx, group, cursor, quiet)))
        await act(group, cursor, looked, term)
      }),

    clear(): void {
      cursors.clear()
      failed.clear()
      look.clear()
    },
    keepOnly(wanted: (key: string) => boolean): void {
      for (const key of cursors.keys()) if (!wanted(key)) forget(key)
      remembered.keepOnly(wanted)
    },
  }
}

/** Nothing was shown: only what any candle touches is looked at. */
const quiet: News = { high: Number.NEGATIVE_INFINITY, low: Number.POSITIVE_INFINITY }

/** Up to when the market is known: the newest candle, or now when the venue has long told of none and still answers. */
function knownAsOf({ knownUntil, askedAt, answeredAt }: CandleCursor, now: number): number {
  const isGone = answeredAt === askedAt && now - knownUntil >= goneMs
  return isGone ? now : knownUntil
}
