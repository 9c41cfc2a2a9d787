import { useState } from 'react'
import type { Asked } from '../../data/asked.ts'
import type { Channels } from '../../data/notifications.ts'
import { alertsTexts as text } from '../../words/texts/alerts.ts'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Panel } from '../kit/panel.tsx'
import { toast } from '../kit/toast.tsx'
import { ChannelForm } from './channel-form.tsx'
import { ChannelItem } from './channel-item.tsx'

type Props = { channels: Asked<Channels>; onChange: () => void }

/** Where one is told. */
export function ChannelsCard({ channels, onChange }: Props) {
  const [adds, setAdds] = useState(false)
  const close = () => setAdds(false)
  return (
    <Panel
      title={text.channels}
      actions={
        <Button small look="primary" disabled={channels.data === null} onClick={() => setAdds(true)}>
          {text.addChannel}
        </Button>
      }
      asked={channels}
      rows={3}
    >
      {({ items, kinds }) => (
        <>
          {items.length === 0 ? (
            <p className="py-1 text-sm text-ink-2">{text.noChannel}</p>
          ) : (
            <ul className="divide-y divide-line">
              {items.map((channel) => (
                <ChannelItem key={channel.id} channel={channel} onChange={onChange} />
              ))}
            </ul>
          )}
          <Dialog title={text.addChannel} open={adds} onClose={close}>
            {adds && (
              <ChannelForm
                kinds={kinds}
                onAdd={({ name }) => {
                  toast(text.added(name))
                  onChange()
                  close()
                }}
              />
            )}
          </Dialog>
        </>
      )}
    </Panel>
  )
}
