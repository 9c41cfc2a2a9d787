import { useState } from 'react'
import type { AuditFilter } from '../../data/admin.ts'
import { peopleTexts } from '../../words/texts/operations-people.ts'
import { fromField, ownZone, toField } from '../../words/when-field.ts'
import { Button } from '../kit/button.tsx'
import { SelectField, TextField } from '../kit/field.tsx'
import { outcomes } from './audit-filter.ts'

const text = peopleTexts.audit
const named = ['user', 'operation', 'target'] as const
const timed = ['from', 'to'] as const

type Typed = Readonly<Record<(typeof named)[number] | (typeof timed)[number] | 'outcome', string>>
type Props = { filter: AuditFilter; onChoose: (filter: AuditFilter) => void }

/** Which entries are shown. */
export function AuditForm({ filter, onChoose }: Props) {
  const [typed, setTyped] = useState(() => typedOf(filter))
  const set = (name: keyof Typed) => (event: { target: { value: string } }) =>
    setTyped((before) => ({ ...before, [name]: event.target.value }))
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault()
    onChoose(chosenOf(typed, filter))
  }
  return (
    <form onSubmit={submit} className="grid grid-cols-2 items-end gap-3 lg:grid-cols-4">
      {named.map((name) => (
        <TextField
          key={name}
          label={text[name]}
          placeholder={name === 'operation' ? text.operationHint : undefined}
          value={typed[name]}
          pattern="[\w.:@\-]*"
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          onChange={set(name)}
        />
      ))}
      <SelectField label={text.outcome} value={typed.outcome} onChange={set('outcome')}>
        <option value="">{text.any}</option>
        {outcomes.map((outcome) => (
          <option key={outcome} value={outcome}>
            {text.outcomes[outcome]}
          </option>
        ))}
      </SelectField>
      {timed.map((name) => (
        <TextField
          key={name}
          type="datetime-local"
          className="max-sm:col-span-2"
          label={text.onClock(text[name], ownZone())}
          value={typed[name]}
          onChange={set(name)}
        />
      ))}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary">
          {text.filter}
        </Button>
        {Object.keys(filter).length > 0 && <Button onClick={() => onChoose({})}>{text.clear}</Button>}
      </div>
    </form>
  )
}

const typedOf = ({ user = '', operation = '', target = '', outcome, from, to }: AuditFilter): Typed => ({
  user,
  operation,
  target,
  outcome: outcome ?? '',
  from: from === undefined ? '' : toField(from),
  to: to === undefined ? '' : toField(to),
})

function chosenOf(typed: Typed, before: AuditFilter): AuditFilter {
  const outcome = outcomes.find((one) => one === typed.outcome)
  const filled = named.map((name) => [name, typed[name].trim()] as const).filter(([, said]) => said !== '')
  const times = timed
    .map((name) => [name, fromField(typed[name], before[name] ?? null)] as const)
    .filter(([, at]) => at !== null)
  return { ...Object.fromEntries(filled), ...Object.fromEntries(times), ...(outcome && { outcome }) }
}
