import { settleSignedOut, type SignedOut } from '../../data/session.ts'
import { accountTexts as text } from '../../words/texts/accounts.ts'
import { Dialog } from '../kit/dialog.tsx'
import { toast } from '../kit/toast.tsx'
import { SignInForm } from './sign-in-form.tsx'

/** Over the page one was at, so that nothing of it is lost. */
export function SignInAgain({ who: { email } }: { who: SignedOut }) {
  const back = () => {
    toast(text.again.done)
    settleSignedOut(true)
  }
  return (
    <Dialog
      title={email === null ? text.again.titleNobody : text.again.title}
      open
      onClose={() => settleSignedOut(false)}
    >
      <p className="text-sm text-ink-2">{email === null ? text.again.leadNobody : text.again.lead}</p>
      <SignInForm {...(email !== null && { email })} onDone={back} />
    </Dialog>
  )
}
