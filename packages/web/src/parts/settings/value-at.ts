import { settingAt, type SettingPath, type SettingsChoice } from '@pumpiq/domain'

/** What a choice says of a setting that the schema names; undefined: nothing. */
export const valueAt = (choice: SettingsChoice, path: string): unknown => settingAt(choice, path as SettingPath)
