import type { ReactNode } from 'react'
import { stateTexts } from '../../words/texts/states.ts'

/** Holds the place of what comes, in rows of text. `progress` says what long work is doing. */
export function Skeleton({ rows = 4, progress }: { rows?: number; progress?: ReactNode }) {
  return (
    <div role="status" className="grid gap-2">
      <span className={progress === undefined ? 'sr-only' : 'text-sm text-ink-2'}>
        {progress ?? stateTexts.loading}
      </span>
      {Array.from({ length: rows }, (_, row) => (
        <span
          key={row}
          aria-hidden="true"
          className="h-4 animate-pulse rounded bg-line motion-reduce:animate-none"
          style={{ width: `${92 - ((row * 17) % 40)}%` }}
        />
      ))}
    </div>
  )
}
