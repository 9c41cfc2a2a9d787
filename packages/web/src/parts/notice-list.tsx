import { useState } from 'react'
import { sentenceOf } from '../data/asked.ts'
import { markRead, useNotices } from '../data/notifications.ts'
import { useNow } from '../data/now.ts'
import { Link } from '../paths.tsx'
import { relative } from '../words/show.ts'
import type { ReadNotice } from '@pumpiq/api'

const step = 20

/** What happened, newest first; what is unread stands out. */
export function NoticeList() {
  const [limit, setLimit] = useState(step)
  const [unreadOnly, setUnreadOnly] = useState(false)
  const { data, problem, again } = useNotices(limit, unreadOnly)
  const [refusal, setRefusal] = useState<string | null>(null)
  const newest = data?.items[0]
  const readAll = async () => {
    if (!newest) return
    setRefusal(null)
    try {
      await markRead(newest.at)
      again()
    } catch (thrown) {
      setRefusal(sentenceOf(thrown))
    }
  }
  return (
    <section className="card" aria-labelledby="notices">
      <div className="section-head">
        <h2 id="notices">In the app{data && data.unread > 0 ? `, ${data.unread} unread` : ''}</h2>
        <div className="filter">
          <button type="button" aria-pressed={unreadOnly} onClick={() => setUnreadOnly(!unreadOnly)}>
            Unread only
          </button>
          <button type="button" disabled={!data || data.unread === 0} onClick={() => void readAll()}>
            Mark all as read
          </button>
        </div>
      </div>
      {(refusal ?? problem) !== null && <p className="problem">{refusal ?? problem}</p>}
      {!data && problem === null && <p className="faint">Reading…</p>}
      {data?.items.length === 0 && (
        <p className="explain">
          {unreadOnly
            ? 'Nothing is unread.'
            : 'Nothing yet. What happens to calls stands here as soon as it happens, also without a channel.'}
        </p>
      )}
      {data && data.items.length > 0 && (
        <ul className="notices">
          {data.items.map((notice) => (
            <NoticeItem key={notice.id} notice={notice} />
          ))}
        </ul>
      )}
      {data?.next && (
        <button type="button" className="more" onClick={() => setLimit(Math.min(100, limit + step))}>
          Show more
        </button>
      )}
    </section>
  )
}

function NoticeItem({ notice: { title, text, at, readAt, recommendationId } }: { notice: ReadNotice }) {
  const now = useNow()
  return (
    <li className={readAt === null ? 'notice-new' : undefined}>
      <div className="notice-head">
        {recommendationId === null ? (
          <b>{title}</b>
        ) : (
          <Link to={`/recommendations/${recommendationId}`} className="notice-link">
            {title}
          </Link>
        )}
        <time dateTime={at} title={at} className="faint small nowrap">
          {relative(Date.parse(at), now)}
        </time>
      </div>
      <details>
        <summary className="small faint">What it says</summary>
        <p className="notice-text">{text}</p>
      </details>
    </li>
  )
}
