import { clsx } from 'clsx'
import { alertsPath, Link } from '../../paths.tsx'
import { shellTexts as text } from '../../words/texts/shell.ts'
import { AlertsLabel } from '../alerts/unread.tsx'
import { isAt, mainPlaces } from './places.ts'

const icons: Readonly<Record<string, string>> = {
  '/': 'M3 17l5-6 4 3 5-8',
  '/record': 'M4 16V9m4 7V5m4 11v-5m4 5V7',
  '/portfolio': 'M3 7h14v9H3zM7 7V5h6v2',
  '/alerts': 'M5 14h10l-1.500-2V8.500a3.500 3.500 0 0 0-7 0V12zM9 16.500h2',
}

/** The main pages under the thumb, on small screens. */
export const TabBar = ({ path }: { path: string }) => (
  <nav
    aria-label={text.pages}
    className="fixed inset-x-0 bottom-0 z-30 grid grid-cols-4 border-t border-line bg-card pb-[env(safe-area-inset-bottom)] lg:hidden"
  >
    {mainPlaces.map(({ to, label, short = label }) => (
      <Link
        key={to}
        to={to}
        current={isAt(path, to)}
        className={clsx(
          'grid min-h-14 place-content-center justify-items-center gap-0.5 text-xs no-underline',
          isAt(path, to) ? 'font-semibold text-accent' : 'text-ink-2',
        )}
      >
        <svg
          viewBox="0 0 20 20"
          aria-hidden="true"
          className="size-5 fill-none stroke-current"
          strokeWidth="1.8"
          strokeLinecap="round"
          strokeLinejoin="round"
        >
          <path d={icons[to]} />
        </svg>
        {to === alertsPath ? <AlertsLabel /> : short}
      </Link>
    ))}
  </nav>
)
