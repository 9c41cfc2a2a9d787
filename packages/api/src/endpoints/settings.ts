import { z } from 'zod'
import { IsoInstant, presetIds, Settings, SettingsChoice, SettingsPatch, Tier } from '@pumpiq/domain'
import { endpoint } from '../endpoint.ts'
import { PreferencesConfig } from '../preferences-config.ts'

/** One component in OpenAPI, not a copy at each endpoint. */
const Choice = SettingsChoice.meta({ id: 'SettingsChoice' })

/** One setting as it counts. */
export const SettingShown = z.object({
  value: z.unknown(),
  /** Who said it: the installation, the tier, you. */
  origin: z.enum(['system', 'tier', 'user']),
  /** Why it is not what was chosen. */
  bounded: z.string().optional(),
  /** The setting that it follows until it is chosen itself. */
  follows: z.string().optional(),
})
export type SettingShown = z.output<typeof SettingShown>

/** All of it, as it counts for a user. */
export const UserSettingsShown = z.object({
  tier: Tier,
  /** Counts the changes; sent as `ifVersion`, a change is made over this version only. */
  version: z.int().nonnegative(),
  settings: Settings.meta({ id: 'Settings' }),
  /** By name, such as `trading.maxStopPct`. */
  origins: z.record(z.string(), SettingShown),
  /** What you have chosen yourself, and only that. */
  chosen: Choice,
  /** Where it is said what you are told of, and when. */
  notificationPreferences: z.string(),
})
export type UserSettingsShown = z.output<typeof UserSettingsShown>

export const SettingsPresetShown = z.object({
  id: z.enum(presetIds),
  name: z.string(),
  summary: z.string(),
  settings: Choice,
})

/** A user's choices as a document, to be kept and brought back. */
export const SettingsExport = z.strictObject({
  kind: z.literal('pumpiq-settings'),
  form: z.literal(1),
  exportedAt: IsoInstant,
  settings: SettingsChoice,
})
export type SettingsExport = z.output<typeof SettingsExport>

const SystemSettingsShown = z.object({
  version: z.int().nonnegative(),
  settings: Settings.meta({ id: 'Settings' }),
  /** What is said here in place of what is built in. */
  chosen: Choice,
  /** Newest first. */
  changes: z.array(
    z.object({
      version: z.int(),
      by: z.string(),
      at: IsoInstant,
      chosen: Choice,
    }),
  ),
})

const PreferencesShown = z.object({
  config: PreferencesConfig.meta({ id: 'PreferencesConfig' }),
  /** What was sent and does nothing here, and why. */
  notApplied: z.array(z.object({ field: z.string(), why: z.string() })),
})

const Patch = SettingsPatch.meta({ id: 'SettingsPatch' })
const ifVersion = z.strictObject({ ifVersion: z.coerce.number().int().nonnegative().max(1e9).optional() })

export const settings = {
  mine: endpoint({
    method: 'GET',
    path: '/user/settings',
    access: 'user',
    summary: 'Your settings as they count, each with who said it: you, your tier or the installation.',
    reply: UserSettingsShown,
  }),
  change: endpoint({
    method: 'PATCH',
    path: '/user/settings',
    access: 'user',
    summary: 'Changes what is named and leaves the rest; null takes a choice back.',
    query: ifVersion,
    body: Patch,
    reply: UserSettingsShown,
  }),
  replace: endpoint({
    method: 'PUT',
    path: '/user/settings',
    access: 'user',
    summary: 'Says all that you choose: what is not named is taken back.',
    query: ifVersion,
    body: Patch,
    reply: UserSettingsShown,
  }),
  reset: endpoint({
    method: 'DELETE',
    path: '/user/settings',
    access: 'user',
    summary: 'Takes all your choices back.',
    query: ifVersion,
    reply: UserSettingsShown,
  }),
  usePreset: endpoint({
    method: 'POST',
    path: '/user/settings/preset',
    access: 'user',
    summary: 'Chooses what a preset says, over what you chose before.',
    body: z.strictObject({ preset: z.enum(presetIds) }),
    reply: UserSettingsShown,
  }),
  export: endpoint({
    method: 'GET',
    path: '/user/settings/export',
    access: 'user',
    summary: 'What you have chosen, as a document.',
    reply: SettingsExport,
  }),
  import: endpoint({
    method: 'POST',
    path: '/user/settings/import',
    access: 'user',
    summary:
      'Chooses what such a document says in place of all that you chose: all of it, or nothing where a word is wrong.',
    body: SettingsExport,
    reply: UserSettingsShown,
  }),
  schema: endpoint({
    method: 'GET',
    path: '/settings/schema',
    access: 'public',
    summary: 'What can be set: JSON Schema 2020-12, with the unit, the default and the effect of each setting.',
    reply: z.record(z.string(), z.unknown()),
  }),
  presets: endpoint({
    method: 'GET',
    path: '/settings/presets',
    access: 'public',
    summary: 'Ready-made settings.',
    reply: z.object({ items: z.array(SettingsPresetShown) }),
  }),
  preferences: endpoint({
    method: 'GET',
    path: '/user/preferences',
    access: 'user',
    summary: 'Your settings in the form that other programs have, with groups in snake_case.',
    reply: PreferencesShown,
  }),
  setPreferences: endpoint({
    method: 'PUT',
    path: '/user/preferences',
    access: 'user',
    summary:
      'Takes the whole of such a config, as it is or under `config`. What it does not name is taken back; what does nothing here is told.',
    body: z.strictObject({ ...PreferencesConfig.shape, config: PreferencesConfig.optional() }),
    reply: PreferencesShown,
  }),
  system: endpoint({
    method: 'GET',
    path: '/admin/settings',
    access: 'admin',
    summary: 'What counts for everybody until tier or user say otherwise, and who changed it.',
    reply: SystemSettingsShown,
  }),
  changeSystem: endpoint({
    method: 'PATCH',
    path: '/admin/settings',
    access: 'admin',
    summary: 'Changes what counts for everybody; null goes back to what is built in. Every change is kept.',
    query: ifVersion,
    body: Patch,
    reply: SystemSettingsShown,
  }),
}
