import { useState } from 'react'
import type { AdminUser } from '@pumpiq/api'
import { useAction } from '../../data/action.ts'
import { changeUser, endSessionsOf } from '../../data/admin.ts'
import { peopleTexts } from '../../words/texts/operations-people.ts'
import { ActionProblem } from '../account/action-problem.tsx'
import { Button } from '../kit/button.tsx'
import { Note } from '../kit/note.tsx'
import { toast } from '../kit/toast.tsx'
import { Confirm } from './confirm.tsx'

const text = peopleTexts.users

/** Shuts an account out, for good or for a moment. */
export function UserBan({ user: { id, name, banned, role } }: { user: AdminUser }) {
  const [asks, setAsks] = useState<'ban' | 'end' | null>(null)
  const ban = useAction((isBanned: boolean) => changeUser(id, { banned: isBanned }))
  const end = useAction(() => endSessionsOf(id))
  const close = () => {
    setAsks(null)
    ban.forget()
    end.forget()
  }
  const sure = async (done: Promise<boolean>, said: string) => {
    if (!(await done)) return
    toast(said)
    setAsks(null)
  }
  if (banned)
    return (
      <Note
        tone="warn"
        title={text.isBanned}
        actions={
          <Button small busy={ban.busy} onClick={() => void sure(ban.run(false), text.saved(name))}>
            {text.lift}
          </Button>
        }
      >
        <ActionProblem action={ban} />
      </Note>
    )
  return (
    <div className="flex flex-wrap gap-2">
      {role !== 'service' && <Button onClick={() => setAsks('end')}>{text.end}</Button>}
      <Button look="danger" onClick={() => setAsks('ban')}>
        {text.ban}
      </Button>
      <Confirm
        title={`${text.ban}: ${name}`}
        why={text.banWhy}
        does={text.ban}
        open={asks === 'ban'}
        action={ban}
        onClose={close}
        onSure={() => void sure(ban.run(true), text.saved(name))}
      />
      <Confirm
        title={`${text.end}: ${name}`}
        why={text.endWhy}
        does={text.end}
        open={asks === 'end'}
        action={end}
        onClose={close}
        onSure={() => void sure(end.run(), text.ended)}
      />
    </div>
  )
}
