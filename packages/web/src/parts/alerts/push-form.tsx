import { useEffect, useState } from 'react'
import type { ChannelKind, NotificationChannel } from '@pumpiq/api'
import { useAction } from '../../data/action.ts'
import { addThisBrowser, pushKeyOf, pushState, type PushState } from '../../data/push.ts'
import { alertsTexts as text } from '../../words/texts/alerts.ts'
import { Button } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'
import { Note } from '../kit/note.tsx'
import { Skeleton } from '../kit/skeleton.tsx'

type Props = { kind: ChannelKind; onAdd: (channel: NotificationChannel) => void }

const why: Record<Exclude<PushState, 'open'>, string> = {
  unsupported: text.pushUnsupported,
  unkept: text.pushUnkept,
  refused: text.pushRefused,
}

/** Lets this browser be told: it is asked for leave when the button is pressed, not before. */
export function PushForm({ kind, onAdd }: Props) {
  const [state, setState] = useState<PushState | null>(null)
  const [name, setName] = useState('')
  const publicKey = pushKeyOf(kind)
  useEffect(() => void pushState().then(setState), [])
  const { busy, problem, run } = useAction(async (key: string) => {
    const channel = await addThisBrowser(key, name.trim() || text.pushUsual)
    if (channel) onAdd(channel)
    else setState(await pushState())
  })
  if (publicKey === null) return <Note title={text.notPossible}>{text.pushNoKey}</Note>
  if (state === null) return <Skeleton rows={2} />
  if (state !== 'open') return <Note tone="warn">{why[state]}</Note>
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault()
    void run(publicKey)
  }
  return (
    <form onSubmit={submit} aria-label={text.addChannel} className="grid gap-4">
      <p className="text-sm text-ink-2">{text.pushWhat}</p>
      <TextField
        label={text.pushName}
        value={name}
        maxLength={80}
        placeholder={text.pushUsual}
        onChange={({ target }) => setName(target.value)}
      />
      {problem !== null && (
        <Note tone="bad" title={text.pushFailed}>
          {problem}
        </Note>
      )}
      <Button look="primary" type="submit" busy={busy} className="justify-self-end">
        {busy ? text.pushAsking : text.pushAdd}
      </Button>
    </form>
  )
}
