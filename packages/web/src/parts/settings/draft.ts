import { useMemo, useState } from 'react'
import type { UserSettingsShown } from '@pumpiq/api'
import type { SettingsPatch } from '@pumpiq/domain'
import { useAction, type Action } from '../../data/action.ts'
import { changeSettings, readSettings } from '../../data/settings.ts'
import { valueOf, type SettingSpec } from '../../words/setting-specs.ts'

/** What was changed and is not saved: figures as typed, else the value; null takes the choice back. */
export type Drafted = { readonly typed: readonly string[] } | { readonly value: unknown } | null

export type Draft = {
  readonly changes: Readonly<Record<string, Drafted>>
  /** By setting: why what was typed is not allowed. */
  readonly problems: Readonly<Record<string, string>>
  readonly count: number
  readonly set: (path: string, drafted: Drafted) => void
  readonly drop: (path: string) => void
  readonly discard: () => void
  readonly saving: Action<[]>
  /** Somebody changed them elsewhere since the first change here. */
  readonly isBehind: boolean
  /** Reads what counts now; from then on the changes are over that. */
  readonly rebasing: Action<[]>
}

type State = { readonly changes: Draft['changes']; readonly over: number | null }
const nothing: State = { changes: {}, over: null }

/** Whoever looks at another page meanwhile finds his changes again. */
let kept = nothing

/** Changes to settings that count once saved, and only over what they were made on. */
export function useDraft(settings: UserSettingsShown, specs: readonly SettingSpec[]): Draft {
  const [state, show] = useState(kept)
  const setState = (next: State) => {
    kept = next
    show(next)
  }
  const { changes, over } = state
  const made = useMemo(() => patchOf(specs, changes), [specs, changes])
  const saving = useAction(async () => {
    await changeSettings(made.patch, over ?? settings.version)
    setState(nothing)
  })
  const rebasing = useAction(async () => {
    const { version } = await readSettings()
    setState({ changes, over: version })
    saving.forget()
  })
  const keepAs = (next: Draft['changes']) =>
    setState(Object.keys(next).length === 0 ? nothing : { changes: next, over: over ?? settings.version })
  return {
    changes,
    problems: made.problems,
    count: Object.keys(changes).length,
    set: (path, drafted) => keepAs({ ...changes, [path]: drafted }),
    drop: (path) => keepAs(Object.fromEntries(Object.entries(changes).filter(([name]) => name !== path))),
    discard() {
      setState(nothing)
      saving.forget()
    },
    saving,
    isBehind: over !== null && (over !== settings.version || saving.code === 'conflict'),
    rebasing,
  }
}

/** What is sent for changes, and what cannot be. */
export function patchOf(specs: readonly SettingSpec[], changes: Draft['changes']) {
  const patch: Record<string, unknown> = {}
  const problems: Record<string, string> = {}
  for (const spec of specs) {
    const drafted = changes[spec.path]
    if (drafted === undefined) continue
    const said = drafted === null ? { value: null } : 'typed' in drafted ? valueOf(spec, drafted.typed) : drafted
    if ('problem' in said) problems[spec.path] = said.problem
    else put(patch, spec.path, said.value)
  }
  return { patch: patch as SettingsPatch, problems }
}

function put(patch: Record<string, unknown>, path: string, value: unknown): void {
  const [group, name] = path.split('.') as [string, string?]
  if (name === undefined) patch[group] = value
  else patch[group] = { ...(patch[group] as object | undefined), [name]: value }
}
