import { useState } from 'react'
import type { AdminUser, KeyScope, MadeApiKey } from '@pumpiq/api'
import { useAction } from '../../data/action.ts'
import { makeServiceKey } from '../../data/admin.ts'
import { peopleTexts } from '../../words/texts/operations-people.ts'
import { ActionProblem } from '../account/action-problem.tsx'
import { Button } from '../kit/button.tsx'
import { SelectField, TextField } from '../kit/field.tsx'
import { Note } from '../kit/note.tsx'
import { CopyLine } from './copy-line.tsx'

const text = peopleTexts.services
const scopes: readonly KeyScope[] = ['read', 'recommend', 'write']

/** Makes a key for a program and shows it this once. */
export function ServiceKeyForm({ user }: { user: AdminUser }) {
  const [open, setOpen] = useState(false)
  const [made, setMade] = useState<MadeApiKey | null>(null)
  const done = (key: MadeApiKey) => {
    setMade(key)
    setOpen(false)
  }
  return (
    <>
      {made && (
        <Note tone="good" title={text.once}>
          <CopyLine line={made.key} />
        </Note>
      )}
      {open ? (
        <Wishes user={user} onMade={done} />
      ) : (
        <div>
          <Button small onClick={() => setOpen(true)}>
            {text.newKey}
          </Button>
        </div>
      )}
    </>
  )
}

function Wishes({ user, onMade }: { user: AdminUser; onMade: (key: MadeApiKey) => void }) {
  const [name, setName] = useState('')
  const [good, setGood] = useState<readonly KeyScope[]>(['read'])
  const [days, setDays] = useState<number | null>(365)
  const [perMinute, setPerMinute] = useState('')
  const action = useAction(async () => {
    const most = perMinute.trim() === '' ? null : Number(perMinute)
    onMade(
      await makeServiceKey(user.id, { name: name.trim(), scopes: [...good], expiresInDays: days, perMinute: most }),
    )
  })
  const isBad = perMinute.trim() !== '' && !/^[1-9]\d{0,4}$|^100000$/.test(perMinute.trim())
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault()
    void action.run()
  }
  return (
    <form onSubmit={submit} className="grid gap-3 rounded-lg border border-line p-3">
      <TextField
        label={text.keyName}
        required
        maxLength={60}
        autoComplete="off"
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <Scopes good={good} onChange={setGood} />
      <div className="grid grid-cols-2 gap-3">
        <SelectField
          label={text.days}
          value={String(days)}
          onChange={({ target }) => setDays(target.value === 'null' ? null : Number(target.value))}
        >
          {text.dayChoices.map((choice) => (
            <option key={choice.label} value={String(choice.days)}>
              {choice.label}
            </option>
          ))}
        </SelectField>
        <TextField
          label={text.perMinute}
          hint={text.perMinuteHint}
          inputMode="numeric"
          value={perMinute}
          problem={isBad ? text.badPerMinute : null}
          onChange={({ target }) => setPerMinute(target.value)}
        />
      </div>
      <ActionProblem action={action} />
      <div>
        <Button type="submit" look="primary" busy={action.busy} disabled={isBad || good.length === 0}>
          {text.create}
        </Button>
      </div>
    </form>
  )
}

type ScopesProps = { good: readonly KeyScope[]; onChange: (good: readonly KeyScope[]) => void }

const Scopes = ({ good, onChange }: ScopesProps) => (
  <fieldset className="grid gap-1">
    <legend className="mb-1 text-xs font-medium text-ink-2">{text.scopes}</legend>
    {scopes.map((scope) => (
      <label key={scope} className="flex min-h-7 items-center gap-2">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={good.includes(scope)}
          onChange={({ target }) => onChange(target.checked ? [...good, scope] : good.filter((one) => one !== scope))}
        />
        {text.scopeNames[scope]}
      </label>
    ))}
    {good.length === 0 && (
      <p role="alert" className="text-xs text-sell">
        {text.needScope}
      </p>
    )}
  </fieldset>
)
