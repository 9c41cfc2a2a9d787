import { clsx } from 'clsx'
import type { Health } from '@pumpiq/api'
import type { Asked } from '../../data/asked.ts'
import { alertsPath, Link } from '../../paths.tsx'
import { shellTexts as text } from '../../words/texts/shell.ts'
import { AlertsLabel } from '../alerts/unread.tsx'
import { AccountMenu } from './account-menu.tsx'
import { isAt, mainPlaces } from './places.ts'
import { SearchBox } from './search-box.tsx'
import { StatusPill } from './status-pill.tsx'

/** At the head of every page, and it stays there. */
export const Header = ({ health, path }: { health: Asked<Health>; path: string }) => (
  <header className="sticky top-0 z-30 border-b border-line bg-paper">
    <div className="mx-auto flex max-w-[90rem] items-center gap-x-3 px-4 py-2 sm:px-6">
      <Link to="/" className="flex items-center gap-2 text-lg font-bold text-ink no-underline" title={text.motto}>
        <Mark />
        PumpIQ
      </Link>
      <nav aria-label={text.pages} className="ml-2 hidden gap-1 lg:flex">
        {mainPlaces.map(({ to, label }) => (
          <Link
            key={to}
            to={to}
            current={isAt(path, to)}
            className={clsx(
              'rounded-lg px-3 py-1.5 text-sm font-medium no-underline',
              isAt(path, to) ? 'bg-card text-ink shadow-card ring-1 ring-line' : 'text-ink-2 hover:text-ink',
            )}
          >
            {to === alertsPath ? <AlertsLabel /> : label}
          </Link>
        ))}
      </nav>
      <div className="ml-auto flex items-center gap-2">
        <SearchBox />
        <StatusPill health={health} />
        <AccountMenu path={path} />
      </div>
    </div>
  </header>
)

const Mark = () => (
  <svg viewBox="0 0 32 32" aria-hidden="true" className="size-7">
    <rect width="32" height="32" rx="7" className="fill-accent" />
    <path d="M7 22h18M7 16h11M7 10h18" className="stroke-on-accent/35" strokeWidth="2" strokeLinecap="round" />
    <path
      d="m8 21 6-6 4 3 7-9"
      className="fill-none stroke-on-accent"
      strokeWidth="3"
      strokeLinejoin="round"
      strokeLinecap="round"
    />
  </svg>
)
