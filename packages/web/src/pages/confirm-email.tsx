import { useState } from 'react'
import { useAction } from '../data/action.ts'
import { confirmEmail } from '../data/session.ts'
import { AuthCard } from '../parts/account/auth-card.tsx'
import { MailedToken } from '../parts/account/mailed-token.tsx'
import { Note } from '../parts/kit/note.tsx'
import { accountTexts as text } from '../words/texts/accounts.ts'

/** Where the mail leads that was sent to a new address. */
export function ConfirmEmailPage() {
  const [email, setEmail] = useState<string | null>(null)
  const action = useAction(async (token: string) => setEmail(await confirmEmail(token)))
  return (
    <AuthCard title={text.confirm.title} lead={text.confirm.lead}>
      {email === null ? (
        <MailedToken submitText={text.confirm.submit} action={action} />
      ) : (
        <Note tone="good">{text.confirm.done(email)}</Note>
      )}
    </AuthCard>
  )
}
