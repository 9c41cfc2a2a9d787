import { baselines, days, kinds, price, toIso, type Outcome } from '@pumpiq/domain'
import { sql } from 'kysely'
import type { Db } from '../db/db.ts'
import { sha256Hex } from '../platform/hash.ts'
import { seededRandom, type Random } from '../platform/random.ts'
import { sampleRecommendation } from '../recommendations/test-recommendation.ts'

/** The newest call of the record is issued then. */
export const recordAt = Date.UTC(2026, 5, 1)

const types = ['BUY', 'SELL', 'HOLD', 'AVOID'] as const
const risks = ['LOW', 'MEDIUM', 'HIGH', 'VERY_HIGH'] as const
const methods = ['prior', 'backtest', 'live'] as const
const pick = <T>(random: Random, values: readonly T[]): T => values[Math.floor(random() * values.length)]!

function callOf(i: number, random: Random, everyMs: number) {
  const issuedAt = recordAt - i * everyMs
  const measured = random()
  const type = pick(random, types)
  const sign = type === 'BUY' ? 1 : -1
  const at = (distance: number) => price(String(100 + sign * distance))
  const isSide = type === 'BUY' || type === 'SELL'
  return sampleRecommendation({
    id: `01920000-0000-7000-8000-${i.toString(16).padStart(12, '0')}`,
    house: i % 10 !== 9,
    token: `coin:${i % 40}`,
    symbol: `C${i % 40}`,
    type,
    score: sign * 0.3,
    price: { value: price('100'), source: 'test', ageMs: 0, quotes: [] },
    stopLoss: isSide ? at(-5) : null,
    targets: isSide ? [6, 10, 16].map((distance, k) => ({ price: at(distance), share: [0.5, 0.3, 0.2][k]! })) : [],
    kinds: Object.fromEntries(
      kinds.map((kind) => [
        kind,
        {
          used: kind === 'technical' || kind === 'news',
          weightAsked: 25,
          weightEffective: 0,
          quality: 0,
          score: null,
          oldestReading: null,
        },
      ]),
    ),
    timeframe: i % 7 === 6 ? 'SCALP' : 'SWING',
    riskRating: pick(random, risks),
    actionable: { yes: random() < 0.5, why: 'it is so "here"' },
    confidence:
      random() < 0.1 ? null : { value: 0.4, low: 0.3, high: 0.5, n: 100, method: pick(random, methods), measured },
    engine: {
      version: '1',
      analyst: pick(random, ['rules', "o'model"]),
      model: null,
      promptHash: null,
      tokens: null,
      costUsd: null,
    },
    issuedAt: toIso(issuedAt),
    validUntil: toIso(issuedAt + days(7) / 12),
    expiresAt: toIso(issuedAt + days(7)),
  })
}

function outcomeOf(issuedAt: number, type: (typeof types)[number], random: Random): Outcome {
  const isDirectional = type === 'BUY' || type === 'SELL'
  const won = random() < 0.4
  const isFilled = isDirectional && random() < 0.9
  const at = toIso(issuedAt + Math.floor(random() * days(7)))
  return {
    status: !isDirectional ? 'EXPIRED' : !isFilled ? 'NOT_FILLED' : won ? 'TARGET_3' : 'STOPPED',
    at,
    filledAt: isFilled ? toIso(issuedAt) : null,
    fillPrice: isFilled ? price('100') : null,
    events: [],
    first: !isFilled ? null : won ? 'target' : 'stop',
    rMultiple: isFilled ? (won ? 1 + random() : -1.03) : null,
    returnGrossPct: isFilled || type === 'AVOID' ? random() - 0.5 : null,
    returnNetPct: isFilled ? random() * 10 - 5 : null,
    mfeR: null,
    maeR: null,
    hoursToOutcome: 1,
    ambiguous: random() < 0.05,
    held: type === 'HOLD' ? won : null,
    decidedBy: null,
  }
}

const piece = 500

/**
 * So many calls, one every so many ms, written past every room: of both timeframes, some personal, every twelfth open, some corrected, one in
 * twenty judged anew, with baselines beside most of those that have a window. The same seed writes the same.
 */
export async function writeRecord(
  db: Db,
  { calls, everyMs = days(1) / 4, seed = 1 }: { calls: number; everyMs?: number; seed?: number },
) {
  const random = seededRandom(seed)
  let seq = 0
  let prevHash = '0'.repeat(64)
  const link = () => {
    const hash = sha256Hex(`${prevHash} ${++seq}`)
    const row = { seq, prevHash, hash }
    prevHash = hash
    return row
  }
  for (let from = 0; from < calls; from += piece) {
    const documents = Array.from({ length: Math.min(piece, calls - from) }, (_, k) => callOf(from + k, random, everyMs))
    const followed = documents.map((document, k) => ({
      document,
      isOpen: (from + k) % 12 === 11,
      isAnew: (from + k) % 20 === 19,
    }))
    const outcomes = followed.flatMap(({ document, isOpen }, k) => {
      if (isOpen) return []
      const versions = (from + k) % 15 === 14 ? 2 : 1
      return Array.from({ length: versions }, (_, v) => ({
        recommendation: document.id,
        version: v + 1,
        outcome: outcomeOf(Date.parse(document.issuedAt), document.type, random),
        ...link(),
      }))
    })
    const played = outcomes
      .filter(({ outcome }, k) => outcome.rMultiple !== null && k % 9 !== 8)
      .flatMap(({ recommendation, version }) =>
        baselines.map(({ id }, k) => {
          const isKnown = random() < 0.98
          return {
            id: recommendation,
            version,
            name: id,
            net: isKnown ? random() / 10 - 0.05 : null,
            r: isKnown && k > 4 ? random() : null,
            problem: isKnown ? null : 'gone',
          }
        }),
      )
    await sql`insert into ledger select (x ->> 'seq')::bigint, x ->> 'prevHash', x ->> 'hash', '{}'
      from jsonb_array_elements(${JSON.stringify(outcomes)}::jsonb) as x`.execute(db)
    await sql`insert into recommendations (id, user_id, house, token_id, symbol, type, timeframe, mode, issued_at, expires_at, score, document)
      select (d ->> 'id')::uuid, 'somebody', (d ->> 'house')::boolean, d ->> 'token', d ->> 'symbol', d ->> 'type', d ->> 'timeframe',
        d ->> 'mode', (d ->> 'issuedAt')::timestamptz, (d ->> 'expiresAt')::timestamptz, 0, d
      from jsonb_array_elements(${JSON.stringify(documents)}::jsonb) as d`.execute(db)
    await sql`insert into following select (x #>> '{document,id}')::uuid, x #>> '{document,token}', x #>> '{document,symbol}', 'paper',
        (x #>> '{document,issuedAt}')::timestamptz, (x #>> '{document,expiresAt}')::timestamptz,
        not (x ->> 'isOpen')::boolean and not (x ->> 'isAnew')::boolean
      from jsonb_array_elements(${JSON.stringify(followed)}::jsonb) as x`.execute(db)
    await sql`insert into outcomes (recommendation_id, version, status, ended_at, r_multiple, document, ledger_seq)
      select (x ->> 'recommendation')::uuid, (x ->> 'version')::int, x #>> '{outcome,status}', (x #>> '{outcome,at}')::timestamptz,
        (x #>> '{outcome,rMultiple}')::float8, x, (x ->> 'seq')::bigint
      from jsonb_array_elements(${JSON.stringify(outcomes)}::jsonb) as x`.execute(db)
    await sql`insert into outcome_baseline select (x ->> 'id')::uuid, (x ->> 'version')::int, x ->> 'name', (x ->> 'net')::float8,
        (x ->> 'r')::float8, x ->> 'problem'
      from jsonb_array_elements(${JSON.stringify(played)}::jsonb) as x`.execute(db)
  }
}
