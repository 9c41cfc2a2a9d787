import { useState } from 'react'
import type { AdminUser, Tier } from '@pumpiq/api'
import { useAction } from '../../data/action.ts'
import { makeService } from '../../data/admin.ts'
import { words } from '../../words/show.ts'
import { operationsTexts } from '../../words/texts/operations.ts'
import { peopleTexts } from '../../words/texts/operations-people.ts'
import { ActionProblem } from '../account/action-problem.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { SelectField, TextField } from '../kit/field.tsx'
import { toast } from '../kit/toast.tsx'
import { tiers } from './user-dialog.tsx'

const text = peopleTexts.services

/** Makes an account for a program. */
export function ServiceForm({ onMade }: { onMade: (user: AdminUser) => void }) {
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [tier, setTier] = useState<Tier>('free')
  const action = useAction(async () => {
    const made = await makeService(name.trim(), tier)
    setOpen(false)
    setName('')
    toast(text.made(made.name))
    onMade(made)
  })
  return (
    <>
      <Button small onClick={() => setOpen(true)}>
        {text.make}
      </Button>
      <Dialog title={text.make} open={open} onClose={() => setOpen(false)}>
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault()
            void action.run()
          }}
        >
          <p className="text-sm text-ink-2">{text.lead}</p>
          <TextField
            label={text.name}
            required
            maxLength={80}
            autoComplete="off"
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <SelectField
            label={peopleTexts.users.tier}
            value={tier}
            onChange={({ target }) => setTier(target.value as Tier)}
          >
            {tiers.map((one) => (
              <option key={one} value={one}>
                {words(one)}
              </option>
            ))}
          </SelectField>
          <ActionProblem action={action} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>{operationsTexts.cancel}</Button>
            <Button type="submit" look="primary" busy={action.busy}>
              {text.make}
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  )
}
