import { useState } from 'react'
import type { AdminUser, ApiKey } from '@pumpiq/api'
import { useAction } from '../../data/action.ts'
import { removeServiceKey, useKeysOf } from '../../data/admin.ts'
import { instant, relative } from '../../words/show.ts'
import { peopleTexts } from '../../words/texts/operations-people.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Problem } from '../kit/problem.tsx'
import { Skeleton } from '../kit/skeleton.tsx'
import { toast } from '../kit/toast.tsx'
import { Confirm } from './confirm.tsx'
import { ServiceKeyForm } from './service-key-form.tsx'

const text = peopleTexts.services

/** The keys of a program: what each is good for, when it was used, and its end. */
export function ServiceKeys({ user, now }: { user: AdminUser; now: number }) {
  const keys = useKeysOf(user.id)
  return (
    <section className="grid gap-3">
      <h3>{text.keys}</h3>
      <Problem asked={keys} />
      {keys.data === null && keys.problem === null && <Skeleton rows={2} />}
      {keys.data?.items.length === 0 && <p className="text-ink-2">{text.noKeys}</p>}
      <ul className="grid gap-2">
        {keys.data?.items.map((key) => (
          <Key key={key.id} user={user} item={key} now={now} />
        ))}
      </ul>
      <ServiceKeyForm user={user} />
    </section>
  )
}

function Key({ user, item, now }: { user: AdminUser; item: ApiKey; now: number }) {
  const { id, name, start, scopes, enabled, expiresAt, lastUsedAt } = item
  const [asks, setAsks] = useState(false)
  const action = useAction(() => removeServiceKey(user.id, id))
  const revoke = async () => {
    if (await action.run()) toast(text.revoked(name))
  }
  return (
    <li className="flex flex-wrap items-start gap-2 rounded-lg border border-line bg-raised p-3">
      <div className="min-w-0 grow">
        <bdi className="font-semibold break-all">{name}</bdi> {!enabled && <Badge>{text.off}</Badge>}
        <span className="block text-xs text-ink-2">
          {text.starts(start)}; {scopes.join(', ')}; {expiresAt === null ? text.noEnd : text.ends(instant(expiresAt))};{' '}
          {lastUsedAt === null ? text.unused : text.used(relative(Date.parse(lastUsedAt), now))}
        </span>
      </div>
      <Button small look="danger" aria-label={text.revokeOf(name)} onClick={() => setAsks(true)}>
        {text.revoke}
      </Button>
      <Confirm
        title={text.revokeOf(name)}
        why={text.revokeWhy(name)}
        does={text.revoke}
        typed={name}
        open={asks}
        action={action}
        onClose={() => setAsks(false)}
        onSure={() => void revoke()}
      />
    </li>
  )
}
