import { forgotPassword, useSession } from '../data/session.ts'
import { AuthCard } from '../parts/account/auth-card.tsx'
import { MailForm } from '../parts/account/mail-form.tsx'
import { Note } from '../parts/kit/note.tsx'
import { Problem } from '../parts/kit/problem.tsx'
import { Skeleton } from '../parts/kit/skeleton.tsx'
import { Link, resetPasswordPath, signInPath } from '../paths.tsx'
import { accountTexts as text } from '../words/texts/accounts.ts'

/** A new password by mail, where this installation sends any. */
export function ForgotPasswordPage() {
  const session = useSession()
  const { data } = session
  return (
    <AuthCard title={text.forgot.title} lead={text.forgot.lead} footer={<Elsewhere />}>
      <Problem asked={session} />
      {data === null && session.problem === null && <Skeleton rows={3} />}
      {data?.sendsMail === false && <Note>{text.forgot.noMail}</Note>}
      {data?.sendsMail && <MailForm submitText={text.forgot.submit} send={forgotPassword} />}
    </AuthCard>
  )
}

const Elsewhere = () => (
  <>
    <Link to={resetPasswordPath} className="text-accent">
      {text.forgot.has}
    </Link>
    <Link to={signInPath} className="text-accent">
      {text.signIn.title}
    </Link>
  </>
)
