import { sql } from 'kysely'
import { hours, round, toIso, type CallType, type Timeframe } from '@pumpiq/domain'
import { MarketSentiment, type MarketOverview } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import { series } from './store.ts'

/** Of a current house call: as much as the market at a glance needs. */
export type CallFacts = {
  readonly type: CallType
  readonly score: number
  readonly actionable: boolean
  readonly isAbstained: boolean
  /** Epoch ms. */
  readonly issuedAt: number
}

/** The newest house call of each token that has not expired. */
export async function currentFacts(db: Db, timeframe: Timeframe, now: number): Promise<CallFacts[]> {
  const { rows } = await sql<Omit<CallFacts, 'issuedAt'> & { issued: Date }>`with recursive ${series(timeframe)}
    select call.type, call.score, call.actionable, call.issued_at as issued, call.document ->> 'abstained' is not null as "isAbstained"
    from series, lateral (
      select * from recommendations r where house and r.timeframe = series.timeframe and r.token_id = series.token_id
      order by issued_at desc, id desc limit 1) as call
    where call.expires_at > ${toIso(now)}::timestamptz`.execute(db)
  return rows.map(({ issued, ...row }) => ({ ...row, issuedAt: issued.getTime() }))
}

/** Older calls say nothing of the market now: an unchanged one is sealed anew every four hours. */
export const freshMs = hours(12)
const tokensAtLeast = 5

type Told = MarketOverview['marketSentiment']

/** What the calls of the last hours say of the market: `enter` is the score from which one of them takes a side. */
export function marketSentimentOf(calls: readonly CallFacts[], enter: number, now: number): Told {
  const counted = calls.filter(({ isAbstained, issuedAt }) => !isAbstained && now - issuedAt <= freshMs)
  const slight = round(enter / 3, 3)
  const rule =
    `The mean score, -1 to 1, of the newest house calls of the last ${freshMs / hours(1)} hours, abstentions left out: from ${slight} on BULLISH, ` +
    `from ${enter}, where a call of its own is a BUY, VERY_BULLISH, and below 0 likewise. At least ${tokensAtLeast} tokens.`
  const at = counted.map(({ issuedAt }) => issuedAt)
  const told = {
    tokens: counted.length,
    oldestAt: at.length === 0 ? null : toIso(Math.min(...at)),
    newestAt: at.length === 0 ? null : toIso(Math.max(...at)),
    rule,
  }
  if (counted.length < tokensAtLeast) {
    const why = `${counted.length} tokens have a house call of the last ${freshMs / hours(1)} hours, ${tokensAtLeast} are needed`
    return { value: null, why, meanScore: null, bullishShare: null, ...told }
  }
  const mean = counted.reduce((sum, { score }) => sum + score, 0) / counted.length
  return {
    value: sentimentOf(mean, slight, enter),
    why: null,
    meanScore: round(mean, 4),
    bullishShare: round(counted.filter(({ score }) => score > 0).length / counted.length, 4),
    ...told,
  }
}

function sentimentOf(mean: number, slight: number, enter: number): MarketSentiment {
  const size = Math.abs(mean) >= enter ? 2 : Math.abs(mean) >= slight ? 1 : 0
  return MarketSentiment.options[2 + Math.sign(mean) * size]!
}

/** How many of each type stand. */
export function countsOf(calls: readonly CallFacts[], timeframe: Timeframe): MarketOverview['calls'] {
  const made = calls.filter(({ isAbstained }) => !isAbstained)
  const count = (type: CallType) => made.filter((call) => call.type === type).length
  return {
    timeframe,
    byType: { BUY: count('BUY'), HOLD: count('HOLD'), SELL: count('SELL'), AVOID: count('AVOID') },
    abstained: calls.length - made.length,
    actionable: made.filter(({ actionable }) => actionable).length,
  }
}
