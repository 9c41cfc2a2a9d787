import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { useChannels, useDeliveries, usePreferences } from '../data/notifications.ts'
import { ChannelForm } from '../parts/channel-form.tsx'
import { ChannelList } from '../parts/channel-list.tsx'
import { DeliveryLog } from '../parts/delivery-log.tsx'
import { NoticeList } from '../parts/notice-list.tsx'
import { PreferenceForm } from '../parts/preference-form.tsx'

/** As many as one page of the log has at most. */
const mostShown = 100

/** What happened to calls, where one is told of it, of what, when, and what became of every message. */
export function AlertsPage() {
  const channels = useChannels()
  const [limit, setLimit] = useState(20)
  const log = useDeliveries(limit)
  const queries = useQueryClient()
  // A test is a notice and a delivery too.
  const changed = () => {
    channels.again()
    log.again()
    void queries.invalidateQueries({ queryKey: ['notices'] })
  }
  const isRefused = channels.code === 'forbidden' || channels.code === 'unauthenticated'
  const more = () => setLimit(mostShown)
  const { data: preferences, problem: noPreferences } = usePreferences()
  return (
    <>
      <div className="lead">
        <div>
          <h1>Alerts</h1>
          <p className="lead-words">
            What happens to calls is listed here, and sent to the channels you add. A message that is too old to act on
            is not sent late; the log says so.
          </p>
        </div>
      </div>
      {isRefused && <NotHere why={channels.problem} />}
      {channels.problem !== null && !isRefused && (
        <p className="strip strip-bad" role="alert">
          <strong>The alerts could not be {channels.data ? 'refreshed' : 'read'}.</strong> {channels.problem}
        </p>
      )}
      {channels.data === null && channels.problem === null && <div className="card skeleton" aria-hidden="true" />}
      {channels.data && !isRefused && (
        <div className="columns-even alerts">
          <div className="column">
            <NoticeList />
            <DeliveryLog log={log} onMore={limit < mostShown ? more : null} />
          </div>
          <div className="column">
            <section className="card" aria-labelledby="channels">
              <h2 id="channels">Channels</h2>
              <ChannelList channels={channels.data.items} onChange={changed} />
              <ChannelForm kinds={channels.data.kinds} onAdd={channels.again} />
            </section>
            <section className="card" aria-labelledby="preferences">
              <h2 id="preferences">Preferences</h2>
              {noPreferences !== null && <p className="problem">{noPreferences}</p>}
              {preferences && <PreferenceForm saved={preferences} />}
            </section>
          </div>
        </div>
      )}
    </>
  )
}

const NotHere = ({ why }: { why: string | null }) => (
  <section className="card empty">
    <h2>Alerts are set on the machine itself</h2>
    <p>These pages know whoever sits at the machine; from elsewhere alerts are set by API, with an account.</p>
    <p>The server says: {why}.</p>
  </section>
)
