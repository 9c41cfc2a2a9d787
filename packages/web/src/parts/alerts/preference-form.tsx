import { useState } from 'react'
import type { NotificationPreferences } from '@pumpiq/api'
import { useAction } from '../../data/action.ts'
import { savePreferences } from '../../data/notifications.ts'
import { chosenKinds, kindNames } from '../../words/alerts.ts'
import { alertsTexts as text } from '../../words/texts/alerts.ts'
import { Button } from '../kit/button.tsx'
import { SelectField, TextField } from '../kit/field.tsx'
import { Note } from '../kit/note.tsx'
import { NamedTokens } from './named-tokens.tsx'
import { Group, PreferenceTimes, type Change } from './preference-times.tsx'
import { Tick } from './tick.tsx'

type House = NotificationPreferences['house']
const houses = Object.keys(text.houses) as readonly House[]

/** What one wants to hear of, and when. Nothing counts until it is saved. */
export function PreferenceForm({ saved }: { saved: NotificationPreferences }) {
  const [wish, setWish] = useState(saved)
  const [state, setState] = useState<'as saved' | 'changed' | 'just saved'>('as saved')
  const saving = useAction(async () => setWish(await savePreferences(wish)))
  const change: Change = (changed) => {
    setState('changed')
    setWish({ ...wish, ...changed })
  }
  const submit = async (event: { preventDefault(): void }) => {
    event.preventDefault()
    if (await saving.run()) setState('just saved')
  }
  return (
    <form onSubmit={(event) => void submit(event)} aria-label={text.preferences} className="grid gap-5">
      <Group title={text.what}>
        <div className="grid gap-x-4 sm:grid-cols-2">
          {chosenKinds.map((kind) => (
            <Tick
              key={kind}
              label={kindNames[kind]}
              checked={wish.kinds.includes(kind)}
              onChange={(on) =>
                change({ kinds: on ? [...wish.kinds, kind] : wish.kinds.filter((one) => one !== kind) })
              }
            />
          ))}
        </div>
      </Group>
      <OfWhich wish={wish} onChange={change} />
      <PreferenceTimes wish={wish} onChange={change} />
      {saving.problem !== null && <Note tone="bad">{saving.problem}</Note>}
      <div className="flex items-center gap-3">
        <Button look="primary" type="submit" busy={saving.busy}>
          {saving.busy ? text.saving : text.save}
        </Button>
        <span role="status" className="text-sm text-ink-2">
          {state === 'changed' ? text.unsaved : state === 'just saved' ? text.saved : ''}
        </span>
      </div>
    </form>
  )
}

function OfWhich({ wish, onChange }: { wish: NotificationPreferences; onChange: Change }) {
  const { house, watched, minConfidence, own, actionableOnly } = wish
  return (
    <Group title={text.ofWhich}>
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label={text.house}
          value={house}
          onChange={({ target }) => onChange({ house: houses.find((one) => one === target.value) ?? 'all' })}
        >
          {houses.map((one) => (
            <option key={one} value={one}>
              {text.houses[one]}
            </option>
          ))}
        </SelectField>
        <TextField
          label={text.leastChance}
          type="number"
          min={0}
          max={100}
          value={Math.round(minConfidence * 100)}
          onChange={({ target }) => onChange({ minConfidence: Math.min(100, Math.max(0, Number(target.value))) / 100 })}
        />
      </div>
      {house === 'watched' && <NamedTokens named={watched} onChange={(tokens) => onChange({ watched: tokens })} />}
      <Tick label={text.own} checked={own} onChange={(on) => onChange({ own: on })} />
      <Tick label={text.actionable} checked={actionableOnly} onChange={(on) => onChange({ actionableOnly: on })} />
    </Group>
  )
}
