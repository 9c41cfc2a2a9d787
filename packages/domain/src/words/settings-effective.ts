import { kinds } from './kind.ts'
import { minConfidenceOf, Settings, systemSettings, typicalPortfolio } from './settings.ts'
import { settingAt, settingPaths, settingsOf, type SettingPath, type SettingsChoice } from './settings-choice.ts'
import { tierSettings, type SettingBound, type TierSettings } from './settings-tiers.ts'
import type { Tier } from './tier.ts'

/** Who said it: the installation, the tier, the user. */
export type SettingOrigin = 'system' | 'tier' | 'user'

export type EffectiveSetting = {
  readonly value: unknown
  readonly origin: SettingOrigin
  /** Why it is not what was chosen; absent where it is. */
  readonly bounded?: string
  /** The setting that this one follows until it is chosen itself. */
  readonly follows?: SettingPath
}

export type EffectiveSettings = {
  readonly settings: Settings
  readonly leaves: Readonly<Record<SettingPath, EffectiveSetting>>
}

/** Without a tier: what the installation has, before any tier or user. */
type Levels = { readonly system: SettingsChoice; readonly tier: Tier | null; readonly user: SettingsChoice }

/** What counts for a user: his own choice, else his tier's, else the installation's, each within what the tier allows. */
export function effectiveSettings({ system, tier, user }: Levels): EffectiveSettings {
  const { defaults, bounds } =
    tier === null ? { defaults: {}, bounds: {} as TierSettings['bounds'] } : tierSettings[tier]
  const leaves = new Map<SettingPath, EffectiveSetting>()
  for (const path of settingPaths)
    leaves.set(path, bounded(saidOf(path, { system, defaults, user }), bounds[path], tier))
  follow(leaves, 'minConfidence', 'riskTolerance', { system, defaults, user }, (risk) => minConfidenceOf[risk as Risk])
  follow(
    leaves,
    'portfolio.quote',
    'portfolio.sizeCategory',
    { system, defaults, user },
    (size) => typicalPortfolio[size as Size],
  )
  for (const kind of kinds) outlive(leaves, `ttlMs.${kind}`, `refreshMs.${kind}`)
  return {
    settings: Settings.parse(settingsOf((path) => leaves.get(path)!.value)),
    leaves: Object.fromEntries(leaves) as Record<SettingPath, EffectiveSetting>,
  }
}

type Risk = keyof typeof minConfidenceOf
type Size = keyof typeof typicalPortfolio
type Said = { readonly system: SettingsChoice; readonly defaults: SettingsChoice; readonly user: SettingsChoice }

function saidOf(path: SettingPath, { system, defaults, user }: Said): EffectiveSetting {
  const own = settingAt(user, path)
  if (own !== undefined) return { value: own, origin: 'user' }
  const ofTier = settingAt(defaults, path)
  if (ofTier !== undefined) return { value: ofTier, origin: 'tier' }
  return { value: settingAt(system, path) ?? settingAt(systemSettings, path), origin: 'system' }
}

/** The installation may set what it likes; a tier bounds what its users choose. */
function bounded(
  said: EffectiveSetting,
  { least = -Infinity, most = Infinity }: SettingBound = {},
  tier: Tier | null,
): EffectiveSetting {
  const { value, origin } = said
  if (origin !== 'user' || typeof value !== 'number') return said
  if (value < least)
    return { value: least, origin, bounded: `${value} was chosen; the tier ${tier} allows ${least} and more` }
  if (value > most)
    return { value: most, origin, bounded: `${value} was chosen; the tier ${tier} allows ${most} and less` }
  return said
}

/** What nobody has chosen follows another setting, and is said by whoever said that. */
function follow(
  leaves: Map<SettingPath, EffectiveSetting>,
  path: SettingPath,
  leader: SettingPath,
  { system, defaults, user }: Said,
  valueBy: (value: unknown) => unknown,
): void {
  const before = leaves.get(leader)!
  const own = [user, defaults, system].findIndex((level) => settingAt(level, path) !== undefined)
  const led = [user, defaults, system].findIndex((level) => settingAt(level, leader) !== undefined)
  // A choice of a lower level for the one is overruled by a choice of a higher level for the other.
  if (own >= 0 && (led < 0 || own <= led)) return
  leaves.set(path, { value: valueBy(before.value), origin: before.origin, follows: leader })
}

/** What is asked again only after so long can be decided on for so long, or there were times without evidence. */
function outlive(leaves: Map<SettingPath, EffectiveSetting>, ttl: SettingPath, refresh: SettingPath): void {
  const held = leaves.get(ttl)!
  const least = leaves.get(refresh)!.value as number
  if ((held.value as number) >= least) return
  leaves.set(ttl, { ...held, value: least, bounded: `${String(held.value)} is below ${refresh}, which is ${least}` })
}

/** What of effective settings contradicts itself; empty when nothing does. */
export function contradictions({ tokens }: Settings): string[] {
  const { minMarketCapUsd, maxMarketCapUsd, minBondingCurvePct, maxBondingCurvePct } = tokens
  return [
    ...(maxMarketCapUsd !== null && maxMarketCapUsd < minMarketCapUsd
      ? [`tokens.maxMarketCapUsd ${maxMarketCapUsd} is not allowed: tokens.minMarketCapUsd is ${minMarketCapUsd}`]
      : []),
    ...(maxBondingCurvePct < minBondingCurvePct
      ? [
          `tokens.maxBondingCurvePct ${maxBondingCurvePct} is not allowed: tokens.minBondingCurvePct is ${minBondingCurvePct}`,
        ]
      : []),
  ]
}
