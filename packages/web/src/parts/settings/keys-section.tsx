import { useState } from 'react'
import type { ApiKey, MadeApiKey } from '@pumpiq/api'
import { removeApiKey, switchApiKey, useApiKeys } from '../../data/accounts.ts'
import { useAction } from '../../data/action.ts'
import { instant } from '../../words/show.ts'
import { ownTexts } from '../../words/texts/account-settings.ts'
import { ActionProblem } from '../account/action-problem.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Card } from '../kit/card.tsx'
import { Dialog } from '../kit/dialog.tsx'
import { Note } from '../kit/note.tsx'
import { Panel } from '../kit/panel.tsx'
import { toast } from '../kit/toast.tsx'
import { CopyButton } from './copy-button.tsx'
import { KeyForm } from './key-form.tsx'

const text = ownTexts.keys

/** Keys for programs: made, shown once, switched off, revoked. */
export function KeysSection() {
  const keys = useApiKeys()
  const [made, setMade] = useState<MadeApiKey | null>(null)
  return (
    <>
      {made !== null && <Made made={made} onDone={() => setMade(null)} />}
      <Card title={text.make}>
        <KeyForm onMade={setMade} />
      </Card>
      <Panel title={text.title} asked={keys} rows={5} empty={({ items }) => (items.length === 0 ? text.empty : null)}>
        {({ items }) => (
          <ul className="grid">
            {items.map((one) => (
              <KeyRow key={one.id} apiKey={one} />
            ))}
          </ul>
        )}
      </Panel>
    </>
  )
}

const Made = ({ made, onDone }: { made: MadeApiKey; onDone: () => void }) => (
  <div role="status">
    <Note
      tone="good"
      title={text.madeTitle}
      actions={
        <>
          <CopyButton of={made.key} />
          <Button small onClick={onDone}>
            {text.done}
          </Button>
        </>
      }
    >
      {text.madeLead}
      <code className="mt-2 block rounded border border-line-2 bg-card px-3 py-2 font-mono text-sm break-all select-all">
        {made.key}
      </code>
    </Note>
  </div>
)

function KeyRow({ apiKey }: { apiKey: ApiKey }) {
  const { id, name, start, scopes, enabled, perMinute, createdAt, expiresAt, lastUsedAt } = apiKey
  const switching = useAction(() => switchApiKey(id, !enabled))
  const [isAsked, setIsAsked] = useState(false)
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line py-3 first:border-t-0">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-1.5 text-sm font-medium">
          <bdi>{name}</bdi>
          <code className="font-mono text-xs text-ink-2">{start}…</code>
          {scopes.map((scope) => (
            <Badge key={scope}>{text.scope[scope]}</Badge>
          ))}
          {!enabled && <Badge tone="avoid">{text.off}</Badge>}
        </p>
        <p className="num mt-1 text-xs text-ink-2">
          {text.used} {lastUsedAt === null ? ownTexts.never : instant(lastUsedAt)} · {text.made} {instant(createdAt)} ·{' '}
          {text.ends} {expiresAt === null ? ownTexts.never : instant(expiresAt)} ·{' '}
          {perMinute === null ? text.tierLimit : text.perMinute(perMinute)}
        </p>
        <ActionProblem action={switching} />
      </div>
      <Button small busy={switching.busy} onClick={() => void switching.run()}>
        {enabled ? text.switchOff : text.switchOn}
      </Button>
      <Button small look="danger" onClick={() => setIsAsked(true)}>
        {text.revoke}
      </Button>
      <RevokeDialog apiKey={apiKey} open={isAsked} onClose={() => setIsAsked(false)} />
    </li>
  )
}

function RevokeDialog({ apiKey, open, onClose }: { apiKey: ApiKey; open: boolean; onClose: () => void }) {
  const revoking = useAction(async () => {
    await removeApiKey(apiKey.id)
    toast(text.revoked)
  })
  return (
    <Dialog
      title={text.revokeAsk(apiKey.name)}
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{ownTexts.cancel}</Button>
          <Button look="danger" busy={revoking.busy} onClick={() => void revoking.run()}>
            {text.revoke}
          </Button>
        </>
      }
    >
      <p className="text-sm text-ink-2">{text.revokeWhy}</p>
      <ActionProblem action={revoking} />
    </Dialog>
  )
}
