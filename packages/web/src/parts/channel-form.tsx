import { useState } from 'react'
import type { ChannelKind, TargetField } from '@pumpiq/api'
import { sentenceOf } from '../data/asked.ts'
import { addChannel } from '../data/notifications.ts'
import { channelName, fieldName, newSecret } from '../words/alerts.ts'

type Props = { kinds: readonly ChannelKind[]; onAdd: () => void }

/** One more place to be told at. What is asked for depends on its kind; what cannot be used here says why. */
export function ChannelForm({ kinds, onAdd }: Props) {
  const [kindId, setKindId] = useState('webhook')
  const kind = kinds.find(({ id }) => id === kindId) ?? kinds[0]
  if (!kind) return null
  const { missing, fields } = kind
  return (
    <>
      <h3>Add a channel</h3>
      <label className="field">
        <span>Kind</span>
        <select name="kind" value={kind.id} onChange={(event) => setKindId(event.target.value)}>
          {kinds.map(({ id }) => (
            <option key={id} value={id}>
              {channelName(id)}
            </option>
          ))}
        </select>
      </label>
      {missing !== null && <p className="explain">Not possible here: {missing}.</p>}
      {missing === null && fields === null && (
        <p className="explain">
          This page cannot add one of these yet: a browser has to be asked for leave first. The API takes its
          subscription.
        </p>
      )}
      {missing === null && fields !== null && <Target key={kind.id} kind={kind} fields={fields} onAdd={onAdd} />}
    </>
  )
}

type TargetProps = { kind: ChannelKind; fields: readonly TargetField[]; onAdd: () => void }

function Target({ kind, fields, onAdd }: TargetProps) {
  const [name, setName] = useState('')
  // Whoever receives a webhook must know the secret too: it is shown while it is being made.
  const [given, setGiven] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(fields.map((field) => [field.name, field.name === 'secrets' ? newSecret() : ''])),
  )
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const add = async () => {
    setBusy(true)
    setRefusal(null)
    try {
      await addChannel({ kind: kind.id, name: name.trim() || channelName(kind.id), target: targetOf(fields, given) })
      setName('')
      setGiven(Object.fromEntries(fields.map((field) => [field.name, field.name === 'secrets' ? newSecret() : ''])))
      onAdd()
    } catch (thrown) {
      setRefusal(sentenceOf(thrown))
    }
    setBusy(false)
  }
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault()
    void add()
  }
  return (
    <form className="form" onSubmit={submit} aria-label="Add a channel" autoComplete="off">
      <label className="field">
        <span>Name</span>
        <input
          name="name"
          value={name}
          maxLength={80}
          placeholder={channelName(kind.id)}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      {fields.map((field) => (
        <label key={field.name} className="field field-wide">
          <span>{fieldName(field.name)}</span>
          <input
            name={field.name}
            value={given[field.name] ?? ''}
            required={field.required}
            placeholder={field.hint ?? ''}
            spellCheck={false}
            autoCapitalize="off"
            onChange={(event) => setGiven({ ...given, [field.name]: event.target.value })}
          />
        </label>
      ))}
      {fields.some(({ secret }) => secret) && (
        <p className="explain">
          It is kept encrypted and not shown again.{' '}
          {kind.id === 'webhook' && 'Copy the secret to your receiver now: it checks our signature with it. '}
          <a href={kind.docs} rel="noreferrer noopener" target="_blank">
            About this kind
          </a>
        </p>
      )}
      <button type="submit" className="primary" disabled={busy}>
        {busy ? 'Adding…' : 'Add'}
      </button>
      {refusal !== null && (
        <p className="refused" role="alert">
          {refusal}
        </p>
      )}
    </form>
  )
}

function targetOf(
  fields: readonly TargetField[],
  given: Readonly<Record<string, string>>,
): Record<string, string | string[]> {
  const said = fields.filter(({ name, required }) => required || given[name]?.trim())
  return Object.fromEntries(
    said.map(({ name, many }) => {
      const text = given[name]?.trim() ?? ''
      return [name, many ? text.split(/\s+/) : text]
    }),
  )
}
