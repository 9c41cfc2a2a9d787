import type { SettingShown } from '@pumpiq/api'
import { optionName, typedOf, typedUnit, type SettingSpec } from '../../words/setting-specs.ts'
import { settingName } from '../../words/texts/setting-names.ts'
import { settingsTexts as text } from '../../words/texts/settings.ts'
import { Choice } from '../kit/choice.tsx'
import { SelectField, TextField } from '../kit/field.tsx'
import type { Draft } from './draft.ts'

type Props = { spec: SettingSpec; shown: SettingShown; draft: Draft }

const yesOrNo = [
  { value: 1, label: text.yes },
  { value: 0, label: text.no },
]

/** What a setting is changed by, as its schema says. */
export function SettingControl({ spec, shown, draft }: Props) {
  const { path, shape, options } = spec
  const name = settingName(path)
  const drafted = draft.changes[path]
  const value = drafted != null && 'value' in drafted ? drafted.value : shown.value
  if (shape === 'flag')
    return (
      <Choice
        label={name}
        value={value === true ? 1 : 0}
        options={yesOrNo}
        onChange={(chosen) => draft.set(path, { value: chosen === 1 })}
      />
    )
  if (shape === 'choice')
    return (
      <SelectField
        label={name}
        hideLabel
        value={String(value)}
        onChange={(event) => draft.set(path, { value: event.target.value })}
      >
        {options.map((option) => (
          <option key={option} value={option}>
            {optionName(option)}
          </option>
        ))}
      </SelectField>
    )
  return <Figures spec={spec} shown={shown} draft={draft} />
}

function Figures({ spec, shown, draft }: Props) {
  const { path, count } = spec
  const drafted = draft.changes[path]
  const typed =
    drafted === undefined ? typedOf(spec, shown.value) : drafted !== null && 'typed' in drafted ? drafted.typed : []
  const name = settingName(path)
  const problem = draft.problems[path] ?? null
  const { unit } = typedUnit(spec)
  return (
    <div className="grid gap-1">
      <div className="flex items-start gap-2">
        {Array.from({ length: count }, (_, i) => (
          <TextField
            key={i}
            className="min-w-0 flex-1"
            label={count === 1 ? name : text.figureOf(name, i + 1)}
            hideLabel
            inputMode="decimal"
            autoComplete="off"
            placeholder={text.noneYet}
            value={typed[i] ?? ''}
            problem={i === 0 ? problem : null}
            onChange={(event) =>
              draft.set(path, {
                typed: Array.from({ length: count }, (__, at) => (at === i ? event.target.value : (typed[at] ?? ''))),
              })
            }
          />
        ))}
        {unit !== 'none' && count === 1 && <span className="mt-2.5 w-24 text-xs text-ink-2">{unit}</span>}
      </div>
      {unit !== 'none' && count > 1 && <span className="text-xs text-ink-2">{unit}</span>}
    </div>
  )
}
