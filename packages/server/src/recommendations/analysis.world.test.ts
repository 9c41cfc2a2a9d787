import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../testing/world.ts'

describe('analysis over the house calls of the simulated market', () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld()
    await world.until(world.app.house.round())
  }, 120_000)
  afterAll(() => world.close())

  it('the market at a glance counts every current call and cites what its regime is from', async () => {
    const told = await world.client.analysis.overview()
    const { items } = await world.client.recommendations.list({ query: { current: 'true', limit: 100 } })
    const made = items.filter(({ abstained }) => abstained === null)
    expect(told.labels).toEqual(['SIMULATED'])
    expect(Object.values(told.calls.byType).reduce((sum, n) => sum + n, 0)).toBe(made.length)
    expect(told.calls.abstained).toBe(items.length - made.length)
    const mean = made.reduce((sum, { score }) => sum + score, 0) / made.length
    expect(told.marketSentiment.meanScore).toBeCloseTo(mean, 3)
    expect(told.marketSentiment.tokens).toBe(made.length)
    expect(told.marketSentiment.value).not.toBeNull()
    const bitcoin = items.find(({ token }) => token === 'bitcoin:native')!
    expect(told.regime).toMatchObject({ recommendation: bitcoin.id, at: bitcoin.issuedAt, why: null })
    const { readings } = await world.client.recommendations.inputs({ params: { id: bitcoin.id } })
    expect(told.regime.efficiency).toBe(readings.find(({ id }) => id === 'tech.regime')!.value)
    expect(told.fearGreed?.source).toEqual(expect.any(String))
  })

  it('what rose and fell is told in order, with venue and instant, by the candles of the calls', async () => {
    const { topGainers24h, topLosers24h, topGainers7d } = await world.client.analysis.overview()
    const changes = [...topGainers24h, ...topLosers24h.toReversed()].map(({ market }) => market.change24hPct!.value)
    expect(changes).toEqual(changes.toSorted((a, b) => b - a))
    expect(changes.length).toBeGreaterThan(0)
    expect(topGainers7d.length).toBeGreaterThan(0)
    for (const { market } of topGainers24h) {
      expect(Date.parse(market.change24hPct!.observedAt)).toBeLessThanOrEqual(world.time.now())
      expect(market.priceUsd).not.toBeNull()
    }
    const one = await world.client.tokens.one({ params: { id: 'bitcoin:native' } })
    expect(one.market.volume24hUsd!.value).toBeGreaterThan(0)
    expect(one.market.bondingCurvePct).toBeNull()
  })

  it('tokens are compared by their sealed calls, and each difference cites them', async () => {
    const told = await world.client.analysis.compare({ query: { tokens: 'BTC,ethereum:native,SOL' } })
    expect(told.items.map(({ token }) => token.symbol)).toEqual(['BTC', 'ETH', 'SOL'])
    const calls = told.items.map(({ call }) => call!.id)
    for (const { call, kinds } of told.items) {
      const whole = await world.client.recommendations.one({ params: { id: call!.id } })
      expect(call).toMatchObject({ type: whole.type, score: whole.score, confidence: whole.confidence })
      expect(kinds).toEqual(whole.kinds)
    }
    expect(told.highlights.length).toBeGreaterThan(0)
    const leans = told.highlights.find(({ id }) => id === 'evidence-leans-up-most')!
    const best = told.items.toSorted((a, b) => b.call!.score - a.call!.score)
    expect(leans).toMatchObject({ token: best[0]!.token.id, value: best[0]!.call!.score, next: best[1]!.call!.score })
    expect(leans.cites.toSorted()).toEqual(calls.map((id) => `recommendation:${id}`).toSorted())
  })

  it('refuses one token, five, the same twice and one that nobody knows, each with a sentence', async () => {
    const compare = (tokens: string) => world.until(world.client.analysis.compare({ query: { tokens } }))
    for (const tokens of ['BTC', 'BTC,ETH,SOL,XRP,ADA', 'BTC,bitcoin:native'])
      await expect(compare(tokens)).rejects.toMatchObject({ code: 'invalid' })
    await expect(compare('BTC,nobody:native')).rejects.toMatchObject({ code: 'notFound' })
  })

  it('a token without a house call in the timeframe is told with why', async () => {
    const { items } = await world.client.analysis.compare({ query: { tokens: 'BTC,ETH', timeframe: 'SCALP' } })
    expect(items.map(({ call }) => call)).toEqual([null, null])
    expect(items[0]!.why).toContain('no house call')
  })

  it('how news and posts speak of a token is told with how many they are and a rule; the trend needs the day before', async () => {
    const told = await world.client.analysis.sentiment({ params: { id: 'BTC' } })
    expect(told.news.documents + told.social.documents).toBeGreaterThan(0)
    const known = [told.news.score, told.social.score].filter((score) => score !== null)
    expect(told.overall).toBeGreaterThanOrEqual(Math.min(...known))
    expect(told.overall).toBeLessThanOrEqual(Math.max(...known))
    expect(told).toMatchObject({ trend: null, changePoints: null, token: { id: 'bitcoin:native' } })
    for (const { shares } of [told.news, told.social])
      if (shares) expect(shares.positive + shares.neutral + shares.negative + shares.flagged).toBeCloseTo(1, 3)
  })

  it('an analysis of some kinds tells those alone, and the newest call', async () => {
    const asked = { params: { id: 'BTC' }, query: { kinds: 'technical' } }
    const told = await world.until(world.client.evidence.token(asked))
    expect(new Set(told.readings.map(({ kind }) => kind))).toEqual(new Set(['technical']))
    expect(told).toMatchObject({ asked: ['technical'], crowd: null, stories: null, voices: [] })
    expect(told.call?.reasoning).toEqual(expect.any(String))
  })
})
