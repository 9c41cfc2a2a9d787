import { clsx } from 'clsx'
import type { SourceHealth } from '@pumpiq/api'
import { sourceNotes, standingOf, standingSentence, type SourceStanding } from '../../words/sources.ts'

const signs: Readonly<Record<SourceStanding, string>> = { up: '●', down: '✕', unknown: '○', off: '–' }
const inks: Readonly<Record<SourceStanding, string>> = {
  up: 'text-buy',
  down: 'text-sell',
  unknown: 'text-ink-3',
  off: 'text-ink-3',
}

/** Whether a source answers, since when or why not, and what else must be known of it. */
export function Standing({ source, now }: { source: SourceHealth; now: number }) {
  const standing = standingOf(source)
  return (
    <div className="flex gap-2">
      <span aria-hidden="true" className={clsx('w-3 shrink-0 text-center', inks[standing])}>
        {signs[standing]}
      </span>
      <div className="min-w-0">
        <span className={clsx(standing === 'down' && 'font-semibold text-sell', standing === 'off' && 'text-ink-2')}>
          {standingSentence(source, now)}
        </span>
        {sourceNotes(source, now).map(({ text, isBad }) => (
          <span key={text} className={clsx('block text-xs', isBad ? 'text-avoid' : 'text-ink-2')}>
            {text}
          </span>
        ))}
      </div>
    </div>
  )
}
