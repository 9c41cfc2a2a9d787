import { z } from 'zod'
import { days, thresholdFor, toIso, type Profile, type TokenId } from '@pumpiq/domain'
import type { ListedToken, MarketOverview, Regime } from '@pumpiq/api'
import type { Db } from '../db/db.ts'
import { trendingRule, trendingTokens } from '../evidence/trending.ts'
import type { Clock } from '../platform/clock.ts'
import type { Listing } from '../tokens/listing.ts'
import { newestFigures } from '../tokens/newest.ts'
import { countsOf, currentFacts, freshMs, marketSentimentOf } from './overview-calls.ts'
import type { Recommendations } from './store.ts'
import { houseUser } from './users.ts'

type Needs = {
  db: Db
  recommendations: Pick<Recommendations, 'latest' | 'inputs'>
  listing: Pick<Listing, 'byIds' | 'mostMoved'>
  /** What house calls are made for. */
  profile: Pick<Profile, 'timeframe' | 'riskTolerance' | 'weights'>
  /** SIMULATED, or nothing. */
  labels: readonly string[]
  clock: Pick<Clock, 'now'>
}

const listedAtMost = 5
const bitcoin = 'bitcoin:native' as TokenId
/** A day old figure of an index that is told once a day is of today or yesterday. */
const fearGreedKnownMs = days(2)
/** From which efficiency on a market is going somewhere. */
const trends = 0.3

const regimeRule =
  `Bitcoin stands for the market. Its efficiency (Kaufman: distance made over way gone, 48 candles) as its newest house call read it: from ${trends} on ` +
  'it trends, the way the technical readings of the same call lean; below it ranges.'

/** The market at a glance, out of what is kept. Nobody is asked. */
export function createOverview({ db, recommendations, listing, profile, labels, clock }: Needs) {
  const { timeframe, riskTolerance, weights } = profile

  async function regime(now: number): Promise<MarketOverview['regime']> {
    const unknown = { value: null, efficiency: null, recommendation: null, at: null, rule: regimeRule }
    const call = await recommendations.latest(houseUser, bitcoin, timeframe)
    if (!call || now - Date.parse(call.issuedAt) > freshMs)
      return { ...unknown, why: 'bitcoin has no house call of the last hours' }
    const efficiency = efficiencyIn(await recommendations.inputs(call.inputsHash))
    const lean = call.kinds.technical.score
    const found = { efficiency, recommendation: call.id, at: call.issuedAt, rule: regimeRule }
    if (efficiency === null || lean === null)
      return { ...unknown, ...found, why: 'the call of bitcoin had too few candles to tell' }
    return { ...found, value: regimeOf(efficiency, lean), why: null }
  }

  async function fearGreed(now: number): Promise<MarketOverview['fearGreed']> {
    const found = (await newestFigures(db, [''])).get('')?.get('fearGreed')
    if (!found || now - found.observedAt > fearGreedKnownMs) return null
    return { value: Number(found.value), source: found.source, observedAt: toIso(found.observedAt) }
  }

  async function trending(now: number): Promise<MarketOverview['trending']> {
    const found = await trendingTokens(db, now, listedAtMost)
    const tokens = new Map(
      (await listing.byIds(found.map(({ token }) => token))).map((token) => [token.id as string, token]),
    )
    const items = found.flatMap(({ token: id, ...facts }) => {
      const token = tokens.get(id)
      return token ? [{ token, ...facts }] : []
    })
    return { items, rule: trendingRule }
  }

  return async function overview(): Promise<MarketOverview> {
    const now = clock.now()
    const calls = await currentFacts(db, timeframe, now)
    const moved = async (name: 'change24hRatio' | 'change7dRatio', way: 'up' | 'down') =>
      listing.mostMoved(name, way, listedAtMost)
    const told = {
      timestamp: toIso(now),
      labels: [...labels],
      marketSentiment: marketSentimentOf(calls, thresholdFor(riskTolerance, weights), now),
      regime: await regime(now),
      fearGreed: await fearGreed(now),
      trending: await trending(now),
      topGainers24h: await moved('change24hRatio', 'up'),
      topLosers24h: await moved('change24hRatio', 'down'),
      topGainers7d: await moved('change7dRatio', 'up'),
      topLosers7d: await moved('change7dRatio', 'down'),
      calls: countsOf(calls, timeframe),
    }
    return { ...told, notes: notesOn(told) }
  }
}

type Told = Omit<MarketOverview, 'notes'>

const isEmpty = (...lists: readonly (readonly ListedToken[])[]): boolean => lists.every(({ length }) => length === 0)

const notesOn = (told: Told): string[] => [
  ...(told.fearGreed ? [] : ['No source has told an index of fear and greed within two days.']),
  ...(isEmpty(told.topGainers24h, told.topLosers24h)
    ? ['Nothing is known of how prices changed within a day: no candles came within two hours.']
    : []),
  ...(isEmpty(told.topGainers7d, told.topLosers7d)
    ? ['Nothing is known of how prices changed within a week: no candles that reach back so far came within two hours.']
    : []),
  ...(told.trending.items.length === 0 ? ['No token is written of by five voices of the last day.'] : []),
]

const regimeOf = (efficiency: number, lean: number): Regime =>
  efficiency < trends || lean === 0 ? 'RANGING' : lean > 0 ? 'TRENDING_UP' : 'TRENDING_DOWN'

/** All that is read of the sealed inputs here. */
const Read = z.object({ dossier: z.object({ readings: z.array(z.object({ id: z.string(), value: z.number() })) }) })

function efficiencyIn(inputs: string | null): number | null {
  if (inputs === null) return null
  const { readings } = Read.parse(JSON.parse(inputs)).dossier
  return readings.find(({ id }) => id === 'tech.regime')?.value ?? null
}
