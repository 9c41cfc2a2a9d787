import type { SystemSettings } from '../../data/admin.ts'

type Group = Readonly<Record<string, unknown>>

/** What stands under a name such as `trading.maxStopPct`; undefined where nothing does. */
export function chosenAt(chosen: object, path: string): unknown {
  const [group = '', name] = path.split('.')
  const found = (chosen as Group)[group]
  return name === undefined ? found : (found as Group | undefined)?.[name]
}

/** Newest first are `changes`: the one that made a setting what it is now; null where none did. */
export function lastChangeOf(
  changes: SystemSettings['changes'],
  path: string,
): SystemSettings['changes'][number] | null {
  const said = (at: number): string =>
    JSON.stringify(at < changes.length ? chosenAt(changes[at]!.chosen, path) : undefined)
  const at = changes.findIndex((_, index) => said(index) !== said(index + 1))
  return changes[at] ?? null
}
