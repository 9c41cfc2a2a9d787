import { useState } from 'react'
import type { Delivery, NotificationChannel } from '@pumpiq/api'
import { sentenceOf } from '../data/asked.ts'
import { removeChannel, switchChannel, testChannel } from '../data/notifications.ts'
import { channelName, stateNames } from '../words/alerts.ts'

type Props = { channels: readonly NotificationChannel[]; onChange: () => void }

/** Where one is told: a switch, a test that says how it went, and a way to be rid of it. */
export function ChannelList({ channels, onChange }: Props) {
  if (channels.length === 0)
    return <p className="explain">There is none yet: nothing leaves this machine until you add one below.</p>
  return (
    <ul className="channels">
      {channels.map((channel) => (
        <ChannelItem key={channel.id} channel={channel} onChange={onChange} />
      ))}
    </ul>
  )
}

type ItemProps = { channel: NotificationChannel; onChange: () => void }

function ChannelItem({ channel: { id, kind, name, target, enabled, problem }, onChange }: ItemProps) {
  const [busy, setBusy] = useState<'test' | 'change' | null>(null)
  const [said, setSaid] = useState<{ text: string; tone: 'good' | 'bad' | 'flat' } | null>(null)
  const [sure, setSure] = useState(false)
  const work = async (what: 'test' | 'change', run: () => Promise<void>) => {
    setBusy(what)
    setSaid(null)
    try {
      await run()
      onChange()
    } catch (thrown) {
      setSaid({ text: sentenceOf(thrown), tone: 'bad' })
    }
    setBusy(null)
  }
  const test = () => work('test', async () => setSaid(resultOf(await testChannel(id))))
  return (
    <li className="channel">
      <div className="channel-words">
        <b>{name}</b> <span className="label">{channelName(kind)}</span>
        <span className="small faint block">{target}</span>
        {problem !== null && <span className="small problem block">Switched off: {problem}</span>}
      </div>
      <div className="channel-acts">
        <label className="check">
          <input
            type="checkbox"
            role="switch"
            checked={enabled}
            disabled={busy !== null}
            onChange={() => void work('change', async () => void (await switchChannel(id, !enabled)))}
          />
          On
        </label>
        <button type="button" disabled={busy !== null} onClick={() => void test()}>
          {busy === 'test' ? 'Sending…' : 'Test'}
        </button>
        <button
          type="button"
          disabled={busy !== null}
          onBlur={() => setSure(false)}
          onClick={() => (sure ? void work('change', async () => void (await removeChannel(id))) : setSure(true))}
        >
          {sure ? 'Really remove?' : 'Remove'}
        </button>
      </div>
      {said && (
        <p className={`channel-said ending-${said.tone}`} role="status">
          {said.text}
        </p>
      )}
    </li>
  )
}

function resultOf({ state, problem }: Delivery): { text: string; tone: 'good' | 'bad' | 'flat' } {
  const [name, tone] = stateNames[state]
  return { text: problem === null ? name : `${name}: ${problem}`, tone }
}
