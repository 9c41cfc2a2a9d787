import { useSession } from '../data/session.ts'
import { AuthCard } from '../parts/account/auth-card.tsx'
import { RegisterForm } from '../parts/account/register-form.tsx'
import { Note } from '../parts/kit/note.tsx'
import { Problem } from '../parts/kit/problem.tsx'
import { Skeleton } from '../parts/kit/skeleton.tsx'
import { toast } from '../parts/kit/toast.tsx'
import { Link, signInPath, useGo } from '../paths.tsx'
import { accountTexts as text } from '../words/texts/accounts.ts'

/** The first administrator of an installation that serves others. */
export function SetupPage() {
  const session = useSession()
  const go = useGo()
  const done = () => {
    toast(text.setup.done)
    go?.('/')
  }
  const { data } = session
  return (
    <AuthCard title={text.setup.title} lead={text.setup.lead}>
      <Problem asked={session} />
      {data === null && session.problem === null && <Skeleton rows={6} />}
      {data !== null && !data.needsSetup && (
        <Note tone="good">
          {text.setup.done}{' '}
          <Link to={signInPath} className="font-semibold text-accent underline">
            {text.signIn.title}
          </Link>
        </Note>
      )}
      {data?.via === 'local' && <Note title={text.register.local}>{text.register.localWhy}</Note>}
      {data?.needsSetup && data.via !== 'local' && (
        <RegisterForm withToken submitText={text.setup.submit} onDone={done} />
      )}
    </AuthCard>
  )
}
