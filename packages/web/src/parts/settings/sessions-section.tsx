import type { UserSession } from '@pumpiq/api'
import { endOtherSessions, endSession, useSessions } from '../../data/accounts.ts'
import { useAction } from '../../data/action.ts'
import { useSession } from '../../data/session.ts'
import { instant } from '../../words/show.ts'
import { ownTexts } from '../../words/texts/account-settings.ts'
import { ActionProblem } from '../account/action-problem.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Note } from '../kit/note.tsx'
import { Panel } from '../kit/panel.tsx'
import { toast } from '../kit/toast.tsx'

const text = ownTexts.sessions

/** Where one is signed in; each can be ended. */
export function SessionsSection() {
  const sessions = useSessions()
  const { data: session } = useSession()
  const ending = useAction(async (id: string) => {
    await endSession(id)
    toast(text.ended)
  })
  const endingOthers = useAction(async () => toast(text.endedOthers(await endOtherSessions())))
  if (session?.via === 'local') return <Note title={ownTexts.localOnly}>{ownTexts.localWhy}</Note>
  const hasOthers = sessions.data?.items.some(({ current }) => !current) ?? false
  return (
    <Panel
      title={text.title}
      asked={sessions}
      rows={5}
      empty={({ items }) => (items.length === 0 ? text.empty : null)}
      actions={
        hasOthers && (
          <Button small look="danger" busy={endingOthers.busy} onClick={() => void endingOthers.run()}>
            {text.endOthers}
          </Button>
        )
      }
    >
      {({ items }) => (
        <>
          <ActionProblem action={ending} />
          <ActionProblem action={endingOthers} />
          <ul className="grid">
            {items
              .toSorted((a, b) => Number(b.current) - Number(a.current))
              .map((one) => (
                <SessionRow key={one.id} session={one} busy={ending.busy} onEnd={() => void ending.run(one.id)} />
              ))}
          </ul>
        </>
      )}
    </Panel>
  )
}

type RowProps = { session: UserSession; busy: boolean; onEnd: () => void }

function SessionRow({ session: { current, userAgent, address, createdAt, expiresAt }, busy, onEnd }: RowProps) {
  const device = userAgent ?? text.unknown
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line py-3 first:border-t-0">
      <div className="min-w-0 flex-1 basis-64">
        <p className="text-sm font-medium break-words">
          <bdi>{device}</bdi> {current && <Badge tone="buy">{text.here}</Badge>}
        </p>
        <p className="num mt-0.5 text-xs text-ink-2">
          {text.from} <bdi>{address ?? text.unknown}</bdi> · {text.begun} {instant(createdAt)} · {text.ends}{' '}
          {instant(expiresAt)}
        </p>
      </div>
      {!current && (
        <Button small busy={busy} aria-label={text.endOf(device)} onClick={onEnd}>
          {text.end}
        </Button>
      )}
    </li>
  )
}
