import { useState } from 'react'
import type { AuthSession } from '@pumpiq/api'
import { useSession } from '../data/session.ts'
import { AuthCard } from '../parts/account/auth-card.tsx'
import { SetupNote } from '../parts/account/setup-note.tsx'
import { SignInForm } from '../parts/account/sign-in-form.tsx'
import { wantedPath } from '../parts/account/wanted.ts'
import { Button } from '../parts/kit/button.tsx'
import { Note } from '../parts/kit/note.tsx'
import { Problem } from '../parts/kit/problem.tsx'
import { Skeleton } from '../parts/kit/skeleton.tsx'
import { forgotPasswordPath, Link, registerPath, useGo } from '../paths.tsx'
import { accountTexts as text } from '../words/texts/accounts.ts'

/** Signing in; then one goes on to where one wanted to go. */
export function SignInPage() {
  const session = useSession()
  const go = useGo()
  const [wanted] = useState(() => wantedPath(location.search, location.origin))
  const goOn = () => go?.(wanted ?? '/')
  return (
    <AuthCard title={text.signIn.title} lead={text.signIn.lead} footer={<Elsewhere />}>
      <Problem asked={session} />
      {session.data === null ? (
        session.problem === null && <Skeleton rows={5} />
      ) : (
        <SignIn session={session.data} wanted={wanted} onGoOn={goOn} />
      )}
    </AuthCard>
  )
}

type Props = { session: AuthSession; wanted: string | null; onGoOn: () => void }

function SignIn({ session, wanted, onGoOn }: Props) {
  const [asAccount, setAsAccount] = useState(false)
  const { user, via } = session
  if (user !== null && !asAccount)
    return (
      <div className="grid gap-3">
        <Note title={via === 'local' ? text.here.localTitle : text.here.title(user.name)}>
          {via === 'local' ? `${session.sentence} ${text.here.local}` : session.sentence}
        </Note>
        <Button look="primary" onClick={onGoOn}>
          {text.goOn}
        </Button>
        <Button look="quiet" onClick={() => setAsAccount(true)}>
          {via === 'local' ? text.signIn.asAccount : text.signIn.otherAccount}
        </Button>
      </div>
    )
  return (
    <>
      {session.needsSetup && user === null && <SetupNote />}
      {wanted !== null && <p className="text-sm text-ink-2">{text.signIn.wanted}</p>}
      <SignInForm onDone={onGoOn} />
    </>
  )
}

const Elsewhere = () => (
  <>
    <Link to={forgotPasswordPath} className="text-accent">
      {text.signIn.forgot}
    </Link>
    <span>
      {text.signIn.noAccount}{' '}
      <Link to={registerPath} className="text-accent">
        {text.signIn.register}
      </Link>
    </span>
  </>
)
