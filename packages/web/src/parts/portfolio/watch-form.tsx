import { useState } from 'react'
import type { WatchedToken } from '@pumpiq/api'
import { useAction } from '../../data/action.ts'
import { changeWatched, watch, type Wish } from '../../data/watchlist.ts'
import { portfolioTexts as text } from '../../words/texts/portfolio.ts'
import { Button } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'
import { Note } from '../kit/note.tsx'
import { TokenField } from './token-field.tsx'

type Props = { before: WatchedToken | null; onDone: () => void; onCancel: () => void }

/** Watches a token, or changes what one wishes of it. */
export function WatchForm({ before, onDone, onCancel }: Props) {
  const [token, setToken] = useState(before?.id ?? '')
  const [target, setTarget] = useState<string>(before?.targetPrice ?? '')
  const [note, setNote] = useState(before?.note ?? '')
  const { busy, problem, run } = useAction((wish: Wish) =>
    before ? changeWatched(before.id, wish) : watch(token.trim(), wish),
  )
  const submit = async (event: { preventDefault(): void }) => {
    event.preventDefault()
    if (await run({ note: note.trim() || null, targetPrice: target.trim() || null })) onDone()
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="grid gap-4">
      {!before && <TokenField label={text.tokenField} hint={text.tokenHint} value={token} onChange={setToken} />}
      <TextField
        label={text.target}
        inputMode="decimal"
        value={target}
        onChange={({ target: field }) => setTarget(field.value)}
      />
      <TextField
        label={text.note}
        maxLength={500}
        value={note}
        onChange={({ target: field }) => setNote(field.value)}
      />
      {problem !== null && <Note tone="bad">{problem}</Note>}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>{text.cancel}</Button>
        <Button look="primary" type="submit" busy={busy}>
          {before ? text.save : text.watchAction}
        </Button>
      </div>
    </form>
  )
}
