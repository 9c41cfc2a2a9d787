import { clsx } from 'clsx'
import type { ReactNode } from 'react'

type Props = {
  tone?: 'info' | 'good' | 'warn' | 'bad'
  title?: ReactNode
  actions?: ReactNode
  className?: string
  children?: ReactNode
}

const tones = {
  info: 'border-line-2 bg-raised',
  good: 'border-buy bg-buy-soft',
  warn: 'border-avoid bg-warn-soft',
  bad: 'border-sell bg-sell-soft',
} as const

/** A sentence that must not be overlooked. What is bad or warns is read out at once. */
export function Note({ tone = 'info', title, actions, className, children }: Props) {
  const isUrgent = tone === 'bad' || tone === 'warn'
  return (
    <div
      role={isUrgent ? 'alert' : 'note'}
      className={clsx(
        'min-w-0 rounded-lg border-l-4 px-4 py-2.5 text-sm [overflow-wrap:anywhere] text-ink',
        tones[tone],
        className,
      )}
    >
      {title !== undefined && <strong className="font-semibold">{title} </strong>}
      {children}
      {actions !== undefined && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
    </div>
  )
}
