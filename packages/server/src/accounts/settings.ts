import {
  contradictions,
  effectiveSettings,
  Failure,
  freshnessOf,
  profileOfSettings,
  seconds,
  weightsOf,
  wishesOfSettings,
  withPatch,
  type EffectiveSettings,
  type Freshness,
  type Profile,
  type SettingsChoice,
  type SettingsPatch,
  type Tier,
  type Wishes,
} from '@pumpiq/domain'
import type { Db } from '../db/db.ts'
import type { Clock } from '../platform/clock.ts'
import type { TiersOf } from './settings-tier.ts'
import { changeKept, createSettingsStore, type Kept } from './settings-store.ts'

type Needs = {
  db: Db
  clock: Pick<Clock, 'now' | 'monotonic'>
  /** Of accounts, or of whoever sits at the machine. */
  tiersOf: TiersOf
}

/** What counts for a user, what of it he has chosen himself, and the how manieth choice that is. */
export type UserSettings = EffectiveSettings & {
  readonly tier: Tier
  readonly version: number
  readonly choice: SettingsChoice
}

/** What a question says itself counts before what its user has set. */
export type Overrides = {
  readonly [K in keyof Omit<Profile, 'limits' | 'freshness' | 'sampling'>]?: Profile[K] | undefined
}

export type Question = { readonly profile: Profile; readonly maxAgeMs: number }
export type UserAndTier = { readonly userId: string; readonly tier?: Tier | undefined }
export type UserSettingsService = ReturnType<typeof createSettings>

/** Another process hears within so long of what an admin has changed. */
const systemKnownMs = seconds(1)

/** Settings as they count: of the installation, of a tier, of a user. */
export function createSettings({ db, clock, tiersOf }: Needs) {
  const tierOf = async (userId: string): Promise<Tier> => (await tiersOf([userId])).get(userId)!
  const store = createSettingsStore({ db })
  let known: { readonly at: number; readonly kept: Promise<Kept> } | null = null

  function system(): Promise<Kept> {
    const now = clock.monotonic()
    if (known && now - known.at < systemKnownMs) return known.kept
    const kept = store.system()
    kept.catch(() => (known = null))
    known = { at: now, kept }
    return kept
  }

  async function of({ userId, tier }: UserAndTier): Promise<UserSettings> {
    const [ofUser, { choice: said }, { version, choice }] = await Promise.all([
      tier ?? tierOf(userId),
      system(),
      store.of(userId),
    ])
    return { ...effectiveSettings({ system: said, tier: ofUser, user: choice }), tier: ofUser, version, choice }
  }

  /** The installation's own, as the house has them. */
  const ofSystem = async (): Promise<EffectiveSettings> => effectiveOfSystem((await system()).choice)

  async function change(
    { userId, tier }: UserAndTier,
    to: (choice: SettingsChoice) => SettingsChoice,
    ifVersion?: number,
  ): Promise<UserSettings> {
    const { choice: said } = await system()
    const ofUser = tier ?? (await tierOf(userId))
    const checked = (choice: SettingsChoice) => {
      const next = to(choice)
      refuseContradictions(effectiveSettings({ system: said, tier: ofUser, user: next }))
      return next
    }
    const write = (kept: Kept) => store.put(userId, kept, clock.now())
    await changeKept(() => store.of(userId), write, { change: checked, ifVersion })
    return of({ userId, tier: ofUser })
  }

  /** What a user's question is asked for, and how old an answer may be that is there already. */
  async function questionFor(who: UserAndTier, overrides: Overrides = {}): Promise<Question> {
    const [{ settings }, usual] = await Promise.all([of(who), ofSystem()])
    const profile = overridden(profileOfSettings(settings, usual.settings), settings.weights, overrides)
    return { profile, maxAgeMs: settings.ttlMs.answer }
  }

  return {
    of,
    ofSystem,
    questionFor,
    change,
    patch: (who: UserAndTier, patch: SettingsPatch, ifVersion?: number) =>
      change(who, (choice) => withPatch(choice, patch), ifVersion),

    /** What a user's recommendation is made for. */
    profileFor: async (who: UserAndTier, overrides?: Overrides): Promise<Profile> =>
      (await questionFor(who, overrides)).profile,

    async wishesOf(who: UserAndTier): Promise<Wishes> {
      return wishesOfSettings((await of(who)).settings)
    },

    /** How fresh the evidence of what nobody has settings for is kept: the house's. */
    freshness: async (): Promise<Freshness> => freshnessOf((await ofSystem()).settings),

    /** How fresh each of these users wants his evidence. */
    async freshnessOf(userIds: readonly string[]): Promise<ReadonlyMap<string, Freshness>> {
      const [{ choice: said }, kept, tiers] = await Promise.all([system(), store.ofAll(userIds), tiersOf(userIds)])
      const all = [...kept].map(([userId, { choice }]) => {
        const { settings } = effectiveSettings({ system: said, tier: tiers.get(userId)!, user: choice })
        return [userId, freshnessOf(settings)] as const
      })
      return new Map(all)
    },

    /** The newest first: the first is what counts. */
    systemChanges: (limit: number) => store.systemChanges(limit),

    async changeSystem(by: string, patch: SettingsPatch, ifVersion?: number): Promise<void> {
      const checked = (choice: SettingsChoice) => {
        const next = withPatch(choice, patch)
        refuseContradictions(effectiveOfSystem(next))
        return next
      }
      const write = (kept: Kept) => store.putSystem(kept, by, clock.now())
      await changeKept(store.system.bind(store), write, { change: checked, ifVersion })
      known = null
    },
  }
}

const effectiveOfSystem = (system: SettingsChoice): EffectiveSettings =>
  effectiveSettings({ system, tier: null, user: {} })

function refuseContradictions({ settings }: EffectiveSettings): void {
  const found = contradictions(settings)
  if (found.length > 0) throw new Failure('invalid', found.join('; '))
}

function overridden(profile: Profile, hybrid: Profile['weights'], overrides: Overrides): Profile {
  const { mode = overrides.weights ? 'hybrid' : profile.mode, weights = hybrid } = overrides
  const said = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined))
  return { ...profile, ...said, mode, weights: weightsOf(mode, weights) }
}
