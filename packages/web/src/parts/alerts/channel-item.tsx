import { useState } from 'react'
import type { Delivery, NotificationChannel } from '@pumpiq/api'
import { useAction } from '../../data/action.ts'
import { removeChannel, switchChannel, testChannel } from '../../data/notifications.ts'
import { channelName } from '../../words/alerts.ts'
import { alertsTexts as text } from '../../words/texts/alerts.ts'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Note } from '../kit/note.tsx'
import { StateBadge } from './state-badge.tsx'
import { Tick } from './tick.tsx'

type Props = { channel: NotificationChannel; onChange: () => void }

/** One place to be told at: a switch, a test that says what became of it, and a way to be rid of it. */
export function ChannelItem({ channel: { id, kind, name, target, enabled, problem }, onChange }: Props) {
  const [became, setBecame] = useState<Delivery | null>(null)
  const testing = useAction(async () => setBecame(await testChannel(id)))
  const switching = useAction((on: boolean) => switchChannel(id, on))
  const isBusy = testing.busy || switching.busy
  const refusal = testing.problem ?? switching.problem
  const test = async () => {
    setBecame(null)
    // One that failed is news too: the channel may have been switched off by it.
    await testing.run()
    onChange()
  }
  const turn = async (on: boolean) => {
    if (await switching.run(on)) onChange()
  }
  return (
    <li className="grid gap-2 py-3 first:pt-0 last:pb-0" data-channel={name}>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <b className="text-sm">
          <bdi>{name}</bdi>
        </b>
        <Badge>{channelName(kind)}</Badge>
        <span className="basis-full text-xs wrap-anywhere text-ink-3">
          <bdi>{target}</bdi>
        </span>
      </div>
      {problem !== null && (
        <Note tone="warn" title={text.switchedOff}>
          {problem}
        </Note>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Tick
          isSwitch
          label={text.on}
          name={text.onOf(name)}
          checked={enabled}
          disabled={isBusy}
          onChange={(on) => void turn(on)}
        />
        <Button
          small
          className="ml-auto"
          busy={testing.busy}
          aria-label={text.testOf(name)}
          onClick={() => void test()}
        >
          {testing.busy ? text.sending : text.test}
        </Button>
        <Remove id={id} name={name} onGone={onChange} />
      </div>
      <div role="status" className="text-xs">
        {became && (
          <p className="flex flex-wrap items-center gap-2">
            {text.testBecame} <StateBadge state={became.state} />
            {became.problem !== null && <span className="text-ink-2">{became.problem}</span>}
          </p>
        )}
      </div>
      {refusal !== null && <Note tone="bad">{refusal}</Note>}
    </li>
  )
}

type RemoveProps = { id: string; name: string; onGone: () => void }

/** Asks first: what was given for a channel is kept nowhere else. */
function Remove({ id, name, onGone }: RemoveProps) {
  const [asks, setAsks] = useState(false)
  const removing = useAction(removeChannel)
  const remove = async () => {
    if (!(await removing.run(id))) return
    setAsks(false)
    onGone()
  }
  return (
    <>
      <Button small aria-label={text.removeOf(name)} onClick={() => setAsks(true)}>
        {text.remove}
      </Button>
      <Dialog
        title={text.removeTitle(name)}
        open={asks}
        onClose={() => setAsks(false)}
        actions={
          <>
            <Button onClick={() => setAsks(false)}>{text.keep}</Button>
            <Button look="danger" busy={removing.busy} onClick={() => void remove()}>
              {text.remove}
            </Button>
          </>
        }
      >
        <p className="text-sm text-ink-2">{text.removeWhy}</p>
        {removing.problem !== null && <Note tone="bad">{removing.problem}</Note>}
      </Dialog>
    </>
  )
}
