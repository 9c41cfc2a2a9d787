import { useState } from 'react'
import { operationsTexts as text } from '../../words/texts/operations.ts'
import { Button } from '../kit/button.tsx'

/** The pages gone through so far; the last one is shown. */
export function useCursors() {
  const [cursors, setCursors] = useState<readonly string[]>([])
  return {
    cursor: cursors.at(-1) ?? null,
    first: () => setCursors([]),
    newer: cursors.length === 0 ? null : () => setCursors(cursors.slice(0, -1)),
    olderThan: (next: string | null | undefined) =>
      next === null || next === undefined ? null : () => setCursors([...cursors, next]),
  }
}

type Props = { onNewer: (() => void) | null; onOlder: (() => void) | null }

/** From page to page; nothing where there is one only. */
export const Pager = ({ onNewer, onOlder }: Props) =>
  onNewer === null && onOlder === null ? null : (
    <div className="mt-4 flex gap-2">
      <Button small disabled={onNewer === null} onClick={() => onNewer?.()}>
        {text.newer}
      </Button>
      <Button small disabled={onOlder === null} onClick={() => onOlder?.()}>
        {text.older}
      </Button>
    </div>
  )
