import { clsx } from 'clsx'
import { useId, type ReactNode } from 'react'

type Props = {
  title?: ReactNode
  /** A word or two beside the title: what of, as of when. */
  hint?: ReactNode
  /** Buttons and choices at the right of the title. */
  actions?: ReactNode
  level?: 2 | 3
  className?: string
  children?: ReactNode
}

/** A panel with its heading; without a title it is a plain ground. */
export function Card({ title, hint, actions, level = 2, className, children }: Props) {
  const id = useId()
  const Heading = level === 2 ? 'h2' : 'h3'
  const ground = clsx('min-w-0 rounded-xl border border-line bg-card p-4 shadow-card sm:p-5', className)
  if (title === undefined) return <div className={ground}>{children}</div>
  return (
    <section className={ground} aria-labelledby={id}>
      <header className="mb-3 flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <Heading id={id}>{title}</Heading>
        {hint !== undefined && <span className="text-xs text-ink-3">{hint}</span>}
        {actions !== undefined && <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </section>
  )
}
