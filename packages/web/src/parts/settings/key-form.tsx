import { useState } from 'react'
import type { KeyScope, MadeApiKey } from '@pumpiq/api'
import { makeApiKey } from '../../data/accounts.ts'
import { useAction } from '../../data/action.ts'
import { useSession } from '../../data/session.ts'
import { ownTexts } from '../../words/texts/account-settings.ts'
import { ActionProblem } from '../account/action-problem.tsx'
import { Button } from '../kit/button.tsx'
import { SelectField, TextField } from '../kit/field.tsx'

const text = ownTexts.keys
const scopeIds = Object.keys(text.scope) as KeyScope[]
const fresh = { name: '', scopes: ['read'] as KeyScope[], days: '365', perMinute: '' }
type Wish = typeof fresh

/** What a new key is for, what it may do, and until when. */
export function KeyForm({ onMade }: { onMade: (made: MadeApiKey) => void }) {
  const [wish, setWish] = useState<Wish>(fresh)
  const set = (change: Partial<Wish>) => setWish({ ...wish, ...change })
  const making = useAction(async () => {
    const { name, scopes, days, perMinute } = wish
    const made = await makeApiKey({
      name: name.trim(),
      scopes,
      expiresInDays: days === '0' ? null : Number(days),
      perMinute: perMinute === '' ? null : Number(perMinute),
    })
    setWish(fresh)
    onMade(made)
  })
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault()
    if (wish.scopes.length > 0) void making.run()
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-3">
        <TextField
          label={text.name}
          hint={text.nameHint}
          required
          maxLength={60}
          autoComplete="off"
          value={wish.name}
          onChange={(event) => set({ name: event.target.value })}
        />
        <SelectField label={text.days} value={wish.days} onChange={(event) => set({ days: event.target.value })}>
          {Object.entries(text.dayChoices)
            .toSorted(([a], [b]) => (Number(a) || Infinity) - (Number(b) || Infinity))
            .map(([days, label]) => (
              <option key={days} value={days}>
                {label}
              </option>
            ))}
        </SelectField>
        <TextField
          label={text.limit}
          hint={text.limitHint}
          type="number"
          min={1}
          max={100_000}
          step={1}
          value={wish.perMinute}
          onChange={(event) => set({ perMinute: event.target.value })}
        />
      </div>
      <Scopes chosen={wish.scopes} onChange={(scopes) => set({ scopes })} />
      <ActionProblem action={making} />
      <div>
        <Button type="submit" look="primary" busy={making.busy}>
          {text.make}
        </Button>
      </div>
    </form>
  )
}

function Scopes({ chosen, onChange }: { chosen: readonly KeyScope[]; onChange: (scopes: KeyScope[]) => void }) {
  const { data: session } = useSession()
  // A key is never good for more than its owner.
  const offered = scopeIds.filter((scope) => scope !== 'admin' || session?.user?.role === 'admin')
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-xs font-medium text-ink-2">{text.scopes}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {offered.map((scope) => (
          <label key={scope} className="flex min-h-7 items-center gap-2 text-sm">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={chosen.includes(scope)}
              onChange={(event) =>
                onChange(event.target.checked ? [...chosen, scope] : chosen.filter((one) => one !== scope))
              }
            />
            {text.scope[scope]}
          </label>
        ))}
      </div>
      {chosen.length === 0 && (
        <p role="alert" className="text-xs text-sell">
          {text.needScope}
        </p>
      )}
    </fieldset>
  )
}
