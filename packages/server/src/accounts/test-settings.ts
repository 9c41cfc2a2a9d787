import { beforeEach, describe, expect, it } from 'vitest'
import { houseProfile, type Tier } from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import { createManualClock, type ManualClock } from '../platform/manual-clock.ts'
import { createSettings, type UserSettingsService } from './settings.ts'

/** What settings owe on any database. */
export function testSettings(name: string, db: () => Db): void {
  describe(`settings in ${name}`, () => {
    let clock: ManualClock
    let settings: UserSettingsService
    let tiers: Record<string, Tier>
    const another = () =>
      createSettings({ db: db(), clock, tiersOf: async (ids) => new Map(ids.map((id) => [id, tiers[id] ?? 'free'])) })

    beforeEach(async () => {
      await db().deleteFrom('userSettings').execute()
      await db().deleteFrom('systemSettings').execute()
      clock = createManualClock(Date.UTC(2026, 3, 1))
      tiers = { ann: 'pro', bob: 'free' }
      settings = another()
    })
    const ann = { userId: 'ann' }
    const bob = { userId: 'bob' }

    it('belong to one user, survive the process and are counted', async () => {
      const { version } = await settings.patch(ann, { mode: 'news-only', refreshMs: { news: 60_000 } })
      expect(version).toBe(1)
      const again = await another().of(ann)
      expect(again).toMatchObject({
        version: 1,
        tier: 'pro',
        choice: { mode: 'news-only', refreshMs: { news: 60_000 } },
      })
      expect(again.leaves.mode).toEqual({ value: 'news-only', origin: 'user' })
      expect(await settings.of(bob)).toMatchObject({ version: 0, tier: 'free', choice: {} })
    })

    it('lose no change of several that are made at once', async () => {
      await Promise.all([
        settings.patch(ann, { minConfidence: 0.7 }),
        another().patch(ann, { maxRecommendations: 3 }),
        another().patch(ann, { costs: { feePctPerSide: 0.2 } }),
      ])
      const { choice, version } = await settings.of(ann)
      expect(choice).toEqual({ minConfidence: 0.7, maxRecommendations: 3, costs: { feePctPerSide: 0.2 } })
      expect(version).toBe(3)
    })

    it('are changed over the version that was meant only', async () => {
      await settings.patch(ann, { minConfidence: 0.7 }, 0)
      await expect(settings.patch(ann, { minConfidence: 0.8 }, 0)).rejects.toMatchObject({ code: 'conflict' })
      await settings.patch(ann, { minConfidence: 0.9 }, 1)
      expect((await settings.of(ann)).settings.minConfidence).toBe(0.9)
    })

    it('that contradict themselves are refused, and what was stays', async () => {
      await settings.patch(ann, { tokens: { maxMarketCapUsd: 1e9 } })
      const refused = settings.patch(ann, { tokens: { minMarketCapUsd: 2e9 }, mode: 'news-only' })
      await expect(refused).rejects.toThrow(
        'tokens.maxMarketCapUsd 1000000000 is not allowed: tokens.minMarketCapUsd is 2000000000',
      )
      expect((await settings.of(ann)).choice).toEqual({ tokens: { maxMarketCapUsd: 1e9 } })
    })

    it('make the profile of a question, and what it says itself comes first', async () => {
      expect(await settings.profileFor(bob)).toEqual(houseProfile)
      await settings.patch(ann, {
        weights: { news: 40, onchain: 20, technical: 20, social: 20 },
        riskTolerance: 'aggressive',
        portfolio: { sizeCategory: 'small' },
        trading: { maxPositionPct: 5 },
        refreshMs: { news: 60_000 },
        model: { temperature: 0.5 },
      })
      const profile = await settings.profileFor(ann)
      expect(profile).toMatchObject({
        weights: { news: 40, onchain: 20, technical: 20, social: 20 },
        riskTolerance: 'aggressive',
        portfolioQuote: '500',
        limits: { maxPositionPct: 5, maxStopPct: null, takeProfitPct: null },
        freshness: { refreshMs: { news: 60_000 } },
        sampling: { temperature: 0.5 },
      })
      const asked = await settings.profileFor(ann, {
        mode: 'social-only',
        timeframe: 'SCALP',
        riskTolerance: undefined,
      })
      expect(asked).toMatchObject({ mode: 'social-only', timeframe: 'SCALP', riskTolerance: 'aggressive' })
      expect(asked.weights).toEqual({ news: 0, onchain: 0, technical: 0, social: 100 })
      const own = { news: 10, onchain: 10, technical: 40, social: 40 }
      await settings.patch(ann, { mode: 'news-only' })
      expect(await settings.profileFor(ann, { weights: own })).toMatchObject({ mode: 'hybrid', weights: own })
    })

    it('say what is wished for', async () => {
      await settings.patch(ann, { riskTolerance: 'conservative', tokens: { minHolders: 100 } })
      expect(await settings.wishesOf(ann)).toMatchObject({
        maxRecommendations: 20,
        minConfidence: 0.8,
        tokens: { minHolders: 100 },
      })
    })

    it('of the installation count for all at once here, within a second elsewhere, and every change stays to be seen', async () => {
      const other = another()
      await other.of(bob)
      await settings.changeSystem('root', { timeframe: 'DAY_TRADE', ttlMs: { news: 700_000 } })
      await clock.advance(10)
      await settings.changeSystem('root', { timeframe: null, refreshMs: { social: 200_000 } })
      expect(await settings.freshness()).toMatchObject({ refreshMs: { social: 200_000 }, ttlMs: { news: 700_000 } })
      expect((await other.of(bob)).settings.ttlMs.news).toBe(600_000)
      await clock.advance(1_000)
      expect((await other.of(bob)).settings).toMatchObject({ timeframe: 'SWING', ttlMs: { news: 700_000 } })
      expect(await settings.profileFor(bob)).toEqual(houseProfile)
      const changes = await settings.systemChanges(10)
      expect(changes.map(({ version, by, choice }) => [version, by, choice.timeframe])).toEqual([
        [2, 'root', undefined],
        [1, 'root', 'DAY_TRADE'],
      ])
      await expect(settings.changeSystem('root', {}, 1)).rejects.toMatchObject({ code: 'conflict' })
    })

    it('say how fresh each user wants his evidence, held to his tier', async () => {
      const soon = { refreshMs: { news: 60_000 } }
      await settings.patch(ann, soon)
      await settings.patch(bob, soon)
      const wanted = await settings.freshnessOf(['ann', 'bob', 'eve'])
      expect([...wanted].map(([who, { refreshMs }]) => [who, refreshMs.news])).toEqual([
        ['ann', 60_000],
        ['bob', 300_000],
        ['eve', 300_000],
      ])
    })
  })
}
