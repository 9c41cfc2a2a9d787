import { useState } from 'react'

export type Pages = {
  readonly cursor: string | null
  /** Null: the first page is shown. */
  readonly newer: (() => void) | null
  /** To the page after the one whose `next` this is; null where there is none. */
  readonly older: (next: string | null | undefined) => (() => void) | null
}

/** The way through a list that is told in pages, newest first. */
export function usePages(): Pages {
  const [cursors, setCursors] = useState<readonly string[]>([])
  return {
    cursor: cursors.at(-1) ?? null,
    newer: cursors.length === 0 ? null : () => setCursors(cursors.slice(0, -1)),
    older: (next) => (typeof next === 'string' ? () => setCursors([...cursors, next]) : null),
  }
}
