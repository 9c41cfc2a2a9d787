import { useState } from 'react'
import type { Profile } from '@pumpiq/api'
import { changeEmail, rename, useProfile } from '../../data/accounts.ts'
import { useAction } from '../../data/action.ts'
import { useSession } from '../../data/session.ts'
import { instant } from '../../words/show.ts'
import { ownTexts } from '../../words/texts/account-settings.ts'
import { ActionProblem } from '../account/action-problem.tsx'
import { Badge } from '../kit/badge.tsx'
import { Button } from '../kit/button.tsx'
import { Card } from '../kit/card.tsx'
import { TextField } from '../kit/field.tsx'
import { Note } from '../kit/note.tsx'
import { Panel } from '../kit/panel.tsx'
import { toast } from '../kit/toast.tsx'
import { ProofFields, useProof } from './proof-fields.tsx'

const text = ownTexts.profile

/** Who one is here, and the address one signs in with. */
export function ProfileSection() {
  const profile = useProfile()
  const session = useSession()
  const isLocal = session.data?.via === 'local'
  return (
    <>
      {isLocal && <Note title={ownTexts.localOnly}>{ownTexts.localWhy}</Note>}
      <Panel title={text.account} asked={profile} rows={6}>
        {(known) => (
          <div className="grid gap-5">
            <Facts profile={known} />
            {!isLocal && <NameForm key={known.name} name={known.name} />}
          </div>
        )}
      </Panel>
      {!isLocal && profile.data && session.data && (
        <Card title={text.changeEmail}>
          {session.data.sendsMail ? (
            <EmailForm hasCode={profile.data.twoFactor} />
          ) : (
            <p className="text-sm">{text.noMail}</p>
          )}
        </Card>
      )}
    </>
  )
}

const Facts = ({ profile: { name, email, emailVerified, role, tier, createdAt } }: { profile: Profile }) => (
  <dl className="grid grid-cols-[8rem_minmax(0,1fr)] gap-y-2 text-sm [&_dt]:text-ink-2">
    <dt>{text.name}</dt>
    <dd className="break-words">
      <bdi>{name}</bdi>
    </dd>
    <dt>{text.email}</dt>
    <dd className="break-words">
      {email === null ? (
        text.noEmail
      ) : (
        <>
          <bdi>{email}</bdi>{' '}
          <Badge tone={emailVerified ? 'buy' : 'avoid'}>{emailVerified ? text.verified : text.notVerified}</Badge>
        </>
      )}
    </dd>
    <dt>{text.role}</dt>
    <dd>{role}</dd>
    <dt>{text.tier}</dt>
    <dd>{tier}</dd>
    <dt>{text.since}</dt>
    <dd className="num">{instant(createdAt)}</dd>
  </dl>
)

function NameForm({ name: known }: { name: string }) {
  const [name, setName] = useState(known)
  const saving = useAction(async () => {
    await rename(name.trim())
    toast(text.saved)
  })
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault()
    void saving.run()
  }
  return (
    <form onSubmit={submit} className="grid max-w-md gap-3 border-t border-line pt-4">
      <TextField
        label={text.name}
        required
        maxLength={80}
        autoComplete="name"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <ActionProblem action={saving} />
      <div>
        <Button type="submit" busy={saving.busy} disabled={name.trim() === known || name.trim() === ''}>
          {text.save}
        </Button>
      </div>
    </form>
  )
}

function EmailForm({ hasCode }: { hasCode: boolean }) {
  const [email, setEmail] = useState('')
  const proof = useProof()
  const [said, setSaid] = useState<string | null>(null)
  const changing = useAction(async () => {
    setSaid((await changeEmail(email, proof.given(hasCode))).sentence)
    proof.clear()
  })
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault()
    setSaid(null)
    void changing.run()
  }
  return (
    <form onSubmit={submit} className="grid max-w-md gap-4">
      <p className="text-sm text-ink-2">{text.changeLead}</p>
      <TextField
        label={text.newEmail}
        type="email"
        required
        maxLength={254}
        autoComplete="email"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <ProofFields proof={proof} hasCode={hasCode} />
      <ActionProblem action={changing} />
      <div role="status">{said !== null && <Note tone="good">{said}</Note>}</div>
      <div>
        <Button type="submit" busy={changing.busy}>
          {text.changeEmail}
        </Button>
      </div>
    </form>
  )
}
