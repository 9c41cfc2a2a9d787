import { typedUnit, type SettingSpec } from '../../words/setting-specs.ts'
import { peopleTexts } from '../../words/texts/operations-people.ts'
import { settingName } from '../../words/texts/setting-names.ts'
import { SelectField, TextField } from '../kit/field.tsx'

const text = peopleTexts.settings

type Props = {
  spec: SettingSpec
  typed: readonly string[]
  problem: string | null
  onType: (typed: string[]) => void
}

/** A field for each figure of a setting, or a list where one of a few is chosen. */
export function SettingInput({ spec, typed, problem, onType }: Props) {
  const options = spec.shape === 'choice' ? spec.options : spec.shape === 'flag' ? ['true', 'false'] : null
  if (options !== null)
    return (
      <SelectField
        label={settingName(spec.path)}
        value={typed[0] ?? ''}
        problem={problem}
        onChange={({ target }) => onType([target.value])}
      >
        {options.map((option) => (
          <option key={option} value={option}>
            {spec.shape === 'flag' ? (option === 'true' ? text.yes : text.no) : option}
          </option>
        ))}
      </SelectField>
    )
  const names = spec.shape === 'weights' ? Object.keys(spec.usual as object) : typed.map((_, i) => text.figure(i + 1))
  const { unit } = typedUnit(spec)
  const labelOf = (name: string): string => {
    const shown = names.length === 1 ? settingName(spec.path) : name
    return unit === 'none' ? shown : `${shown} (${unit})`
  }
  return (
    <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      {names.map((name, i) => (
        <TextField
          key={name}
          className={names.length === 1 ? 'col-span-full' : undefined}
          label={labelOf(name)}
          inputMode="decimal"
          autoComplete="off"
          value={typed[i] ?? ''}
          problem={i === names.length - 1 ? problem : null}
          onChange={({ target }) => onType(typed.map((before, at) => (at === i ? target.value : before)))}
        />
      ))}
    </div>
  )
}
