import { useState } from 'react'
import type { AdminUser } from '@pumpiq/api'
import { useUsers } from '../../data/admin.ts'
import { useNow } from '../../data/now.ts'
import { peopleTexts } from '../../words/texts/operations-people.ts'
import { Button } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'
import { Panel } from '../kit/panel.tsx'
import { Stacked, StackedBody } from '../kit/stacked.tsx'
import { Pager, useCursors } from './pager.tsx'
import { ServiceForm } from './service-form.tsx'
import { UserDialog } from './user-dialog.tsx'
import { UserRow } from './user-row.tsx'

const text = peopleTexts.users

/** Accounts of people and of programs: who may what, and what can be done about it. */
export function UsersSection() {
  const [q, setQ] = useState('')
  const { cursor, first, newer, olderThan } = useCursors()
  const users = useUsers(q, cursor)
  const now = useNow()
  const [open, setOpen] = useState<AdminUser | null>(null)
  const find = (asked: string) => {
    setQ(asked)
    first()
  }
  // The list is asked anew after each change: the dialog shows what counts now.
  const shown = users.data?.items.find(({ id }) => id === open?.id) ?? open
  return (
    <div className="grid grid-cols-1 gap-5">
      <Panel title={text.title} hint={text.hint} actions={<ServiceForm onMade={setOpen} />} asked={users} rows={12}>
        {({ items, next }) => (
          <div className="grid grid-cols-1 gap-4">
            <Search onFind={find} />
            {items.length === 0 && q !== '' ? (
              <p className="text-sm text-ink-2">{text.noneFound(q)}</p>
            ) : (
              <Stacked caption={text.title} heads={Object.values(text.columns)}>
                <StackedBody>
                  {items.map((user) => (
                    <UserRow key={user.id} user={user} now={now} onManage={() => setOpen(user)} />
                  ))}
                </StackedBody>
              </Stacked>
            )}
            <Pager onNewer={newer} onOlder={olderThan(next)} />
          </div>
        )}
      </Panel>
      {shown && <UserDialog key={shown.id} user={shown} now={now} onClose={() => setOpen(null)} />}
    </div>
  )
}

function Search({ onFind }: { onFind: (asked: string) => void }) {
  const [asked, setAsked] = useState('')
  return (
    <form
      role="search"
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        onFind(asked.trim())
      }}
    >
      <TextField
        className="w-full max-w-sm"
        type="search"
        label={text.search}
        maxLength={80}
        autoComplete="off"
        value={asked}
        onChange={({ target }) => setAsked(target.value)}
      />
      <Button type="submit">{text.find}</Button>
    </form>
  )
}
