import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { houseProfile } from './profile.ts'
import { Settings, systemSettings } from './settings.ts'
import {
  settingAt,
  settingPaths,
  SettingsChoice,
  settingsJsonSchema,
  settingsOf,
  SettingsPatch,
  withPatch,
} from './settings-choice.ts'
import { contradictions, effectiveSettings } from './settings-effective.ts'
import { settingsPresets } from './settings-presets.ts'
import { profileOfSettings } from './settings-use.ts'
import { Tier } from './tier.ts'

const tier = fc.constantFrom(...Tier.options)
const weights = fc
  .tuple(fc.nat(100), fc.nat(100), fc.nat(100))
  .map((cuts) => [0, ...cuts.toSorted((a, b) => a - b), 100])
  .map((at) => ({
    news: at[1]! - at[0]!,
    onchain: at[2]! - at[1]!,
    technical: at[3]! - at[2]!,
    social: at[4]! - at[3]!,
  }))
  .filter((all) => Object.values(all).filter((one) => one > 0).length >= 2)
const ms = fc.integer({ min: 60_000, max: 86_400_000 })
const some = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })

/** Any choices that a level may make, some of each. */
const choice = fc
  .record({
    mode: some(fc.constantFrom('hybrid' as const, 'news-only' as const, 'technical-only' as const)),
    weights: some(weights),
    riskTolerance: some(fc.constantFrom('conservative' as const, 'moderate' as const, 'aggressive' as const)),
    minConfidence: some(fc.double({ min: 0, max: 1, noNaN: true })),
    maxRecommendations: some(fc.integer({ min: 1, max: 50 })),
    'portfolio.quote': some(fc.constantFrom('0', '12.5', '1000000')),
    'portfolio.sizeCategory': some(fc.constantFrom('small' as const, 'large' as const)),
    'trading.maxStopPct': some(fc.double({ min: 0.1, max: 100, noNaN: true })),
    'tokens.excludeMemes': some(fc.boolean()),
    'refreshMs.news': some(ms),
    'refreshMs.social': some(ms),
    'ttlMs.news': some(ms),
    'ttlMs.answer': some(ms),
    'model.maxOutputTokens': some(fc.integer({ min: 100, max: 8_000 })),
  })
  .map((values) => SettingsChoice.parse(settingsOf((path) => (values as Record<string, unknown>)[path])))

const user = (said: SettingsChoice, of: Tier = 'pro', system: SettingsChoice = {}) =>
  effectiveSettings({ system, tier: of, user: said })

describe('settings that count', () => {
  it('are settings, whatever the levels say, and say who said each', () => {
    fc.assert(
      fc.property(choice, tier, choice, (system, of, own) => {
        const { settings, leaves } = effectiveSettings({ system, tier: of, user: own })
        expect(Settings.safeParse(settings).success).toBe(true)
        for (const path of settingPaths) {
          const leaf = leaves[path]
          expect(leaf.value).toEqual(settingAt(settings, path))
          if (settingAt(own, path) === undefined)
            expect(leaf.origin === 'user').toBe(
              leaf.follows !== undefined && settingAt(own, leaf.follows) !== undefined,
            )
          else if (leaf.follows === undefined && leaf.bounded === undefined)
            expect(leaf).toEqual({ value: settingAt(own, path), origin: 'user' })
        }
      }),
    )
  })

  it('are those of the house where nobody says anything, down to the profile', () => {
    for (const of of Tier.options) expect(profileOfSettings(user({}, of).settings)).toEqual(houseProfile)
    expect(user({}, 'free').settings).toEqual(systemSettings)
  })

  it('come from the user before the tier, and from the tier before the installation', () => {
    const system = { maxRecommendations: 5 }
    expect(user({}, 'free', system).leaves.maxRecommendations).toEqual({ value: 5, origin: 'system' })
    expect(user({}, 'premium', system).leaves.maxRecommendations).toEqual({ value: 20, origin: 'tier' })
    expect(user({ maxRecommendations: 7 }, 'premium', system).leaves.maxRecommendations).toEqual({
      value: 7,
      origin: 'user',
    })
  })

  it('hold a user to what his tier allows and say so, but not the installation', () => {
    const eager = { refreshMs: { news: 60_000 }, maxRecommendations: 50 }
    const free = user(eager, 'free')
    expect(free.leaves['refreshMs.news']).toEqual({
      value: 300_000,
      origin: 'user',
      bounded: '60000 was chosen; the tier free allows 300000 and more',
    })
    expect(free.settings.maxRecommendations).toBe(10)
    expect(user(eager, 'pro').settings.refreshMs.news).toBe(60_000)
    expect(user({}, 'free', eager).settings.refreshMs.news).toBe(60_000)
  })

  it('let the least confidence and the portfolio follow risk and size until they are chosen', () => {
    const cautious = user({ riskTolerance: 'conservative', portfolio: { sizeCategory: 'large' } })
    expect(cautious.leaves.minConfidence).toEqual({ value: 0.8, origin: 'user', follows: 'riskTolerance' })
    expect(cautious.settings.portfolio.quote).toBe('50000')
    const own = SettingsChoice.parse({ riskTolerance: 'aggressive', minConfidence: 0.7, portfolio: { quote: '12.5' } })
    expect(user(own).settings).toMatchObject({ minConfidence: 0.7, portfolio: { quote: '12.5' } })
    expect(user({ riskTolerance: 'aggressive' }, 'free', { minConfidence: 0.9 }).settings.minConfidence).toBe(0.5)
  })

  it('never let evidence be too old to be decided on before it is asked again', () => {
    fc.assert(
      fc.property(choice, tier, (own, of) => {
        const { refreshMs, ttlMs } = user(own, of).settings
        for (const kind of ['news', 'onchain', 'technical', 'social'] as const)
          expect(ttlMs[kind]).toBeGreaterThanOrEqual(refreshMs[kind])
      }),
    )
  })

  it('are contradictory only where a least is above a most', () => {
    expect(contradictions(systemSettings)).toEqual([])
    const narrow = user({ tokens: { maxMarketCapUsd: 5 } }).settings
    expect(contradictions(narrow)).toEqual([
      'tokens.maxMarketCapUsd 5 is not allowed: tokens.minMarketCapUsd is 100000',
    ])
  })
})

describe('a change', () => {
  it('is what is named over what was, twice as once, and one after the other as both', () => {
    fc.assert(
      fc.property(choice, choice, choice, (before, one, two) => {
        const after = withPatch(before, one)
        expect(withPatch(after, one)).toEqual(after)
        expect(withPatch(after, two)).toEqual(withPatch(before, withPatch(one, two)))
        for (const path of settingPaths)
          expect(settingAt(after, path)).toEqual(settingAt(one, path) ?? settingAt(before, path))
      }),
    )
  })

  it('taken back leaves what was before', () => {
    fc.assert(
      fc.property(choice, choice, (before, own) => {
        const only = settingsOf((path) => (settingAt(before, path) === undefined ? settingAt(own, path) : undefined))
        const patch = SettingsPatch.parse(only)
        const back = SettingsPatch.parse(
          settingsOf((path) => (settingAt(patch, path) === undefined ? undefined : null)),
        )
        expect(withPatch(withPatch(before, patch), back)).toEqual(before)
      }),
    )
  })

  it('takes all of a group back where the group is null', () => {
    const before: SettingsChoice = { costs: { feePctPerSide: 1 }, trading: { maxStopPct: 3, maxPositionPct: 5 } }
    expect(withPatch(before, { trading: null })).toEqual({ costs: { feePctPerSide: 1 } })
  })

  it.each([
    [{ weights: { news: 40, onchain: 40, technical: 10, social: 5 } }, 'sum to 100, not to 95'],
    [{ weights: { news: 100, onchain: 0, technical: 0, social: 0 } }, 'at least two weights are above 0'],
    [{ weights: { news: 100 } }, 'expected number, received undefined'],
    [{ minConfidence: 1.5 }, '<=1'],
    [{ refreshMs: { technical: 29_999 } }, '>=30000'],
    [{ trading: { takeProfitPct: [10, 10, 20] } }, 'farther than the one before'],
    [{ portfolio: { quote: '-1' } }, 'is not negative'],
    [{ leverage: 10 }, 'Unrecognized key'],
    [{ tokens: { memes: false } }, 'Unrecognized key'],
    [{ timeframe: 'yearly' }, 'expected one of'],
  ])('%j is refused: %s', (patch, why) => {
    const parsed = SettingsPatch.safeParse(patch)
    expect(parsed.error?.message).toContain(why)
  })
})

describe('words', () => {
  it.each([
    ['swing', 'SWING'],
    ['swing_trading', 'SWING'],
    ['SWING', 'SWING'],
    ['day-trading', 'DAY_TRADE'],
    ['Day Trade', 'DAY_TRADE'],
    ['scalping', 'SCALP'],
    ['long_term', 'LONG_TERM'],
  ])('%s is the timeframe %s', (said, kept) => expect(SettingsPatch.parse({ timeframe: said }).timeframe).toBe(kept))

  it.each([
    ['CONSERVATIVE', 'conservative'],
    ['medium', 'moderate'],
    ['high', 'aggressive'],
  ])('%s is the risk tolerance %s', (said, kept) =>
    expect(SettingsPatch.parse({ riskTolerance: said }).riskTolerance).toBe(kept),
  )

  it.each([
    ['hybrid_mode', 'hybrid'],
    ['NEWS_ONLY_MODE', 'news-only'],
    ['onchain-only', 'onchain-only'],
    ['social', 'social-only'],
  ])('%s is the mode %s', (said, kept) => expect(SettingsPatch.parse({ mode: said }).mode).toBe(kept))
})

it('has presets that are choices, one for each single mode among them', () => {
  for (const { id, settings } of settingsPresets) {
    expect(SettingsChoice.safeParse(settings).success, id).toBe(true)
    expect(contradictions(user(settings).settings), id).toEqual([])
  }
  const single = settingsPresets
    .filter(({ settings }) => settings.mode !== 'hybrid')
    .map(({ settings }) => settings.mode)
  expect(new Set(single)).toEqual(new Set(['news-only', 'onchain-only', 'technical-only', 'social-only']))
})

it('tells of each setting what it is, its unit, its effect and its default', () => {
  const schema = settingsJsonSchema(Settings, systemSettings) as { properties: Record<string, Record<string, unknown>> }
  for (const path of settingPaths) {
    const [first, second] = path.split('.') as [string, string?]
    const top = schema.properties[first]!
    const leaf = second === undefined ? top : (top['properties'] as Record<string, Record<string, unknown>>)[second]!
    expect(leaf, path).toMatchObject({
      description: expect.stringMatching(/\.$/),
      'x-unit': expect.any(String),
      'x-effect': expect.any(String),
      default: settingAt(systemSettings, path),
    })
  }
  expect(schema).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', additionalProperties: false })
})
