import { useState } from 'react'
import { useAction } from '../../data/action.ts'
import { changeSystemSettings, type SystemSettings } from '../../data/admin.ts'
import { rangeOf, shownValue, typedOf, valueOf, type SettingSpec, type Typed } from '../../words/setting-specs.ts'
import { operationsTexts } from '../../words/texts/operations.ts'
import { peopleTexts } from '../../words/texts/operations-people.ts'
import { settingName } from '../../words/texts/setting-names.ts'
import { ActionProblem } from '../account/action-problem.tsx'
import { patchOf } from '../settings/draft.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Note } from '../kit/note.tsx'
import { toast } from '../kit/toast.tsx'
import { SettingInput } from './setting-input.tsx'
import { chosenAt } from './system-settings.ts'

const text = peopleTexts.settings
type Props = { spec: SettingSpec; settings: SystemSettings; onClose: () => void }

/** Changes one setting for everybody, over what was seen and nothing newer. */
export function SettingDialog({ spec, settings, onClose }: Props) {
  const { path } = spec
  const name = settingName(path)
  const [typed, setTyped] = useState(() => textsOf(spec, chosenAt(settings.settings, path)))
  const [version] = useState(settings.version)
  const said = meant(spec, typed)
  const action = useAction(async (value: unknown) => {
    const { patch } = patchOf([spec], { [path]: value === null ? null : { value } })
    await changeSystemSettings(patch, version)
  })
  const save = async (value: unknown) => {
    if (!(await action.run(value))) return
    toast(text.saved(name))
    onClose()
  }
  return (
    <Dialog title={name} open onClose={onClose}>
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if ('value' in said) void save(said.value)
        }}
      >
        <p className="text-sm text-ink-2">
          {spec.description} {text.effect(spec.effect)}
        </p>
        <SettingInput spec={spec} typed={typed} problem={'problem' in said ? said.problem : null} onType={setTyped} />
        <p className="text-xs text-ink-2">
          {rangeOf(spec) !== '' && `${text.allowed(rangeOf(spec))}. `}
          {text.usual(shownValue(spec, spec.usual))}
        </p>
        {action.code === 'conflict' ? <Note tone="warn">{text.conflict}</Note> : <ActionProblem action={action} />}
        <div className="flex flex-wrap justify-end gap-2">
          {chosenAt(settings.chosen, path) !== undefined && (
            <Button busy={action.busy} onClick={() => void save(null)}>
              {text.back}
            </Button>
          )}
          <Button onClick={onClose}>{operationsTexts.cancel}</Button>
          <Button type="submit" look="primary" busy={action.busy} disabled={'problem' in said}>
            {text.save}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

const kindsOf = (spec: SettingSpec): string[] => Object.keys(spec.usual as object)

/** The value as texts: one for each figure, each weight, or the one that is chosen. */
function textsOf(spec: SettingSpec, value: unknown): string[] {
  if (spec.shape === 'weights') return kindsOf(spec).map((kind) => String((value as Record<string, number>)[kind]))
  return spec.shape === 'choice' || spec.shape === 'flag' ? [String(value)] : typedOf(spec, value)
}

/** What the texts mean; nothing typed takes the choice back. */
function meant(spec: SettingSpec, typed: readonly string[]): Typed {
  if (spec.shape === 'choice') return { value: typed[0] }
  if (spec.shape === 'flag') return { value: typed[0] === 'true' }
  if (spec.shape !== 'weights') return valueOf(spec, typed)
  const weights = typed.map(Number)
  const sum = weights.reduce((before, weight) => before + weight, 0)
  if (weights.some((weight) => !(weight >= 0 && weight <= 100)) || sum !== 100)
    return { problem: text.weights(typed.some((one) => one.trim() === '') ? null : sum) }
  return { value: Object.fromEntries(kindsOf(spec).map((kind, i) => [kind, weights[i]])) }
}
