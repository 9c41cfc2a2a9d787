import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createWorld, type World } from '../testing/world.ts'

let world: World
beforeAll(async () => void (world = await createWorld()), 120_000)
afterAll(() => world.close())

const me = () => world.client.settings
const create = (body: object) => world.until(world.client.recommendations.create({ body: { token: 'BTC', ...body } }))

describe('settings over the wire', () => {
  it('tell who said each, and change only what is named', async () => {
    const before = await me().mine({})
    expect(before).toMatchObject({ tier: 'pro', version: 0, chosen: {} })
    expect(before.origins['maxRecommendations']).toEqual({ value: 20, origin: 'tier' })
    const after = await me().change({ body: { timeframe: 'day_trading', costs: { feePctPerSide: 0.2 } } })
    expect(after.settings).toMatchObject({
      timeframe: 'DAY_TRADE',
      costs: { feePctPerSide: 0.2, slippageBpsPerSide: 5 },
    })
    expect(after.chosen).toEqual({ timeframe: 'DAY_TRADE', costs: { feePctPerSide: 0.2 } })
    const back = await me().change({ body: { timeframe: null, costs: null } })
    expect(back.settings).toEqual(before.settings)
    expect(back.version).toBe(2)
  })

  it('refuse what is not allowed by field and value, and change nothing of it', async () => {
    await me().reset({})
    const refused = me().change({
      body: { mode: 'news-only', weights: { news: 50, onchain: 30, technical: 10, social: 5 } },
    })
    await expect(refused).rejects.toThrow(
      /weights .*"news":50.* is not allowed: weights are whole percents that sum to 100, not to 95/,
    )
    await expect(me().change({ body: { maxRecommendations: 51 } })).rejects.toThrow(
      /maxRecommendations 51 is not allowed/,
    )
    await expect(me().change({ body: { leverage: 5 } as never })).rejects.toThrow('leverage is unknown here')
    await expect(me().change({ query: { ifVersion: 999 }, body: {} })).rejects.toMatchObject({ code: 'conflict' })
    expect((await me().mine({})).chosen).toEqual({})
  })

  it('go out as a document and come back whole, or not at all', async () => {
    await me().replace({ body: { mode: 'technical-only', trading: { maxStopPct: 4 } } })
    const document = await me().export({})
    await me().usePreset({ body: { preset: 'aggressive-day' } })
    expect((await me().mine({})).chosen).toMatchObject({
      mode: 'hybrid',
      trading: { maxStopPct: 7, maxPositionPct: 15 },
    })
    const broken = { ...document, settings: { ...document.settings, riskTolerance: 'reckless' } } as never
    await expect(me().import({ body: broken })).rejects.toThrow(/riskTolerance "reckless" is not allowed/)
    expect((await me().mine({})).chosen.mode).toBe('hybrid')
    expect((await me().import({ body: document })).chosen).toEqual({
      mode: 'technical-only',
      trading: { maxStopPct: 4 },
    })
    await me().reset({})
  })

  it('have a form of other programs, which read and sent back changes nothing', async () => {
    await me().replace({ body: { ttlMs: { news: 612_345 } } })
    const { config } = await me().preferences({})
    expect(config.user_preferences).toMatchObject({ risk_tolerance: 'moderate', investment_timeframe: 'swing_trading' })
    const same = await me().setPreferences({ body: { config } })
    expect(same).toEqual({ config, notApplied: [] })
    expect((await me().mine({})).chosen).toEqual({ ttlMs: { news: 612_345 } })
    const changed = await me().setPreferences({
      body: {
        modes: { hybrid_mode: { enabled: true, weights: { news: 30, onchain: 40, technical: 20, social: 10 } } },
        user_preferences: {
          risk_tolerance: 'CONSERVATIVE',
          notification_settings: { notification_frequency: 'daily', sms_enabled: true },
        },
        ai_engine: { model: 'other', max_tokens: 500 },
      },
    })
    expect(changed.notApplied.map(({ field }) => field)).toEqual([
      'ai_engine.model',
      'user_preferences.notification_settings.sms_enabled',
    ])
    expect((await me().mine({})).chosen).toEqual({
      weights: { news: 30, onchain: 40, technical: 20, social: 10 },
      riskTolerance: 'conservative',
      model: { maxOutputTokens: 500 },
    })
    expect((await world.client.notifications.preferences({})).digest).toBe('daily')
  })

  it('keep a least confidence that a form tells beside another risk', async () => {
    await me().replace({ body: { riskTolerance: 'aggressive' } })
    const { config } = await me().preferences({})
    const user_preferences = { ...config.user_preferences, risk_tolerance: 'conservative' }
    const after = await me().setPreferences({ body: { config: { ...config, user_preferences } } })
    expect(after.config.user_preferences).toMatchObject({ risk_tolerance: 'conservative', min_confidence_score: 0.5 })
    await me().reset({})
  })

  it('refuse a form of other programs that says two modes at once, in its own words', async () => {
    const body = { modes: { hybrid_mode: { enabled: true }, news_only_mode: { enabled: true } } }
    await expect(me().setPreferences({ body })).rejects.toThrow(
      'hybrid and news-only are enabled; one single mode or hybrid_mode',
    )
    const off = {
      modes: { hybrid_mode: { enabled: true, weights: { news: 50, onchain: 20, technical: 20, social: 5 } } },
    }
    await expect(me().setPreferences({ body: off })).rejects.toThrow(/modes.hybrid_mode.weights .*not to 95/)
    const risk = { user_preferences: { risk_tolerance: 'wild' } }
    await expect(me().setPreferences({ body: risk })).rejects.toThrow(
      /user_preferences.risk_tolerance "wild" is not allowed/,
    )
  })

  it('of the installation are an admin’s to change, and every change is kept', async () => {
    await me().reset({})
    const changed = await me().changeSystem({ body: { ttlMs: { social: 500_000 } } })
    expect(changed).toMatchObject({ version: 1, chosen: { ttlMs: { social: 500_000 } }, changes: [{ by: 'local' }] })
    expect((await me().mine({})).origins['ttlMs.social']).toEqual({ value: 500_000, origin: 'system' })
    await me().changeSystem({ body: { ttlMs: null } })
    expect((await me().system({})).changes).toHaveLength(2)
  })

  it('are described for other programs, with presets', async () => {
    const schema = await me().schema({})
    expect(schema).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' })
    expect((await me().presets({})).items.map(({ id }) => id)).toContain('conservative-swing')
  })
})

describe('a recommendation', () => {
  it('is made for what its user has set, and what the question says itself comes first', async () => {
    await me().replace({
      body: {
        weights: { news: 10, onchain: 20, technical: 60, social: 10 },
        riskTolerance: 'aggressive',
        timeframe: 'DAY_TRADE',
        costs: { feePctPerSide: 0.3 },
      },
    })
    const made = await create({})
    expect(made).toMatchObject({
      timeframe: 'DAY_TRADE',
      riskTolerance: 'aggressive',
      mode: 'hybrid',
      weights: { news: 10, onchain: 20, technical: 60, social: 10 },
      costs: { feePctPerSide: 0.3, slippageBpsPerSide: 5 },
    })
    expect(await create({ timeframe: 'swing', mode: 'technical-only' })).toMatchObject({
      timeframe: 'SWING',
      mode: 'technical-only',
      weights: { technical: 100 },
      riskTolerance: 'aggressive',
    })
  })

  it('is given again while it is fresh for its user, and made anew for other costs or another portfolio', async () => {
    await me().reset({})
    const first = await create({})
    expect((await create({})).id).toBe(first.id)
    await me().change({ body: { portfolio: { quote: '2500' } } })
    const second = await create({})
    expect(second.id).not.toBe(first.id)
    expect((await create({})).id).toBe(second.id)
  })

  it('stands within the limits of its user, and every level of it is explained', async () => {
    await me().replace({ body: { mode: 'technical-only', trading: { maxStopPct: 2, maxPositionPct: 3 } } })
    const sided = []
    for (const token of ['BTC', 'ETH', 'SOL', 'XRP', 'BNB']) {
      const made = await create({ token })
      if (made.stopLoss === null || made.price === null) continue
      const away = Math.abs(Number(made.stopLoss) / Number(made.price.value) - 1) * 100
      expect(away).toBeLessThanOrEqual(2)
      expect(Number(made.positionSize!.quoteAmount)).toBeLessThanOrEqual(300.01)
      const { levels } = await world.client.recommendations.explanation({ params: { id: made.id } })
      expect(levels.map(({ why }) => why).every((why) => why !== '')).toBe(true)
      sided.push(made.symbol)
    }
    expect(sided).not.toEqual([])
    await me().reset({})
  })

  it('of the house stays as it is whatever an admin says', async () => {
    await me().changeSystem({ body: { mode: 'news-only', riskTolerance: 'aggressive', timeframe: 'SCALP' } })
    await world.until(world.app.house.round(world.time.now()))
    const { items } = await world.client.recommendations.list({ query: { current: 'true', limit: 1 } })
    expect(items[0]).toMatchObject({ house: true, mode: 'hybrid', riskTolerance: 'moderate', timeframe: 'SWING' })
    await me().changeSystem({ body: { mode: null, riskTolerance: null, timeframe: null } })
  })
})
