import { useState } from 'react'
import { useAction } from '../data/action.ts'
import { sendVerification, verifyEmail } from '../data/session.ts'
import { AuthCard } from '../parts/account/auth-card.tsx'
import { MailForm } from '../parts/account/mail-form.tsx'
import { MailedToken } from '../parts/account/mailed-token.tsx'
import { Note } from '../parts/kit/note.tsx'
import { Link, signInPath } from '../paths.tsx'
import { accountTexts as text } from '../words/texts/accounts.ts'

/** Where the mail leads that verifies an address. */
export function VerifyEmailPage() {
  const [isDone, setIsDone] = useState(false)
  const verify = async (token: string) => {
    await verifyEmail(token)
    setIsDone(true)
  }
  const action = useAction(verify, { signs: true })
  return (
    <AuthCard title={text.verify.title} lead={text.verify.lead}>
      {isDone ? (
        <Note tone="good">
          {text.verify.done}{' '}
          <Link to={signInPath} className="font-semibold text-accent underline">
            {text.signIn.title}
          </Link>
        </Note>
      ) : (
        <>
          <MailedToken submitText={text.verify.submit} action={action} />
          <section className="grid gap-3 border-t border-line pt-4">
            <h2>{text.verify.again}</h2>
            <MailForm quiet submitText={text.verify.resend} send={sendVerification} />
          </section>
        </>
      )}
    </AuthCard>
  )
}
