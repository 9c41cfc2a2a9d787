import {
  effectiveSettings,
  Settings,
  settingsJsonSchema,
  settingsPresets,
  systemSettings,
  toIso,
  withPatch,
  type SettingsChoice,
} from '@pumpiq/domain'
import { prefix, type HandlersOf, type UserSettingsShown } from '@pumpiq/api'

/** A user who has chosen nothing, whose every change is answered and forgotten. */
export function sampleSettings(now: number): HandlersOf<'settings'> {
  const shown = (user: SettingsChoice): UserSettingsShown => {
    const { settings, leaves } = effectiveSettings({ system: {}, tier: 'pro', user })
    return {
      tier: 'pro',
      version: 1,
      settings,
      origins: leaves,
      chosen: user,
      notificationPreferences: `${prefix}/user/notifications/preferences`,
    }
  }
  const system = (chosen: SettingsChoice) => ({
    version: 1,
    settings: effectiveSettings({ system: chosen, tier: null, user: {} }).settings,
    chosen,
    changes: [{ version: 1, by: 'local', at: toIso(now), chosen }],
  })
  return {
    mine: () => shown({}),
    change: ({ body }) => shown(withPatch({}, body)),
    replace: ({ body }) => shown(withPatch({}, body)),
    reset: () => shown({}),
    usePreset: ({ body }) => shown(settingsPresets.find(({ id }) => id === body.preset)!.settings),
    export: () => ({ kind: 'pumpiq-settings', form: 1, exportedAt: toIso(now), settings: {} }),
    import: ({ body }) => shown(withPatch({}, body.settings)),
    schema: () => settingsJsonSchema(Settings, systemSettings),
    presets: () => ({ items: [...settingsPresets] }),
    preferences: () => ({ config: { system_name: 'PumpIQ', version: '1.0.0' }, notApplied: [] }),
    setPreferences: ({ body: { config, ...bare } }) => ({ config: config ?? bare, notApplied: [] }),
    system: () => system({}),
    changeSystem: ({ body }) => system(withPatch({}, body)),
  }
}
