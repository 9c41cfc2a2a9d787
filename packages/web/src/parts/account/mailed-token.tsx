import { useEffect, useState, type ReactNode } from 'react'
import type { Action } from '../../data/action.ts'
import { accountTexts as text } from '../../words/texts/accounts.ts'
import { Button } from '../kit/button.tsx'
import { TextField } from '../kit/field.tsx'
import { ActionProblem } from './action-problem.tsx'
import { tokenIn } from './wanted.ts'

type Props = { submitText: string; action: Action<[token: string]>; children?: ReactNode }

/**
 * A form that is signed by a token of a mail: of its link, or typed in. Nothing is done before one asks for it, because what looks through
 * mails follows links, too.
 */
export function MailedToken({ submitText, action, children }: Props) {
  const [given] = useState(() => tokenIn(location.search))
  const [token, setToken] = useState(given)
  // It is good for an account: it shall not stay in the address line and what remembers it.
  useEffect(() => {
    if (given !== '') history.replaceState(history.state, '', location.pathname)
  }, [given])
  const submit = (event: { preventDefault(): void }) => {
    event.preventDefault()
    void action.run(token.trim())
  }
  return (
    <form className="grid gap-4" onSubmit={submit}>
      {given === '' && (
        <TextField
          label={text.token}
          hint={text.tokenHint}
          required
          autoComplete="off"
          spellCheck={false}
          maxLength={2_000}
          value={token}
          onChange={(event) => setToken(event.target.value)}
        />
      )}
      {children}
      <ActionProblem action={action} />
      <Button type="submit" look="primary" busy={action.busy}>
        {submitText}
      </Button>
    </form>
  )
}
