import { useQueryClient } from '@tanstack/react-query'
import { sentenceOf } from '../../data/asked.ts'
import { signOut, useSession } from '../../data/session.ts'
import { Link, signInFromHere, useGo } from '../../paths.tsx'
import { prefer, useLocalPreferences } from '../../platform/preferences.ts'
import { shellTexts as text } from '../../words/texts/shell.ts'
import { Button } from '../kit/button.tsx'
import { Choice } from '../kit/choice.tsx'
import { toast } from '../kit/toast.tsx'
import { adminPlace, furtherPlaces, isAt, mainPlaces } from './places.ts'

const themes = (['system', 'light', 'dark'] as const).map((value) => ({ value, label: text.themes[value] }))

/** What the menu of the header holds. */
export function MenuCard({ path }: { path: string }) {
  const { theme } = useLocalPreferences()
  const { data: session } = useSession()
  const runsIt = ['analyst', 'admin'].includes(session?.user?.role ?? '')
  const close = () => document.getElementById('account-menu')?.hidePopover()
  const places = [...mainPlaces, ...furtherPlaces, ...(runsIt ? [adminPlace] : [])]
  return (
    <div className="grid gap-3">
      {session && (
        <div className="grid gap-0.5 text-sm">
          {session.user && <strong className="break-all">{session.user.name}</strong>}
          <span className="text-xs text-ink-2">{session.sentence}</span>
        </div>
      )}
      <nav aria-label={text.more} className="grid">
        {places.map(({ to, label }) => (
          <Link
            key={to}
            to={to}
            current={isAt(path, to)}
            onClick={close}
            className="rounded-lg px-2 py-2 text-sm text-ink no-underline hover:bg-raised aria-[current=page]:font-semibold"
          >
            {label}
          </Link>
        ))}
      </nav>
      <div className="grid gap-1.5">
        <span className="text-xs text-ink-2">{text.theme}</span>
        <Choice label={text.theme} value={theme} options={themes} onChange={(chosen) => prefer({ theme: chosen })} />
      </div>
      {session && <SignInOrOut via={session.via} onDone={close} />}
    </div>
  )
}

function SignInOrOut({ via, onDone }: { via: string; onDone: () => void }) {
  const queries = useQueryClient()
  const go = useGo()
  if (via === 'session') {
    const out = async () => {
      try {
        await signOut()
        // Nothing of whoever was here stays for whoever comes next.
        queries.clear()
        toast(text.signedOut)
        onDone()
        go?.('/')
      } catch (thrown) {
        toast(sentenceOf(thrown), 'bad')
      }
    }
    return <Button onClick={() => void out()}>{text.signOut}</Button>
  }
  return (
    <Link to={signInFromHere()} onClick={onDone} className="text-sm font-semibold text-accent">
      {text.signIn}
    </Link>
  )
}
