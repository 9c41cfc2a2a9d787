import { useState } from 'react'
import type { ChannelKind, NotificationChannel, TargetField } from '@pumpiq/api'
import { useAction } from '../../data/action.ts'
import { addChannel, type NewChannel } from '../../data/notifications.ts'
import { channelName, fieldName, newSecret } from '../../words/alerts.ts'
import { alertsTexts as text } from '../../words/texts/alerts.ts'
import { Button } from '../kit/button.tsx'
import { SelectField, TextField } from '../kit/field.tsx'
import { Note } from '../kit/note.tsx'
import { PushForm } from './push-form.tsx'

type OnAdd = (channel: NotificationChannel) => void

/** One more place to be told at. What is asked for depends on its kind; what cannot be used here says why. */
export function ChannelForm({ kinds, onAdd }: { kinds: readonly ChannelKind[]; onAdd: OnAdd }) {
  const [kindId, setKindId] = useState('webhook')
  const kind = kinds.find(({ id }) => id === kindId) ?? kinds[0]
  if (!kind) return null
  const { missing, fields } = kind
  return (
    <>
      <SelectField label={text.kind} value={kind.id} onChange={({ target }) => setKindId(target.value)}>
        {kinds.map(({ id }) => (
          <option key={id} value={id}>
            {channelName(id)}
          </option>
        ))}
      </SelectField>
      {missing !== null && <Note title={text.notPossible}>{missing}.</Note>}
      {missing === null && fields === null && <PushForm kind={kind} onAdd={onAdd} />}
      {missing === null && fields !== null && <Target key={kind.id} kind={kind} fields={fields} onAdd={onAdd} />}
    </>
  )
}

type TargetProps = { kind: ChannelKind; fields: readonly TargetField[]; onAdd: OnAdd }
type Given = Readonly<Record<string, string>>

function Target({ kind, fields, onAdd }: TargetProps) {
  const [name, setName] = useState('')
  // Whoever receives a webhook must know the secret too: it is shown while it is being made.
  const [given, setGiven] = useState<Given>(() =>
    Object.fromEntries(fields.map((field) => [field.name, field.name === 'secrets' ? newSecret() : ''])),
  )
  const { busy, problem, run } = useAction(async (channel: NewChannel) => onAdd(await addChannel(channel)))
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault()
    void run({ kind: kind.id, name: name.trim() || channelName(kind.id), target: targetOf(fields, given) })
  }
  return (
    <form onSubmit={submit} aria-label={text.addChannel} autoComplete="off" className="grid gap-4">
      <TextField
        label={text.name}
        value={name}
        maxLength={80}
        placeholder={channelName(kind.id)}
        onChange={({ target }) => setName(target.value)}
      />
      {fields.map((field) => (
        <TextField
          key={field.name}
          label={fieldName(field.name)}
          hint={field.hint ?? undefined}
          value={given[field.name] ?? ''}
          required={field.required}
          spellCheck={false}
          autoCapitalize="off"
          onChange={({ target }) => setGiven({ ...given, [field.name]: target.value })}
        />
      ))}
      <p className="text-xs text-ink-2">
        {fields.some(({ secret }) => secret) && `${text.kept} `}
        {kind.id === 'webhook' && `${text.copySecret} `}
        <a href={kind.docs} rel="noreferrer noopener" target="_blank" className="text-accent underline">
          {text.about}
        </a>
      </p>
      {problem !== null && <Note tone="bad">{problem}</Note>}
      <Button look="primary" type="submit" busy={busy} className="justify-self-end">
        {busy ? text.adding : text.add}
      </Button>
    </form>
  )
}

function targetOf(fields: readonly TargetField[], given: Given): Record<string, string | string[]> {
  const said = fields.filter(({ name, required }) => required || given[name]?.trim())
  return Object.fromEntries(
    said.map(({ name, many }) => {
      const typed = given[name]?.trim() ?? ''
      return [name, many ? typed.split(/\s+/) : typed]
    }),
  )
}
