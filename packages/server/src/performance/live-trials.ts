import { sql } from 'kysely'
import { z } from 'zod'
import {
  CallType,
  Confidence,
  createTrials,
  kinds,
  toIso,
  Weights,
  type Ending,
  type Kind,
  type Timeframe,
  type Trials,
} from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { epochMs } from '../evidence/columns.ts'
import type { Pause } from './outcomes-counted.ts'

/** House calls that a fit may learn from together: of one timeframe, one set of weights and the same kinds present. */
export type LiveGroup = { readonly weights: Weights; readonly kinds: readonly Kind[]; readonly trials: Trials }

/** Calls in one go: an embedded database holds up all else meanwhile. */
const piece = 1_000

const Row = z.tuple([
  z.string(),
  CallType.extract(['BUY', 'SELL']),
  z.number(),
  z.number(),
  z.number(),
  z.enum(['target', 'stop', 'expiry']).nullable(),
  z.number(),
  z.number(),
  z.coerce.number(),
  z.coerce.number(),
  z.coerce.number(),
  z.coerce.number(),
  z.number(),
  Weights,
  z.array(z.boolean()).length(kinds.length),
  Confidence,
])
type Row = z.output<typeof Row>

const used = sql.join(kinds.map((kind) => sql`(r.document -> 'kinds' -> ${sql.lit(kind)} ->> 'used')::boolean`))

/**
 * Filled and decided BUY and SELL of the house whose whole window was over at an instant, by what they were made from. The window, not the
 * ending: who took each call as it ended would see the quick ones first. Calls whose level below is of another method are left out.
 */
export function createLiveTrials({ db, pause }: { db: Db; pause: Pause }) {
  async function* rows(timeframe: Timeframe, at: number): AsyncGenerator<readonly Row[]> {
    for (let after = 0, n = piece; n === piece;) {
      const { rows: found } = await sql<{ seq: number; call: unknown }>`
        select o.ledger_seq as seq, json_build_array(r.token_id, r.type, ${epochMs(sql`r.issued_at`)}, ${epochMs(sql`r.expires_at`)},
            ${epochMs(sql`o.ended_at`)}, o.first, o.r_multiple, o.return_gross_pct, o.document -> 'outcome' ->> 'fillPrice',
            r.document ->> 'stopLoss', r.document -> 'targets' -> 0 ->> 'price', r.document -> 'price' ->> 'value',
            (r.document ->> 'score')::float8, r.document -> 'weights', json_build_array(${used}), r.document -> 'confidence') as call
        from outcomes o join following f using (recommendation_id) join recommendations r on r.id = o.recommendation_id
        where o.ledger_seq > ${after}::bigint and f.closed and r.house and r.timeframe = ${timeframe}
          and r.type in ('BUY', 'SELL') and o.r_multiple is not null and r.confidence_method is not null
          and r.document ->> 'stopLoss' is not null
          and r.expires_at <= ${toIso(at)}::timestamptz and o.ended_at <= ${toIso(at)}::timestamptz
          and not exists (select from outcomes newer
            where newer.recommendation_id = o.recommendation_id and newer.version > o.version)
        order by o.ledger_seq limit ${piece}`.execute(db)
      yield found.map(({ call }) => Row.parse(call))
      n = found.length
      after = found.at(-1)?.seq ?? after
      await pause()
    }
  }

  return async function liveTrials(
    timeframe: Timeframe,
    at: number,
    belowOf: (weights: Weights, present: readonly Kind[]) => 'prior' | 'backtest',
  ): Promise<LiveGroup[]> {
    const groups = new Map<string, Omit<LiveGroup, 'trials'> & { taken: ReturnType<typeof createTrials> }>()
    const tokens = new Map<string, number>()
    for await (const found of rows(timeframe, at)) {
      for (const row of found) {
        const [token, , , , , , , , , , , , , weights, isUsed, confidence] = row
        const present = kinds.filter((_, k) => isUsed[k])
        const below = belowFor(confidence, belowOf(weights, present))
        if (below === null) continue
        if (!tokens.has(token)) tokens.set(token, tokens.size)
        const key = keyOf(weights, present)
        const group = groups.get(key) ?? { weights, kinds: present, taken: createTrials() }
        groups.set(key, group)
        group.taken.add(trialOf(row, tokens.get(token)!, below))
      }
    }
    return [...groups.values()].map(({ taken, ...group }) => ({ ...group, trials: taken.trials() }))
  }
}

/** Weights and kinds present, as one text. */
export const keyOf = (weights: Weights, present: readonly Kind[]): string =>
  `${kinds.map((kind) => weights[kind]).join('/')} ${kinds.filter((kind) => present.includes(kind)).join('+')}`

/** What the level below said of a call; null where that was another level. */
function belowFor({ method, measured, below }: Confidence, wanted: 'prior' | 'backtest'): number | null {
  if (method === wanted) return measured
  return below?.method === wanted ? below.measured : null
}

function trialOf(row: Row, token: number, below: number) {
  const [, type, issuedAt, expiresAt, endedAt, first, netR, grossPct, fill, stop, target, price, score] = row
  return {
    token,
    issuedAt,
    expiresAt,
    endedAt,
    call: { type, score, below, facts: null, views: null },
    // What a walk said of an expiry is not sealed; an expiry that came is counted by its payoff alone.
    walkExpiry: Number.NaN,
    rewardR: Math.abs(target - price) / Math.abs(price - stop),
    first: first satisfies Ending['first'],
    grossR: ((grossPct / 100) * fill) / Math.abs(fill - stop),
    netR,
  }
}
