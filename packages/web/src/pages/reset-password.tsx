import { useState } from 'react'
import { useAction } from '../data/action.ts'
import { resetPassword } from '../data/session.ts'
import { AuthCard } from '../parts/account/auth-card.tsx'
import { MailedToken } from '../parts/account/mailed-token.tsx'
import { PasswordField } from '../parts/account/password-field.tsx'
import { Note } from '../parts/kit/note.tsx'
import { Link, signInPath } from '../paths.tsx'
import { accountTexts as text } from '../words/texts/accounts.ts'

/** Where the mail leads that was sent to whoever forgot his password. */
export function ResetPasswordPage() {
  const [password, setPassword] = useState('')
  const [isDone, setIsDone] = useState(false)
  const reset = async (token: string) => {
    await resetPassword(token, password)
    setIsDone(true)
  }
  const action = useAction(reset, { signs: true })
  return (
    <AuthCard title={text.reset.title} lead={text.reset.lead}>
      {isDone ? (
        <Note tone="good">
          {text.reset.done}{' '}
          <Link to={signInPath} className="font-semibold text-accent underline">
            {text.signIn.title}
          </Link>
        </Note>
      ) : (
        <MailedToken submitText={text.reset.submit} action={action}>
          <PasswordField isNew value={password} onChange={setPassword} />
        </MailedToken>
      )}
    </AuthCard>
  )
}
