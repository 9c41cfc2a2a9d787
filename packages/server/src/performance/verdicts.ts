import {
  type Candles,
  type Dispute,
  firstAtOrAfter,
  hours,
  isFailure,
  isShownBy,
  minutes,
  priceOf,
  type SecondSaid,
  slice,
  toIso,
  type Verdict,
  verdictOf,
} from '@pumpiq/domain'
import type { Db, Tx } from '../db/db.ts'
import type { Series } from '../evidence/candles.ts'
import type { Clock } from '../platform/clock.ts'

/** Whose candle, and when: what another venue is asked about. */
export type SecondAsk = Series & {
  readonly symbol: string
  /** Epoch ms of the minute's open. */
  readonly at: number
  readonly abort?: AbortSignal
}

/**
 * The minutes of a token around an instant at another venue than its own, and which one that is; null when no other lists it. Throws when
 * that cannot be known now.
 */
export type Second = (ask: SecondAsk) => Promise<{ readonly source: string; readonly candles: Candles } | null>

type Needs = { db: Db; second: Second; clock: Pick<Clock, 'now'> }

export type Verdicts = ReturnType<typeof createVerdicts>

/** For so long an ending waits for another venue that cannot be asked, from the first time that this process asked. */
const patienceMs = hours(6)

/** Clocks and venues differ: a trade may stand in the minute beside. */
const besideMs = minutes(1)

/** What was found of candles that stuck out. A verdict once found is kept: later the other venue may not tell of that minute any more. */
export function createVerdicts({ db, second, clock }: Needs) {
  const held = new Map<string, readonly Verdict[]>()
  /** Since when nobody could be asked about a candle, epoch ms. */
  const waiting = new Map<string, number>()

  function isPatient(candle: string): boolean {
    const now = clock.now()
    for (const [other, since] of waiting) if (now - since > 2 * patienceMs) waiting.delete(other)
    const since = waiting.get(candle) ?? now
    waiting.set(candle, since)
    return now - since < patienceMs
  }

  async function said(key: string, series: Omit<SecondAsk, 'at'>, { openAt, price }: Dispute): Promise<SecondSaid> {
    try {
      const asked = await second({ ...series, at: openAt })
      return asked
        ? { source: asked.source, shown: isShownBy(around(asked.candles, openAt), price) }
        : 'not listed elsewhere'
    } catch (thrown) {
      if (!isFailure(thrown) || series.abort?.aborted || isPatient(`${openAt} ${key}`)) throw thrown
      return 'nobody could be asked'
    }
  }

  return {
    /** Those of a series, by `tx` where it is asked within one. */
    async of(key: string, { token, source }: Series, within: Db = db): Promise<readonly Verdict[]> {
      const known = held.get(key)
      if (known) return known
      const rows = await within
        .selectFrom('candleVerdict')
        .select(['ts', 'price', 'stands', 'note'])
        .where('tokenId', '=', token)
        .where('source', '=', source)
        .orderBy('ts')
        .execute()
      const found = rows.map(({ ts, price, stands, note }) => ({
        openAt: ts.getTime(),
        price: Number(price),
        stands,
        note,
      }))
      held.set(key, found)
      return found
    },

    /** Asks another venue and keeps what it says; throws while nobody can be asked, but not for ever. */
    async find(
      key: string,
      series: Omit<SecondAsk, 'at'>,
      dispute: Dispute,
      write: (work: (tx: Tx) => Promise<void>) => Promise<void>,
    ): Promise<Verdict> {
      const verdict = verdictOf(series.source, dispute, await said(key, series, dispute))
      await write((tx) => keep(tx, series, verdict, clock.now()))
      held.delete(key)
      waiting.delete(`${dispute.openAt} ${key}`)
      return verdict
    },

    forget: (key: string) => void held.delete(key),
    clear(): void {
      held.clear()
      waiting.clear()
    },
  }
}

function around(candles: Candles, at: number): Candles {
  return slice(candles, firstAtOrAfter(candles, at - besideMs), firstAtOrAfter(candles, at + besideMs + 1))
}

async function keep(tx: Tx, { token, source }: Series, { openAt, price, stands, note }: Verdict, at: number) {
  await tx
    .insertInto('candleVerdict')
    .values({ tokenId: token, source, ts: toIso(openAt), price: priceOf(price), stands, note, foundAt: toIso(at) })
    .onConflict((on) => on.columns(['tokenId', 'source', 'ts', 'price']).doUpdateSet({ stands, note }))
    .execute()
}
