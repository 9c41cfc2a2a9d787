import { useState } from 'react'
import type { AuthSession, Registered } from '@pumpiq/api'
import { sendVerification, useSession } from '../data/session.ts'
import { AuthCard } from '../parts/account/auth-card.tsx'
import { MailForm } from '../parts/account/mail-form.tsx'
import { RegisterForm } from '../parts/account/register-form.tsx'
import { SetupNote } from '../parts/account/setup-note.tsx'
import { Note } from '../parts/kit/note.tsx'
import { Problem } from '../parts/kit/problem.tsx'
import { Skeleton } from '../parts/kit/skeleton.tsx'
import { Link, signInPath } from '../paths.tsx'
import { accountTexts as text } from '../words/texts/accounts.ts'

/** Making an account, where this installation makes any. */
export function RegisterPage() {
  const session = useSession()
  const [done, setDone] = useState<{ answer: Registered; email: string } | null>(null)
  return (
    <AuthCard title={text.register.title} lead={text.register.lead} footer={<HasAccount />}>
      <Problem asked={session} />
      {session.data === null && session.problem === null && <Skeleton rows={6} />}
      {session.data !== null &&
        (done === null ? (
          <Registering session={session.data} onDone={(answer, email) => setDone({ answer, email })} />
        ) : (
          <Accepted {...done} />
        ))}
    </AuthCard>
  )
}

type Props = { session: AuthSession; onDone: (answer: Registered, email: string) => void }

function Registering({ session: { via, registration, needsSetup, sendsMail }, onDone }: Props) {
  if (via === 'local') return <Note title={text.register.local}>{text.register.localWhy}</Note>
  return (
    <>
      {needsSetup && <SetupNote />}
      {registration === 'closed' ? (
        <Note title={text.register.closed}>{text.register.closedWhy}</Note>
      ) : (
        <>
          <p className="text-sm text-ink-2">{sendsMail ? text.register.mail : text.register.noMail}</p>
          <RegisterForm withToken={false} submitText={text.register.submit} onDone={onDone} />
        </>
      )}
    </>
  )
}

const Accepted = ({ answer, email }: { answer: Registered; email: string }) => (
  <div className="grid gap-4">
    <div role="status">
      <Note tone="good" title={`${text.register.doneTitle}.`}>
        {answer.sentence}
      </Note>
    </div>
    {answer.emailVerification === 'required' ? (
      <>
        <p className="text-sm text-ink-2">{text.verify.again}</p>
        <MailForm quiet email={email} submitText={text.verify.resend} send={sendVerification} />
      </>
    ) : (
      <Link to={signInPath} className="text-sm font-semibold text-accent">
        {text.signIn.title}
      </Link>
    )}
  </div>
)

const HasAccount = () => (
  <span>
    {text.register.has}{' '}
    <Link to={signInPath} className="text-accent">
      {text.signIn.title}
    </Link>
  </span>
)
