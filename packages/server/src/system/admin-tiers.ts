import { settingAt, settingPaths, Tier, tierLimits, tierModelShare, tierSettings } from '@pumpiq/domain'
import { openJobsAtMost, transactionsAtMost, watchAtMost, type HandlersOf, type TierShown } from '@pumpiq/api'

type Having = TierShown['accounts']

type Needs = {
  /** How many accounts have each. */
  having(): Promise<Readonly<Record<Tier, Having>>>
  /** What one account of a tier may spend of the model's money in a day; null where there is no model. */
  usdPerDayOf: ((tier: Tier) => number) | null
}

/** What each tier may, as it is held to. */
export const createTierRoute =
  ({ having, usdPerDayOf }: Needs): HandlersOf<'admin'>['tiers'] =>
  async () => {
    const accounts = await having()
    return {
      items: Tier.options.map((tier) => ({
        tier,
        requests: requestsOf(tier),
        streams: tierLimits[tier].streams,
        most: {
          watched: watchAtMost[tier],
          transactions: transactionsAtMost[tier],
          openJobs: openJobsAtMost[tier],
        },
        model: { share: tierModelShare[tier], usdPerDay: usdPerDayOf && usdPerDayOf(tier) },
        settings: settingsOf(tier),
        accounts: accounts[tier],
      })),
    }
  }

function requestsOf(tier: Tier): TierShown['requests'] {
  const { perMinute, perHour, perDay } = tierLimits[tier]
  return { perMinute, perHour, perDay }
}

/** Only what the tier says something of. */
function settingsOf(tier: Tier): TierShown['settings'] {
  const { defaults, bounds } = tierSettings[tier]
  const all = settingPaths.flatMap((path) => {
    const usual = settingAt(defaults, path)
    const bound = bounds[path]
    return usual === undefined && !bound ? [] : [[path, { ...(usual !== undefined && { usual }), ...bound }] as const]
  })
  return Object.fromEntries(all)
}
