import { clsx } from 'clsx'
import type { ReactNode } from 'react'

const tones = {
  buy: 'bg-buy-soft text-buy',
  sell: 'bg-sell-soft text-sell',
  hold: 'bg-hold-soft text-hold',
  avoid: 'bg-avoid-soft text-avoid',
  plain: 'bg-raised text-ink-2 border border-line-2',
  hazard: 'bg-hazard text-on-hazard',
} as const
export type BadgeTone = keyof typeof tones

/** A word on a ground of its meaning; the meaning is never in the colour alone. */
export const Badge = ({
  tone = 'plain',
  className,
  children,
}: {
  tone?: BadgeTone
  className?: string
  children: ReactNode
}) => (
  <span
    className={clsx(
      'inline-flex items-center gap-1 rounded px-1.5 py-0.5 text-xs font-semibold whitespace-nowrap',
      tones[tone],
      className,
    )}
  >
    {children}
  </span>
)
