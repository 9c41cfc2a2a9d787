import { useState } from 'react'
import type { ReadNotice } from '@pumpiq/api'
import { useAction } from '../../data/action.ts'
import { markOneRead, markRead, noticesChanged, useNotices } from '../../data/notifications.ts'
import { useNow } from '../../data/now.ts'
import { usePages } from '../../data/pages.ts'
import { Link, recommendationPath } from '../../paths.tsx'
import { relative } from '../../words/show.ts'
import { alertsTexts as text } from '../../words/texts/alerts.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Choice } from '../kit/choice.tsx'
import { Note } from '../kit/note.tsx'
import { Panel } from '../kit/panel.tsx'
import { Pager } from './pager.tsx'

const readThen = async (mark: () => Promise<unknown>): Promise<void> => {
  await mark()
  await noticesChanged()
}

/** What happened, newest first; what is unread stands out. */
export function NoticesCard() {
  const [unread, setUnread] = useState(false)
  const all = usePages()
  const ofUnread = usePages()
  const pages = unread ? ofUnread : all
  const notices = useNotices({ unread, cursor: pages.cursor })
  const reading = useAction(readThen)
  const newest = notices.data?.items[0]
  const count = notices.data?.unread ?? 0
  return (
    <Panel
      title={text.inApp}
      hint={count > 0 ? text.unread(count) : undefined}
      actions={
        <>
          <Choice
            label={text.show}
            value={unread ? 'unread' : 'all'}
            options={[
              { value: 'all', label: text.all },
              { value: 'unread', label: text.unreadOnly },
            ]}
            onChange={(chosen) => setUnread(chosen === 'unread')}
          />
          <Button
            small
            busy={reading.busy}
            disabled={count === 0 || !newest || pages.newer !== null}
            onClick={() => newest && void reading.run(() => markRead(newest.at))}
          >
            {text.readAll}
          </Button>
        </>
      }
      asked={notices}
      rows={8}
      empty={({ items }) => (items.length > 0 ? null : unread ? text.nothingUnread : text.nothingYet)}
    >
      {({ items, next }) => (
        <>
          {reading.problem !== null && (
            <Note tone="bad" title={text.notMarked}>
              {reading.problem}
            </Note>
          )}
          <ul className="divide-y divide-line">
            {items.map((notice) => (
              <NoticeItem
                key={notice.id}
                notice={notice}
                busy={reading.busy}
                onRead={() => void reading.run(() => markOneRead(notice.id))}
              />
            ))}
          </ul>
          <Pager newer={pages.newer} older={pages.older(next)} />
        </>
      )}
    </Panel>
  )
}

type ItemProps = { notice: ReadNotice; busy: boolean; onRead: () => void }

function NoticeItem({ notice: { title, text: words, at, readAt, recommendationId }, busy, onRead }: ItemProps) {
  const now = useNow()
  const isNew = readAt === null
  return (
    <li data-unread={isNew || undefined} className="grid gap-1 py-3 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {isNew && <Badge>{text.isNew}</Badge>}
        {recommendationId === null ? (
          <b className="text-sm">
            <bdi>{title}</bdi>
          </b>
        ) : (
          <Link
            to={recommendationPath(recommendationId)}
            onClick={() => isNew && onRead()}
            className="inline-flex min-h-6 items-center text-sm font-semibold text-ink"
          >
            <bdi>{title}</bdi>
          </Link>
        )}
        <time dateTime={at} title={at} className="ml-auto text-xs whitespace-nowrap text-ink-3">
          {relative(Date.parse(at), now)}
        </time>
      </div>
      <div className="flex items-start gap-2">
        <details className="min-w-0 flex-1">
          <summary className="min-h-6 text-xs text-ink-2">{text.whatItSays}</summary>
          <p className="num mt-1 rounded-lg bg-raised p-3 text-xs whitespace-pre-line wrap-anywhere text-ink-2">
            {words}
          </p>
        </details>
        {isNew && (
          <Button small look="quiet" disabled={busy} aria-label={text.readOneOf(title)} onClick={onRead}>
            {text.readOne}
          </Button>
        )}
      </div>
    </li>
  )
}
