import { lazy, Suspense, useState } from 'react'
import { shellTexts as text } from '../../words/texts/shell.ts'

const MenuCard = lazy(() => import('./menu-card.tsx').then(({ MenuCard: card }) => ({ default: card })))

/** Who is here, how it looks, and the pages that are not in the first row. What it opens is loaded then. */
export function AccountMenu({ path }: { path: string }) {
  const [wasOpen, setWasOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        popoverTarget="account-menu"
        aria-label={text.menu}
        aria-haspopup="true"
        onClick={() => setWasOpen(true)}
        className="inline-flex size-9 items-center justify-center rounded-lg border border-line-2 bg-card text-ink-2 hover:text-ink"
      >
        <svg viewBox="0 0 20 20" aria-hidden="true" className="size-5 fill-none stroke-current" strokeWidth="1.8">
          <circle cx="10" cy="6.5" r="3.2" />
          <path d="M3.5 17c.6-3.6 3.2-5.4 6.5-5.4s5.900 1.800 6.500 5.400" strokeLinecap="round" />
        </svg>
      </button>
      <div
        id="account-menu"
        popover="auto"
        className="fixed inset-auto top-14 right-4 m-0 w-72 rounded-xl border border-line-2 bg-card p-3 text-ink shadow-card sm:right-6"
      >
        {wasOpen && (
          <Suspense>
            <MenuCard path={path} />
          </Suspense>
        )}
      </div>
    </>
  )
}
