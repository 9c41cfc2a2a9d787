import { Settings, settingsJsonSchema, settingsPresets, systemSettings, toIso, withPatch } from '@pumpiq/domain'
import { prefix, type HandlersOf, type UserSettingsShown } from '@pumpiq/api'
import type { Clock } from '../platform/clock.ts'
import { choiceOfConfig, configOf, notAppliedOf, type Hearing } from './settings-config.ts'
import type { UserSettings, UserSettingsService } from './settings.ts'

type Needs = {
  settings: UserSettingsService
  /** What a user wants to hear of; `notifications` knows, and stands above. */
  hearing: {
    of(userId: string): Promise<Hearing>
    change(userId: string, to: Partial<Pick<Hearing, 'digest' | 'minConfidence'>>): Promise<void>
  }
  clock: Pick<Clock, 'now'>
}

/** So many changes of the installation's settings are shown. */
const changesShown = 50

export function createSettingsRoutes({ settings, hearing, clock }: Needs): HandlersOf<'settings'> {
  const schema = settingsJsonSchema(Settings, systemSettings)

  async function system() {
    const [changes, { settings: counting }] = await Promise.all([
      settings.systemChanges(changesShown),
      settings.ofSystem(),
    ])
    return {
      version: changes[0]?.version ?? 0,
      settings: counting,
      chosen: changes[0]?.choice ?? {},
      changes: changes.map(({ version, by, at, choice }) => ({ version, by, at: toIso(at), chosen: choice })),
    }
  }

  return {
    mine: async ({ caller }) => shown(await settings.of(caller)),
    change: async ({ caller, query, body }) => shown(await settings.patch(caller, body, query.ifVersion)),
    replace: async ({ caller, query, body }) =>
      shown(await settings.change(caller, () => withPatch({}, body), query.ifVersion)),
    reset: async ({ caller, query }) => shown(await settings.change(caller, () => ({}), query.ifVersion)),
    async usePreset({ caller, body }) {
      const { settings: choice } = settingsPresets.find(({ id }) => id === body.preset)!
      return shown(await settings.patch(caller, choice))
    },
    export: async ({ caller }) => ({
      kind: 'pumpiq-settings' as const,
      form: 1 as const,
      exportedAt: toIso(clock.now()),
      settings: (await settings.of(caller)).choice,
    }),
    import: async ({ caller, body }) => shown(await settings.change(caller, () => withPatch({}, body.settings))),
    schema: () => schema,
    presets: () => ({ items: [...settingsPresets] }),
    async preferences({ caller }) {
      const [{ settings: counting }, heard] = await Promise.all([settings.of(caller), hearing.of(caller.userId)])
      return { config: configOf(counting, heard), notApplied: [] }
    },
    async setPreferences({ caller, body: { config: within, ...bare } }) {
      const config = within ?? bare
      const { settings: counting } = await settings.of(caller)
      // What is heard of is known before anything is written: a config that cannot be taken leaves all as it was.
      const heard = await hearing.of(caller.userId)
      const told = choiceOfConfig(config, {}, counting).hearing
      const after = await settings.change(caller, (choice) => choiceOfConfig(config, choice, counting).choice)
      if (Object.keys(told).length > 0) await hearing.change(caller.userId, told)
      return { config: configOf(after.settings, { ...heard, ...told }), notApplied: notAppliedOf(config, heard) }
    },
    system,
    async changeSystem({ caller, query, body }) {
      await settings.changeSystem(caller.userId, body, query.ifVersion)
      return system()
    },
  }
}

const shown = ({ tier, version, settings, leaves, choice }: UserSettings): UserSettingsShown => ({
  tier,
  version,
  settings,
  origins: leaves,
  chosen: choice,
  notificationPreferences: `${prefix}/user/notifications/preferences`,
})
