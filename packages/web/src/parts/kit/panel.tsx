import type { ReactNode } from 'react'
import type { Asked } from '../../data/asked.ts'
import { Card } from './card.tsx'
import { Problem } from './problem.tsx'
import { Skeleton } from './skeleton.tsx'

type Props<T> = {
  title?: ReactNode
  hint?: ReactNode
  actions?: ReactNode
  level?: 2 | 3
  className?: string
  asked: Asked<T>
  /** How high what comes will be about, in rows of text: nothing jumps when it is there. */
  rows?: number
  /** What long work is doing, where more can be said than that it loads. */
  progress?: ReactNode
  /** What is shown in place of nothing; null where there is something. */
  empty?: (data: T) => ReactNode
  children: (data: T) => ReactNode
}

/** A card for what was asked, with all its states: loading, failed, empty, there, and there but older than wanted. */
export function Panel<T>({ asked, rows = 4, progress, empty, children, ...card }: Props<T>) {
  const { data } = asked
  const nothing = data === null ? null : empty?.(data)
  return (
    <Card {...card}>
      <Problem asked={asked} />
      {data === null && asked.problem === null && <Skeleton rows={rows} progress={progress} />}
      {data !== null && (nothing ? <div className="py-3 text-sm text-ink-2">{nothing}</div> : children(data))}
    </Card>
  )
}
