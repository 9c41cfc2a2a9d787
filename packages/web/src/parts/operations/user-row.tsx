import type { AdminUser } from '@pumpiq/api'
import { instant, relative, words } from '../../words/show.ts'
import { peopleTexts } from '../../words/texts/operations-people.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { StackedCell, StackedHead, StackedRow } from '../kit/stacked.tsx'

const text = peopleTexts.users
const { columns } = text
type Props = { user: AdminUser; now: number; onManage: () => void }

/** What somebody without an address is, in his place. */
export const addressOf = ({ id, email, role }: AdminUser): string =>
  email ?? (id === 'local' ? text.local : role === 'service' ? text.program : id)

export function UserRow({ user, now, onManage }: Props) {
  const { name, role, tier, banned, lastSeenAt, createdAt, emailVerified, email, twoFactor, apiKeys } = user
  return (
    <StackedRow>
      <StackedHead className="max-w-80">
        <bdi className="break-all">{name}</bdi>
        <span className="block text-xs font-normal break-all text-ink-2">{addressOf(user)}</span>
      </StackedHead>
      <StackedCell name={columns.role}>{text.roles[role]}</StackedCell>
      <StackedCell name={columns.tier}>{words(tier)}</StackedCell>
      <StackedCell name={columns.seen}>
        {lastSeenAt === null ? (
          <span className="text-ink-2">{text.noSession}</span>
        ) : (
          relative(Date.parse(lastSeenAt), now)
        )}
        <span className="block text-xs text-ink-2">{text.since(instant(createdAt))}</span>
      </StackedCell>
      <StackedCell name={columns.state}>
        <Badge tone={banned ? 'sell' : 'plain'}>{banned ? text.banned : text.active}</Badge>
        <span className="block text-xs text-ink-2">
          {[
            ...(email !== null && !emailVerified ? [text.unverified] : []),
            ...(email === null ? [] : [twoFactor ? text.twoFactor : text.noTwoFactor]),
            text.keys(apiKeys),
          ].join(', ')}
        </span>
      </StackedCell>
      <StackedCell>
        <Button small aria-label={text.manageOf(name)} onClick={onManage}>
          {text.manage}
        </Button>
      </StackedCell>
    </StackedRow>
  )
}
