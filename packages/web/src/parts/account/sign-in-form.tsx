import { useState } from 'react'
import { useAction } from '../../data/action.ts'
import { signIn } from '../../data/session.ts'
import { accountTexts as text } from '../../words/texts/accounts.ts'
import { Button } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'
import { ActionProblem, sentence } from './action-problem.tsx'
import { PasswordField } from './password-field.tsx'

type Props = { email?: string; onDone: () => void }

/** Address and password; where a second factor is on, its code then. */
export function SignInForm({ email: known = '', onDone }: Props) {
  const [email, setEmail] = useState(known)
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [codeNeeded, setCodeNeeded] = useState<string | null>(null)
  const ask = async () => {
    const answer = await signIn({ email, password, ...(codeNeeded !== null && { code: code.trim() }) })
    if (answer.state === 'signedIn') onDone()
    else setCodeNeeded(answer.sentence)
  }
  const action = useAction(ask, { signs: true })
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault()
    void action.run()
  }
  const startOver = () => {
    setCodeNeeded(null)
    setCode('')
    setPassword('')
    action.forget()
  }
  return (
    <form className="grid gap-4" onSubmit={submit}>
      {codeNeeded === null ? (
        <>
          <TextField
            label={text.email}
            type="email"
            autoComplete="username"
            required
            autoFocus={known === ''}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
          <PasswordField value={password} onChange={setPassword} autoFocus={known !== ''} />
        </>
      ) : (
        <CodeField lead={sentence(codeNeeded)} value={code} onChange={setCode} />
      )}
      <ActionProblem action={action} />
      <Button type="submit" look="primary" busy={action.busy}>
        {codeNeeded === null ? text.signIn.submit : text.signIn.codeSubmit}
      </Button>
      {codeNeeded !== null && (
        <Button look="quiet" onClick={startOver}>
          {text.signIn.otherAccount}
        </Button>
      )}
    </form>
  )
}

function CodeField({ lead, value, onChange }: { lead: string; value: string; onChange: (value: string) => void }) {
  return (
    <>
      <p role="status" className="text-sm text-ink-2">
        {lead}
      </p>
      <TextField
        label={text.code}
        hint={text.codeHint}
        inputMode="text"
        autoComplete="one-time-code"
        required
        autoFocus
        minLength={6}
        maxLength={20}
        spellCheck={false}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </>
  )
}
