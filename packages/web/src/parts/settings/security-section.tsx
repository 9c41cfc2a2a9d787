import { useState } from 'react'
import { changePassword, useProfile } from '../../data/accounts.ts'
import { useAction } from '../../data/action.ts'
import { useSession } from '../../data/session.ts'
import { ownTexts } from '../../words/texts/account-settings.ts'
import { ActionProblem } from '../account/action-problem.tsx'
import { PasswordField } from '../account/password-field.tsx'
import { Button } from '../kit/button.tsx'
import { Card } from '../kit/card.tsx'
import { Note } from '../kit/note.tsx'
import { Panel } from '../kit/panel.tsx'
import { toast } from '../kit/toast.tsx'
import { TwoFactor } from './two-factor.tsx'

/** What proves that it is oneself. */
export function SecuritySection() {
  const { data: session } = useSession()
  const profile = useProfile()
  if (session?.via === 'local') return <Note title={ownTexts.localOnly}>{ownTexts.localWhy}</Note>
  return (
    <>
      <Card title={ownTexts.password.title}>
        <PasswordForm />
      </Card>
      <Panel title={ownTexts.second.title} asked={profile} rows={4}>
        {({ twoFactor }) => <TwoFactor isOn={twoFactor} />}
      </Panel>
    </>
  )
}

function PasswordForm() {
  const text = ownTexts.password
  const [password, setPassword] = useState('')
  const [next, setNext] = useState('')
  const changing = useAction(async () => {
    await changePassword(password, next)
    setPassword('')
    setNext('')
    toast(text.done)
  })
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault()
    void changing.run()
  }
  return (
    <form onSubmit={submit} className="grid max-w-md gap-4">
      <PasswordField label={text.now} value={password} onChange={setPassword} />
      <PasswordField isNew value={next} onChange={setNext} />
      <ActionProblem action={changing} />
      <div>
        <Button type="submit" busy={changing.busy}>
          {text.submit}
        </Button>
      </div>
    </form>
  )
}
