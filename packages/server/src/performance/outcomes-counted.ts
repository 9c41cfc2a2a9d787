import { sql, type RawBuilder } from 'kysely'
import {
  openEnding,
  toIso,
  type CallType,
  type Confidence,
  type Ending,
  type OutcomeStatus,
  type Recommendation,
  type Timeframe,
  type Weights,
} from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { epochMs } from '../evidence/columns.ts'

/** What is counted of a house call: facts that were sealed with it, and how it ended. */
export type CountedCall = {
  readonly token: string
  readonly symbol: string
  readonly type: CallType
  readonly timeframe: Timeframe
  /** Epoch ms. */
  readonly issuedAt: number
  readonly risk: Recommendation['riskRating']
  readonly actionable: boolean
  readonly analyst: string
  readonly weights: Weights
  readonly confidence: {
    readonly method: Confidence['method']
    readonly measured: number
    readonly shown: number
  } | null
  readonly ending: Ending
  /** What each baseline made of it, by name; null where none was played yet or none was asked for. */
  readonly baselines: Readonly<Record<string, PlayedBaseline>> | null
}

type PlayedBaseline = { readonly net: number | null; readonly r: number | null; readonly isKnown: boolean }

export type CountedAsk = {
  readonly timeframe: Timeframe
  /** Epoch ms; null: since the record began. */
  readonly endedFrom: number | null
  readonly withBaselines?: boolean
  /** All unless one is named. */
  readonly token?: string
}

/** Lets the event loop go: whatever else waits comes in between. */
export type Pause = () => Promise<void>

export type CountCalls = ReturnType<typeof createCountCalls>

/** All of them by when they were issued: what is independent is counted in that order. */
export async function inTime(pieces: AsyncIterable<readonly CountedCall[]>): Promise<CountedCall[]> {
  const all: CountedCall[] = []
  for await (const calls of pieces) for (const call of calls) all.push(call)
  return all.toSorted((a, b) => a.issuedAt - b.issuedAt)
}

/** Calls in one go: an embedded database holds up all else meanwhile. */
const piece = 1_000

/**
 * House calls of a timeframe that ended in a period, and those open now, a piece at a time. Read as one text a piece: a driver that reads
 * rows takes longer than the database does.
 */
export function createCountCalls({ db, pause }: { db: Db; pause: Pause }) {
  return async function* countCalls(ask: CountedAsk): AsyncGenerator<readonly CountedCall[]> {
    for (let after = 0, n = piece; n === piece;) {
      const { rows } = await closedBehind(after, ask).execute(db)
      const { calls, last } = rows[0]!
      const found = parsed(calls)
      n = found.length
      after = last ?? after
      yield found
      await pause()
    }
    const { rows } = await open(ask).execute(db)
    yield parsed(rows[0]!.calls)
  }
}

type Found = { calls: string | null; last: number | null }

const facts = sql`r.token_id, r.symbol, r.type, r.timeframe, ${epochMs(sql`r.issued_at`)}, r.risk_rating, r.actionable, r.analyst,
  r.weights, r.confidence_method, r.confidence_measured, r.confidence_shown`

const played = sql`(select json_object_agg(b.name, json_build_array(b.return_net_ratio, b.r_multiple, b.problem is null))
  from outcome_baseline b where b.recommendation_id = o.recommendation_id and b.version = o.version)`

const closedBehind = (
  after: number,
  { timeframe, endedFrom, withBaselines = false, token }: CountedAsk,
): RawBuilder<Found> => {
  const since = endedFrom === null ? sql`` : sql`and o.ended_at >= ${toIso(endedFrom)}::timestamptz`
  return sql<Found>`
    select json_agg(call order by seq)::text as calls, max(seq) as last from (
      select o.ledger_seq as seq, json_build_array(${facts}, o.status, ${epochMs(sql`o.ended_at`)}, o.filled, o.first,
        o.r_multiple, o.return_gross_pct, o.return_net_pct, o.ambiguous, o.held,
        ${withBaselines ? played : sql`null`}) as call
      from outcomes o join following f using (recommendation_id) join recommendations r on r.id = o.recommendation_id
      where o.ledger_seq > ${after}::bigint and f.closed and r.house and r.timeframe = ${timeframe} ${since} ${about(token)}
        and not exists (select from outcomes newer
          where newer.recommendation_id = o.recommendation_id and newer.version > o.version)
      order by o.ledger_seq limit ${piece}) as page`
}

const about = (token: string | undefined): RawBuilder<unknown> =>
  token === undefined ? sql`` : sql`and r.token_id = ${token}`

const open = ({ timeframe, token }: CountedAsk): RawBuilder<Found> => sql<Found>`
  select json_agg(json_build_array(${facts}) order by r.ledger_seq)::text as calls, null as last
  from following f join recommendations r on r.id = f.recommendation_id
  where not f.closed and r.house and r.timeframe = ${timeframe} ${about(token)}`

type Row = readonly [
  token: string,
  symbol: string,
  type: CallType,
  timeframe: Timeframe,
  issuedAt: number,
  risk: Recommendation['riskRating'],
  actionable: boolean,
  analyst: string,
  weights: string,
  method: Confidence['method'] | null,
  measured: number | null,
  shown: number | null,
  status?: OutcomeStatus,
  endedAt?: number,
  filled?: boolean,
  first?: Ending['first'],
  r?: number | null,
  grossPct?: number | null,
  netPct?: number | null,
  ambiguous?: boolean,
  held?: boolean | null,
  baselines?: Readonly<Record<string, readonly [net: number | null, r: number | null, isKnown: boolean]>> | null,
]

const parsed = (calls: string | null): CountedCall[] =>
  calls === null ? [] : (JSON.parse(calls) as Row[]).map((row) => callOf(row))

function callOf(row: Row): CountedCall {
  const [token, symbol, type, timeframe, issuedAt, risk, actionable, analyst, weights, method, measured, shown] = row
  const baselines = row[21]
  return {
    token,
    symbol,
    type,
    timeframe,
    issuedAt,
    risk,
    actionable,
    analyst,
    weights: JSON.parse(weights) as Weights,
    confidence: method === null ? null : { method, measured: measured!, shown: shown! },
    ending: row[12] === undefined ? openEnding : endingOf(row),
    baselines: baselines
      ? Object.fromEntries(Object.entries(baselines).map(([name, [net, r, isKnown]]) => [name, { net, r, isKnown }]))
      : null,
  }
}

const ratio = (pct: number | null): number | null => (pct === null ? null : pct / 100)

/** What is counted of an ending; what is not (events, prices) stays as of none. */
function endingOf(row: Row): Ending {
  const [status, at, filled, first, r, grossPct, netPct, ambiguous, held] = row.slice(12) as [
    OutcomeStatus,
    number,
    boolean,
    Ending['first'],
    number | null,
    number | null,
    number | null,
    boolean,
    boolean | null,
  ]
  return {
    ...openEnding,
    status,
    at,
    // That it was filled is counted, not when.
    filledAt: filled ? at : null,
    first,
    rMultiple: r,
    returnGrossRatio: ratio(grossPct),
    returnNetRatio: ratio(netPct),
    ambiguous,
    held,
  }
}
