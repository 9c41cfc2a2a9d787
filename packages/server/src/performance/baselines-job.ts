import { days, isFailure, minutes, SealedEvidence, unsealEvidence, type Candles } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createCandleStore } from '../evidence/candles.ts'
import type { Clock } from '../platform/clock.ts'
import type { Log } from '../platform/log.ts'
import { createDueBaselines, type DueCall } from './baselines-due.ts'
import { playBaselines, unplayable, type PlayedOne } from './baselines-play.ts'
import { windowOf, type Known } from './baselines-window.ts'
import { createVerdicts } from './verdicts.ts'

type Needs = {
  db: Db
  /** A sealed input by its hash. */
  inputs(hash: string): Promise<string | null>
  clock: Pick<Clock, 'now'>
  log: Log
}

/** What cannot be known yet is waited for, so long behind the horizon. The candles are kept longer. */
const patienceMs = days(3)

/** Calls in one go. */
const piece = 50

const notAsIt = 'the candles that are kept do not end the call as it ended'
const notBehind = 'the candles behind the end of the call are not kept'

export type PlayDueBaselines = ReturnType<typeof createPlayDueBaselines>

/** Plays the baselines on the window of every call that ended, once each; what a correction ended anew is played anew. */
export function createPlayDueBaselines({ db, inputs, clock, log }: Needs) {
  const candles = createCandleStore({ db })
  const due = createDueBaselines({ db })
  /** Up to this record of the ledger nothing lacks a baseline, nor will. */
  let finished = 0

  async function sealedCandles(inputsHash: string): Promise<Candles | null> {
    const brief = await inputs(inputsHash)
    const hash = brief === null ? null : (JSON.parse(brief) as { evidenceHash?: string | null }).evidenceHash
    const evidence = hash ? await inputs(hash) : null
    const parsed = evidence === null ? null : SealedEvidence.safeParse(JSON.parse(evidence))
    return parsed?.success ? unsealEvidence(parsed.data).candles : null
  }

  async function knownOf({ call, outcome, recordedAt, inputsHash }: DueCall): Promise<Known> {
    const { issuedAt, expiresAt } = call.plan
    const cursor = await candles.cursor(call)
    const first = Math.floor(issuedAt / minutes(1)) * minutes(1)
    const isWhole = cursor !== null && cursor.fromAt <= first && cursor.knownUntil > issuedAt
    const until = Math.max(cursor?.knownUntil ?? 0, recordedAt)
    const sealed = await sealedCandles(inputsHash)
    const sealedUntil = sealed?.length ? sealed.openAt[sealed.length - 1]! + sealed.intervalMs : first
    const from = Math.min(first - minutes(60), Math.max(sealedUntil, first - days(2)))
    const read = async (to: number) => candles.read(call, { interval: '1m', from, to })
    // What is traded behind the horizon matters only where its last minutes are missing.
    const within = await read(expiresAt)
    const isComplete = within.length > 0 && within.openAt[within.length - 1]! + 2 * minutes(1) > expiresAt
    return {
      minute: isComplete || until <= expiresAt ? within : await read(until),
      hour: await candles.read(call, { interval: '1h', from: issuedAt, to: expiresAt, keptBy: recordedAt }),
      verdicts: await createVerdicts({ db, clock, second: () => Promise.resolve(null) }).of(call.id, call),
      asOf: outcome.status === 'DELISTED' ? until : (cursor?.knownUntil ?? recordedAt),
      isWhole,
      sealed,
    }
  }

  /** What is found of a call, and whether more can be found later. */
  async function play(one: DueCall): Promise<{ found: readonly PlayedOne[]; isOpen: boolean }> {
    const { call, outcome, done } = one
    const isLate = clock.now() >= call.plan.expiresAt + patienceMs
    const found = windowOf(call, outcome, await knownOf(one))
    if (!found) return isLate ? { found: unplayable(done, notAsIt), isOpen: false } : { found: [], isOpen: true }
    const played = playBaselines({ id: call.id, ...found, done })
    if (!played.isOpen || !isLate) return played
    const known = new Set([...done, ...played.found.map(({ name }) => name)])
    return { found: [...played.found, ...unplayable(known, notBehind)], isOpen: false }
  }

  async function settle(one: DueCall): Promise<boolean> {
    try {
      const { found, isOpen } = await play(one)
      await due.keep(one.call.id, one.version, found)
      return !isOpen
    } catch (thrown) {
      if (!isFailure(thrown)) throw thrown
      log.warn(`the baselines of ${one.call.id} could not be played: ${thrown.message}`)
      return false
    }
  }

  return async function playDueBaselines(abort?: AbortSignal): Promise<void> {
    const now = clock.now()
    let upTo = await due.newest()
    for (let after = finished, isMore = after < upTo; isMore;) {
      const found = await due.behind(after, now, piece)
      for (const { seq, due: one } of found) {
        abort?.throwIfAborted()
        if (!one || !(await settle(one))) upTo = Math.min(upTo, seq - 1)
        after = seq
      }
      isMore = found.length === piece
    }
    finished = upTo
  }
}
