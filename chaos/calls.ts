import {
  candlesOf,
  canonical,
  followedOf,
  hours,
  judge,
  minutes,
  outcomeOf,
  planOf,
  priceOf,
  sealedBody,
  toIso,
  type Bar,
  type Outcome,
  type Recommendation,
} from '@pumpiq/domain'
import type { Db } from '../packages/server/src/db/db.ts'
import { openLedger } from '../packages/server/src/ledger/ledger.ts'
import { sha256Hex } from '../packages/server/src/platform/hash.ts'
import { systemIds } from '../packages/server/src/platform/ids.ts'
import { silentLog } from '../packages/server/src/platform/log.ts'
import { createRestoredRecord } from '../packages/server/src/performance/restore.ts'
import { createRecommendations } from '../packages/server/src/recommendations/store.ts'
import { sampleRecommendation } from '../packages/server/src/recommendations/test-recommendation.ts'
import { houseUser } from '../packages/server/src/recommendations/users.ts'
import { oneOf, rounded } from './seeded.ts'
import type { Listing } from './venue.ts'

export type Draft = {
  readonly listing: Listing
  readonly issuedAt: number
  readonly horizonMs: number
  readonly price: number
  readonly random: () => number
}

/** A call of any type with levels of any width around a price. */
export function draft({ listing, issuedAt, horizonMs, price, random }: Draft): Recommendation {
  const chance = random()
  const type = chance < 0.45 ? 'BUY' : chance < 0.85 ? 'SELL' : chance < 0.95 ? 'HOLD' : 'AVOID'
  const at = (ratio: number) => priceOf(rounded(price * (1 + ratio)))
  const sign = type === 'SELL' ? -1 : 1
  const zone = 0.001 + 0.004 * random()
  const stop = zone + 0.004 + 0.03 * random()
  const step = zone + 0.003 + 0.015 * random()
  const levels = {
    band: null,
    entry: { low: at(-zone), high: at(zone) },
    stopLoss: at(-sign * stop),
    targets: [
      { price: at(sign * step), share: 0.5 },
      { price: at(sign * step * 2), share: 0.3 },
      { price: at(sign * step * 3), share: 0.2 },
    ],
    invalidation:
      random() < 0.2
        ? [{ when: sign > 0 ? 'close_below' : 'close_above', price: at(-sign * stop * (0.6 + 0.3 * random())) }]
        : [],
  }
  const without = { entry: null, stopLoss: null, targets: [] }
  const band = type === 'HOLD' ? { low: at(-stop), high: at(stop) } : null
  return sampleRecommendation({
    ...(type === 'BUY' || type === 'SELL' ? levels : { ...without, band }),
    id: systemIds.next(),
    token: listing.token,
    symbol: listing.symbol,
    type,
    timeframe: oneOf(random, ['SCALP', 'DAY_TRADE', 'SWING'] as const),
    issuedAt: toIso(issuedAt),
    validUntil: toIso(issuedAt + Math.max(minutes(20), horizonMs / 12)),
    expiresAt: toIso(issuedAt + horizonMs),
  })
}

/** The record of an installation, written as the product writes it, through its own ledger. `path` is the ledger's file of an embedded one. */
export async function openRecord({ db, path }: { db: Db; path: string | null }) {
  const recommendations = createRecommendations({ db })
  const restored = createRestoredRecord(recommendations)
  const ledger = await openLedger({ db, path, log: silentLog, restored })
  const briefs = new Map<string, string>()

  async function keep(body: unknown): Promise<string> {
    const text = canonical(body)
    const hash = sha256Hex(text)
    if (!(await recommendations.hasInputs(hash))) {
      await ledger.append({ kind: 'inputs', hash, body }, (tx) => recommendations.putInputs(tx, hash, text))
    }
    return hash
  }

  /** What a decision's candles came from is all that the following reads of its inputs. */
  async function briefOf({ token, symbol }: Listing): Promise<string> {
    const known = briefs.get(token)
    if (known) return known
    const evidenceHash = await keep({ candles: { id: `binance:${symbol}USDT:1h` }, token })
    const hash = await keep({ evidenceHash })
    briefs.set(token, hash)
    return hash
  }

  return {
    ledger,
    async issue(listing: Listing, unsealed: Recommendation): Promise<Recommendation> {
      const document = { ...unsealed, inputsHash: await briefOf(listing) }
      await ledger.append(sealedBody(document), (tx, { seq, prevHash, hash }) =>
        recommendations.insert(tx, houseUser, { ...document, seal: { seq, prevHash, hash } }),
      )
      return document
    },
    close: () => ledger.close(),
  }
}

/** How a call ends when the minutes that the venue has in the end are judged at once. */
export function oracle(document: Recommendation, bars: readonly Bar[]): Outcome {
  const candles = candlesOf('oracle', minutes(1), [...bars])
  const plan = planOf(followedOf(document))
  return outcomeOf(judge(plan, candles, { costs: document.costs }), candles, plan.issuedAt)
}

/** The minutes from an hour before a call on. */
export const minutesOf = ({ walk }: Listing, { issuedAt }: Recommendation): readonly Bar[] => {
  const from = Date.parse(issuedAt) - hours(1)
  return walk.last.filter(({ openAt }) => openAt >= from)
}

/** The close of the last minute that had ended by an instant. */
export function priceAt({ walk }: Listing, at: number): number {
  const found = walk.last.findLast(({ openAt }) => openAt + minutes(1) <= at)
  if (!found) throw new Error('the walk has not begun by then')
  return found.close
}
