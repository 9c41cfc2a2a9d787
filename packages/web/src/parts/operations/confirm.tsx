import { useState } from 'react'
import type { Action } from '../../data/action.ts'
import { operationsTexts as text } from '../../words/texts/operations.ts'
import { ActionProblem } from '../account/action-problem.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { TextField } from '../kit/field.tsx'

type Props = {
  title: string
  why: string
  /** What the button says. */
  does: string
  /** Must be typed: what is done cannot be undone. */
  typed?: string
  open: boolean
  action: Pick<Action<never>, 'busy' | 'problem'>
  onClose: () => void
  onSure: () => void
}

/** Asks before something that hurts is done. */
export function Confirm({ title, why, does, typed, open, action, onClose, onSure }: Props) {
  const [said, setSaid] = useState('')
  const close = () => {
    setSaid('')
    onClose()
  }
  return (
    <Dialog
      title={title}
      open={open}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>{text.cancel}</Button>
          <Button
            look="danger"
            busy={action.busy}
            disabled={typed !== undefined && said.trim() !== typed}
            onClick={onSure}
          >
            {does}
          </Button>
        </>
      }
    >
      <p className="text-sm">{why}</p>
      {typed !== undefined && (
        <TextField
          label={text.typeName(typed)}
          value={said}
          autoComplete="off"
          onChange={({ target }) => setSaid(target.value)}
        />
      )}
      <ActionProblem action={action} />
    </Dialog>
  )
}
