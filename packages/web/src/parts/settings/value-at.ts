import type { SettingsChoice } from '@pumpiq/domain'

/** What a choice says of a setting, by the name that the schema gives it; undefined: nothing. The schemas themselves stay on the server. */
export function valueAt(choice: SettingsChoice, path: string): unknown {
  const [group = '', name] = path.split('.')
  const found = (choice as Readonly<Record<string, unknown>>)[group]
  return name === undefined ? found : (found as Readonly<Record<string, unknown>> | undefined)?.[name]
}
