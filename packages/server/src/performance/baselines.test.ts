import {
  baselines,
  days,
  followedOf,
  hours,
  judge,
  minutes,
  planOf,
  trendOf,
  type Candles,
  type CallWindow,
  type Recommendation,
  type SealedEvidence,
  type TrendColumns,
} from '@pumpiq/domain'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLog } from '../platform/log.ts'
import type { Market } from '../simulate/market.ts'
import { candlesFrom, followed, marketOf, pass, wholeHistory } from '../testing/followed-calls.ts'
import { createWorld, type World } from '../testing/world.ts'
import { createPlayDueBaselines } from './baselines-job.ts'
import { coinsOf } from './baselines-play.ts'

const seed = 7

/** The hours of a venue from the first that was sealed with the call to its horizon, taken from the market itself. */
function wholeHours(market: Market, document: Recommendation, source: string, from: number): Candles {
  const listing = market
    .listingsOn(source as never)
    .find(({ token, venue }) => token.symbol === document.symbol && venue === source)!
  const to = Date.parse(document.expiresAt)
  return candlesFrom(market, { listing, frameMs: hours(1), from, to, last: to, fill: 'quiet' })
}

/** At each minute what the last hour says that had closed with it, looked up anew for each. */
function along(wide: Candles, narrow: Candles): TrendColumns {
  const trend = trendOf(wide)
  const at = Array.from(narrow.openAt.subarray(0, narrow.length), (openAt) =>
    wide.openAt.subarray(0, wide.length).findLastIndex((open) => open + hours(1) <= openAt + minutes(1)),
  )
  const column = (values: Float64Array) => Float64Array.from(at, (i) => values[i] ?? Number.NaN)
  return {
    smaFast: column(trend.smaFast),
    smaSlow: column(trend.smaSlow),
    macd: column(trend.macd),
    macdSignal: column(trend.macdSignal),
  }
}

type Figures = readonly [name: string, net: number | null, r: number | null]
const byName = ([a]: Figures, [b]: Figures) => (a < b ? -1 : 1)

/** What every baseline makes of a call on all minutes of its venue at once, long after. */
function oracle(market: Market, document: Recommendation, source: string, firstHour: number) {
  const plan = planOf(followedOf(document)) as CallWindow['plan']
  const candles = wholeHistory(market, document, source)
  const { costs } = document
  const ending = judge(plan, candles, { costs })
  const trend = along(wholeHours(market, document, source, firstHour), candles)
  const results = baselines.map((one): Figures => {
    const result = one.play({ plan, ending, candles, trend, costs }, coinsOf(document.id, one.id))
    return [one.id, result?.returnNetRatio ?? null, result?.rMultiple ?? null]
  })
  return results.toSorted(byName)
}

const turnedRound = new Set(['always-buy', 'random-direction'])

describe('baselines beside calls that were followed live', () => {
  let world: World
  /** What was played of each call that had ended when some horizons were not over. */
  const early: string[][] = []
  const played = async (id: string) =>
    (await world.db.selectFrom('outcomeBaseline').selectAll().where('recommendationId', '=', id).execute())
      .map(({ name, returnNetRatio, rMultiple }): Figures => [name, returnNetRatio, rMultiple])
      .toSorted(byName)
  const play = () =>
    createPlayDueBaselines({
      db: world.db,
      inputs: world.app.recommendations.inputs,
      clock: world.time,
      log: silentLog,
    })()
  const ended = async () =>
    (await followed(world)).filter(
      ({ document, versions }) =>
        document.house && document.type !== 'HOLD' && (versions[0]?.outcome.rMultiple ?? null) !== null,
    )

  beforeAll(async () => {
    world = await createWorld({ seed, houseMode: 'technical-only' })
    for (let i = 0; i < 4; i++) {
      await world.until(world.app.house.round())
      await pass(world, hours(9) + minutes(7), hours(9) + minutes(7))
    }
    await play()
    for (const { id } of await ended()) early.push((await played(id)).map(([name]) => name))
    // Newer calls keep their series followed.
    for (let i = 0; i < 6; i++) {
      await pass(world, hours(29), hours(29))
      await world.until(world.app.house.round())
    }
    await world.until(world.app.tracker.round())
    await play()
  }, 600_000)
  afterAll(() => world.close())

  it('are played at once, but for a call turned round that has not ended', () => {
    expect(early.length).toBeGreaterThan(0)
    const atOnce = baselines.map(({ id }) => id).filter((id) => !turnedRound.has(id))
    for (const names of early) expect(names).toEqual(expect.arrayContaining(atOnce))
    expect(early.some((names) => names.length < baselines.length)).toBe(true)
  })

  it('equal what they make of the whole history of the venue, taken past connectors and store', async () => {
    const market = marketOf(seed)
    const found = (await ended()).filter(({ document }) => Date.parse(document.expiresAt) <= world.time.now())
    expect(found.length).toBeGreaterThan(8)
    expect(new Set(found.map(({ document }) => document.type))).toEqual(new Set(['BUY', 'SELL']))
    const complete: string[] = []
    for (const { id, document, source } of found) {
      const { brief } = await world.client.recommendations.inputs({ params: { id } })
      const { evidenceHash } = brief as { evidenceHash: string }
      const evidence = JSON.parse((await world.app.recommendations.inputs(evidenceHash))!) as SealedEvidence
      const firstHour = evidence.candles!.rows[0]![0]
      const own = await played(id)
      // Where no newer call kept the series followed, nothing is known behind the end of this one.
      const whole = oracle(market, document, source!, firstHour)
      if (own.length === whole.length) complete.push(document.type)
      const names = new Set(own.map(([name]) => name))
      expect(own).toEqual(whole.filter(([name]) => names.has(name)))
      expect(whole.every(([name]) => names.has(name) || turnedRound.has(name))).toBe(true)
    }
    expect(new Set(complete)).toEqual(new Set(['BUY', 'SELL']))
    expect(await world.db.selectFrom('outcomeBaseline').selectAll().where('problem', 'is not', null).execute()).toEqual(
      [],
    )
  })

  it('are played once: what is there stays, whoever plays again', async () => {
    const rows = () => sql`select *, xmin::text from outcome_baseline order by 1, 2, 3`.execute(world.db)
    const before = (await rows()).rows
    await play()
    expect((await rows()).rows).toEqual(before)
  })

  it('stand beside the record with a verdict, and every decided call is counted', async () => {
    const { counted, rows, verdict } = await world.client.performance.baselines()
    const count = (await ended()).length
    expect(counted).toEqual({ decided: count, played: count, waiting: 0, unknown: 0 })
    expect(rows.map(({ id }) => id)).toEqual(['calls', ...baselines.map(({ id }) => id)])
    expect(rows[0]).toMatchObject({ n: count, meanReturnNetPct: null, note: expect.stringContaining('too few') })
    expect(verdict).toBe(`Too few closed calls to compare with buy and hold (${count}).`)
  })

  it('say that they cannot be computed where candles are gone, and guess nothing', async () => {
    await sql`delete from outcome_baseline`.execute(world.db)
    await sql`delete from candle`.execute(world.db)
    await world.time.advance(days(11))
    await play()
    const rows = await world.db.selectFrom('outcomeBaseline').selectAll().execute()
    expect(rows.length).toBe(baselines.length * (await ended()).length)
    for (const { returnNetRatio, problem } of rows) {
      expect([returnNetRatio, problem]).toEqual([null, 'the candles that are kept do not end the call as it ended'])
    }
    const { counted, rows: told } = await world.client.performance.baselines()
    expect(counted).toMatchObject({ played: 0, unknown: counted.decided })
    expect(told[0]!.n).toBe(0)
  })
})
