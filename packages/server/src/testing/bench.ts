import type { Failure } from '@pumpiq/domain'
import {
  type Bar,
  canonical,
  candlesOf,
  days,
  intervals,
  type Interval,
  minutes,
  type Recommendation,
  sealedBody,
  toIso,
} from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createSavedDb } from '../db/saved-db.ts'
import { createCandleStore } from '../evidence/candles.ts'
import { createFillCandles } from '../evidence/candles-fill.ts'
import type { CandleStream } from '../evidence/stream.ts'
import { openLedger } from '../ledger/ledger.ts'
import type { Ask } from '../network/ask.ts'
import { createFollowingStore } from '../performance/following.ts'
import { createOutcomes } from '../performance/outcomes.ts'
import { createRestoredRecord } from '../performance/restore.ts'
import { createSettle } from '../performance/settle.ts'
import { createTrackerState } from '../performance/state.ts'
import type { CallEvent, Tell } from '../performance/tell.ts'
import { createTracker } from '../performance/track.ts'
import type { Second } from '../performance/verdicts.ts'
import { sha256Hex } from '../platform/hash.ts'
import { systemIds } from '../platform/ids.ts'
import { createCollectedLog } from '../platform/log.ts'
import { createManualClock } from '../platform/manual-clock.ts'
import { createRecommendations } from '../recommendations/store.ts'
import { sampleRecommendation } from '../recommendations/test-recommendation.ts'
import { houseUser } from '../recommendations/users.ts'
import { aggregate } from '../sources/aggregate.ts'
import type { Source } from '../sources/source.ts'

export const benchAt = Date.UTC(2026, 2, 2, 10)

type Wish = {
  db?: Db
  ledgerPath?: string | null
  bars?: Map<number, Bar>
  startAt?: number
  /** Who else is asked about candles that stick out; nobody unless given. */
  second?: Second | null
  stream?: CandleStream | null
}

/** The tracker on one venue whose every minute is written by the test: for what the simulated market does not do by itself. */
export async function createBench({
  db: given,
  ledgerPath = null,
  bars = new Map<number, Bar>(),
  startAt = benchAt,
  second = null,
  stream = null,
}: Wish = {}) {
  const db = given ?? (await createSavedDb())
  const clock = createManualClock(startAt)
  const log = createCollectedLog()
  const venue = {
    fault: null as Failure | null,
    asked: [] as Interval[],
    /** Happens while the venue is asked. */
    meanwhile: null as (() => Promise<unknown>) | null,
  }
  const source: Source = {
    id: 'paper',
    docs: 'none',
    key: 'none',
    budget: { calls: 1_000, perMs: 1 },
    feeds: {
      async candles({ interval, limit, now }) {
        venue.asked.push(interval)
        await venue.meanwhile?.()
        if (venue.fault) throw venue.fault
        const closed = [...bars.values()].filter(({ openAt }) => openAt + minutes(1) <= now)
        const wide = aggregate(
          closed.toSorted((a, b) => a.openAt - b.openAt),
          intervals[interval],
        )
        const ended = wide.filter(({ openAt }) => openAt + intervals[interval] <= now)
        return candlesOf(`paper:BTCUSD:${interval}`, intervals[interval], ended.slice(-limit))
      },
    },
  }
  const recommendations = createRecommendations({ db })
  const restored = createRestoredRecord(recommendations)
  const ledger = await openLedger({ db, path: ledgerPath, log, restored })
  const candles = createCandleStore({ db })
  const outcomes = createOutcomes({ db })
  const pause = async () => {}
  const followings = createFollowingStore({ db, pause })
  // The feed above asks nobody, so nothing is needed of asking.
  const ask = { from: () => undefined } as unknown as Ask
  const events: CallEvent[] = []
  const tell: Tell = (_tx, told) => Promise.resolve(void events.push(...told))
  const tracker = createTracker({
    db,
    fill: createFillCandles({ sources: [source], ask, candles, clock }),
    candles,
    followings,
    outcomes,
    settle: createSettle({ ledger, outcomes, clock, tell }),
    tell,
    second,
    stream,
    clock,
    pause,
    log,
    holder: systemIds.next(),
  })
  const state = createTrackerState({ db, clock, startedAt: startAt, followings, outcomes })
  const keep = (body: unknown) => {
    const hash = sha256Hex(canonical(body))
    return {
      hash,
      kept: ledger.append({ kind: 'inputs', hash, body }, (tx) => recommendations.putInputs(tx, hash, canonical(body))),
    }
  }
  return {
    db,
    clock,
    log,
    bars,
    venue,
    ledger,
    tracker,
    outcomes,
    state,
    /** What was told of, in order, repetitions and what a transaction took back included. */
    events,
    /** Minutes from `from` to `to` with the prices of `at`: open, high, low, close. */
    trade(from: number, to: number, [open, high, low, close]: readonly [number, number, number, number]) {
      for (let openAt = from; openAt < to; openAt += minutes(1))
        bars.set(openAt, { openAt, open, high, low, close, volume: 1 })
    },
    /** Seals a BUY (entry 99 to 101, stop 90, targets 110, 120, 130) or what is given, decided on the paper venue. */
    async issue(wanted: Partial<Recommendation> & { horizonMs?: number } = {}): Promise<Recommendation> {
      const { horizonMs = days(1), ...changes } = wanted
      const evidence = keep({ candles: { id: 'paper:BTCUSD:1h' }, nonce: systemIds.next() })
      const brief = keep({ evidenceHash: evidence.hash })
      await Promise.all([evidence.kept, brief.kept])
      const issuedAt = clock.now()
      const document = sampleRecommendation({
        ...buy,
        id: systemIds.next(),
        issuedAt: toIso(issuedAt),
        validUntil: toIso(issuedAt + horizonMs / 12),
        expiresAt: toIso(issuedAt + horizonMs),
        inputsHash: brief.hash,
        ...changes,
      })
      await ledger.append(sealedBody(document), (tx, { seq, prevHash, hash }) =>
        recommendations.insert(tx, houseUser, { ...document, seal: { seq, prevHash, hash } }),
      )
      return document
    },
    /** To an instant, with a look there. */
    async to(at: number) {
      await clock.advance(at - clock.now())
      await tracker.round()
    },
    async close() {
      await tracker.stop()
      await ledger.close()
      if (!given) await db.destroy()
    },
  }
}

const buy = {
  type: 'BUY',
  band: null,
  entry: { low: '99', high: '101' },
  stopLoss: '90',
  targets: [
    { price: '110', share: 0.5 },
    { price: '120', share: 0.3 },
    { price: '130', share: 0.2 },
  ],
}
