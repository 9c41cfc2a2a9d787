import { useState } from 'react'
import type { Registered } from '@pumpiq/api'
import { useAction } from '../../data/action.ts'
import { register, signIn } from '../../data/session.ts'
import { accountTexts as text } from '../../words/texts/accounts.ts'
import { Button } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'
import { ActionProblem } from './action-problem.tsx'
import { PasswordField } from './password-field.tsx'

type Props = { withToken: boolean; submitText: string; onDone: (answer: Registered, email: string) => void }
type Draft = { email: string; name: string; password: string; setupToken: string }

/** An account. Whoever brings the setup token is signed in at once: his address needs no verifying. */
export function RegisterForm({ withToken, submitText, onDone }: Props) {
  const [draft, setDraft] = useState<Draft>({ email: '', name: '', password: '', setupToken: '' })
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change })
  const ask = async () => {
    const { email, password } = draft
    const name = draft.name.trim()
    const setupToken = draft.setupToken.trim()
    const answer = await register({ email, password, ...(name && { name }), ...(setupToken && { setupToken }) })
    if (answer.emailVerification === 'verified') await signIn({ email, password })
    onDone(answer, email)
  }
  const action = useAction(ask, { signs: true })
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault()
    void action.run()
  }
  return (
    <form className="grid gap-4" onSubmit={submit}>
      {withToken && <TokenField value={draft.setupToken} onChange={(setupToken) => set({ setupToken })} />}
      <TextField
        label={text.email}
        type="email"
        autoComplete="username"
        required
        maxLength={254}
        value={draft.email}
        onChange={(event) => set({ email: event.target.value })}
      />
      <PasswordField isNew label={text.password} value={draft.password} onChange={(password) => set({ password })} />
      <TextField
        label={text.name}
        autoComplete="name"
        maxLength={80}
        hint={text.nameHint}
        value={draft.name}
        onChange={(event) => set({ name: event.target.value })}
      />
      <ActionProblem action={action} />
      <Button type="submit" look="primary" busy={action.busy}>
        {submitText}
      </Button>
    </form>
  )
}

const TokenField = ({ value, onChange }: { value: string; onChange: (value: string) => void }) => (
  <TextField
    label={text.setupToken}
    hint={text.setupTokenHint}
    required
    autoComplete="off"
    spellCheck={false}
    maxLength={200}
    value={value}
    onChange={(event) => onChange(event.target.value)}
  />
)
