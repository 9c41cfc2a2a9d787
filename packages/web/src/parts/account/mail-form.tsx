import { useState } from 'react'
import { useAction } from '../../data/action.ts'
import { accountTexts as text } from '../../words/texts/accounts.ts'
import { Button } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'
import { Note } from '../kit/note.tsx'
import { ActionProblem } from './action-problem.tsx'

type Props = {
  submitText: string
  email?: string
  quiet?: boolean
  send: (email: string) => Promise<{ readonly sentence: string }>
}

/** Asks for a mail. What is answered is the same whether or not the address has an account. */
export function MailForm({ submitText, email: known = '', quiet = false, send }: Props) {
  const [email, setEmail] = useState(known)
  const [said, setSaid] = useState<string | null>(null)
  const action = useAction(async () => setSaid((await send(email)).sentence), { signs: true })
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault()
    setSaid(null)
    void action.run()
  }
  return (
    <form className="grid gap-4" onSubmit={submit}>
      <TextField
        label={text.email}
        type="email"
        autoComplete="username"
        required
        maxLength={254}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <ActionProblem action={action} />
      <div role="status">{said !== null && <Note tone="good">{said}</Note>}</div>
      <Button type="submit" look={quiet ? 'plain' : 'primary'} busy={action.busy}>
        {submitText}
      </Button>
    </form>
  )
}
