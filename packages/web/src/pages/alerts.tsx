import { useQueryClient } from '@tanstack/react-query'
import { noticesChanged, useChannels, usePreferences } from '../data/notifications.ts'
import { ChannelsCard } from '../parts/alerts/channels-card.tsx'
import { DeliveryLog } from '../parts/alerts/delivery-log.tsx'
import { NoticesCard } from '../parts/alerts/notices-card.tsx'
import { PreferenceForm } from '../parts/alerts/preference-form.tsx'
import { Panel } from '../parts/kit/panel.tsx'
import { alertsTexts as text } from '../words/texts/alerts.ts'

/** What happened to calls, where one is told of it, of what, when, and what became of every message. */
export function AlertsPage() {
  const channels = useChannels()
  const preferences = usePreferences()
  const queries = useQueryClient()
  // A test is a notice and a delivery too.
  const changed = () => {
    channels.again()
    void queries.invalidateQueries({ queryKey: ['deliveries'] })
    void noticesChanged()
  }
  // Whoever may not see his channels may see nothing of the rest: that is said once.
  const isShut = channels.code === 'forbidden' || channels.code === 'unauthenticated'
  return (
    <div className="grid grid-cols-1 gap-5">
      <header className="grid gap-1">
        <h1>{text.title}</h1>
        <p className="max-w-3xl text-sm text-ink-2">{text.lead}</p>
      </header>
      {isShut ? (
        <ChannelsCard channels={channels} onChange={changed} />
      ) : (
        <div className="grid items-start gap-5 lg:grid-cols-[3fr_2fr]">
          <div className="grid min-w-0 grid-cols-1 gap-5">
            <NoticesCard />
            <DeliveryLog />
          </div>
          <div className="grid min-w-0 grid-cols-1 gap-5">
            <ChannelsCard channels={channels} onChange={changed} />
            <Panel title={text.preferences} asked={preferences} rows={12}>
              {(saved) => <PreferenceForm saved={saved} />}
            </Panel>
          </div>
        </div>
      )}
    </div>
  )
}
