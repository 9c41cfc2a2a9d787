import { useLocation } from '@tanstack/react-router'
import { clsx } from 'clsx'
import { Suspense } from 'react'
import { useSession } from '../data/session.ts'
import { Card } from '../parts/kit/card.tsx'
import { Note } from '../parts/kit/note.tsx'
import { Problem } from '../parts/kit/problem.tsx'
import { Skeleton } from '../parts/kit/skeleton.tsx'
import { refusalOf, sectionPath, sections } from '../parts/operations/sections.ts'
import { Link, operationsPath, signInFromHere } from '../paths.tsx'
import { operationsTexts as text } from '../words/texts/operations.ts'

/** On a small screen not all tabs are seen at once. */
const intoView = (tab: HTMLLIElement | null): void => tab?.scrollIntoView({ block: 'nearest', inline: 'center' })

/** How the installation works, for those who run it; each section has an address of its own. */
export function OperationsPage() {
  const path = useLocation({ select: ({ pathname }) => pathname })
  const id = path.slice(operationsPath.length).replaceAll('/', '') || 'overview'
  const section = sections.find((one) => one.id === id)
  return (
    <div className="grid grid-cols-1 gap-5">
      <header className="grid gap-1">
        <h1>{text.title}</h1>
        <p className="max-w-3xl text-sm text-ink-2">{text.lead}</p>
      </header>
      <nav aria-label={text.nav} className="-mx-4 overflow-x-auto border-b border-line px-4 sm:mx-0 sm:px-0">
        <ul className="flex gap-1">
          {sections.map(({ id: one, label }) => (
            <li key={one} ref={one === id ? intoView : undefined}>
              <Link
                to={sectionPath(one)}
                current={one === id}
                className={clsx(
                  'block border-b-2 px-3 py-2 text-sm whitespace-nowrap no-underline',
                  one === id ? 'border-accent font-semibold text-ink' : 'border-transparent text-ink-2 hover:text-ink',
                )}
              >
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {section ? <Allowed section={section} /> : <Note title={text.noSection}>{text.noSectionWhy}</Note>}
    </div>
  )
}

/** Nothing is asked that would be refused anyway. */
function Allowed({ section: { needs, Body } }: { section: (typeof sections)[number] }) {
  const session = useSession()
  if (session.data === null)
    return (
      <Card>
        <Problem asked={session} />
        {session.problem === null && <Skeleton rows={8} />}
      </Card>
    )
  const role = session.data.user?.role ?? null
  const refusal = refusalOf(needs, role)
  if (refusal !== null)
    return (
      <Note
        title={text.refused.title}
        {...(role === null && {
          actions: (
            <Link to={signInFromHere()} className="font-semibold text-accent underline">
              {text.refused.signIn}
            </Link>
          ),
        })}
      >
        {refusal}
      </Note>
    )
  return (
    <Suspense
      fallback={
        <Card>
          <Skeleton rows={8} />
        </Card>
      }
    >
      <Body isAdmin={role === 'admin'} />
    </Suspense>
  )
}
