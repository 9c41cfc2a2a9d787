import { useState } from 'react'
import type { AdminUser, Role, Tier } from '@pumpiq/api'
import { useAction } from '../../data/action.ts'
import { changeUser } from '../../data/admin.ts'
import { Link } from '../../paths.tsx'
import { words } from '../../words/show.ts'
import { peopleTexts } from '../../words/texts/operations-people.ts'
import { ActionProblem } from '../account/action-problem.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { SelectField } from '../kit/field.tsx'
import { Note } from '../kit/note.tsx'
import { toast } from '../kit/toast.tsx'
import { searchOf } from './audit-filter.ts'
import { sectionPath } from './sections.ts'
import { ServiceKeys } from './service-keys.tsx'
import { UserBan } from './user-ban.tsx'
import { addressOf } from './user-row.tsx'

const text = peopleTexts.users
const people: readonly Role[] = ['user', 'analyst', 'admin']
export const tiers: readonly Tier[] = ['free', 'basic', 'premium', 'pro']

type Props = { user: AdminUser; now: number; onClose: () => void }

/** What can be done about an account. */
export function UserDialog({ user, now, onClose }: Props) {
  const { id, name } = user
  const logOf = (by: Readonly<Record<string, string>>) => sectionPath('audit') + searchOf(by)
  return (
    <Dialog title={name} open onClose={onClose}>
      <div className="grid gap-5 text-sm">
        <p className="break-all text-ink-2">
          {addressOf(user)} · {text.id} <code>{id}</code>
        </p>
        {id === 'local' ? (
          <Note>{text.localWhy}</Note>
        ) : (
          <>
            <Place key={`${user.role} ${user.tier}`} user={user} />
            {user.role === 'service' && <ServiceKeys user={user} now={now} />}
            <UserBan user={user} />
          </>
        )}
        <p className="flex flex-wrap gap-x-5 gap-y-1">
          <Link to={logOf({ target: id })} className="text-accent">
            {text.log}
          </Link>
          <Link to={logOf({ user: id })} className="text-accent">
            {text.log2}
          </Link>
        </p>
      </div>
    </Dialog>
  )
}

/** His role and tier. */
function Place({ user: { id, name, role: before, tier: tierBefore } }: { user: AdminUser }) {
  const [role, setRole] = useState(before)
  const [tier, setTier] = useState(tierBefore)
  const action = useAction(() =>
    changeUser(id, { ...(role !== before && { role }), ...(tier !== tierBefore && { tier }) }),
  )
  const save = async (event: { preventDefault(): void }) => {
    event.preventDefault()
    if (await action.run()) toast(text.saved(name))
  }
  return (
    <form onSubmit={(event) => void save(event)} className="grid gap-3">
      <div className="grid grid-cols-2 gap-3">
        <SelectField
          label={text.role}
          value={role}
          disabled={before === 'service'}
          onChange={({ target }) => setRole(target.value as Role)}
        >
          {(before === 'service' ? [before] : people).map((one) => (
            <option key={one} value={one}>
              {text.roles[one]}
            </option>
          ))}
        </SelectField>
        <SelectField label={text.tier} value={tier} onChange={({ target }) => setTier(target.value as Tier)}>
          {tiers.map((one) => (
            <option key={one} value={one}>
              {words(one)}
            </option>
          ))}
        </SelectField>
      </div>
      {role === 'admin' && before !== 'admin' && <Note tone="warn">{text.adminWhy}</Note>}
      <ActionProblem action={action} />
      <div>
        <Button type="submit" look="primary" busy={action.busy} disabled={role === before && tier === tierBefore}>
          {text.save}
        </Button>
      </div>
    </form>
  )
}
