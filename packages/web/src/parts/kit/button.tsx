import { clsx } from 'clsx'
import type { ButtonHTMLAttributes } from 'react'

type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: 'primary' | 'plain' | 'quiet' | 'danger'
  small?: boolean
  /** At work on what was asked: it cannot be asked twice, and readers are told. */
  busy?: boolean
}

const looks = {
  primary: 'bg-accent text-on-accent border-accent hover:brightness-110',
  plain: 'bg-card text-ink border-line-2 hover:bg-raised',
  quiet: 'bg-transparent text-accent border-transparent hover:bg-raised',
  danger: 'bg-card text-sell border-sell hover:bg-sell-soft',
} as const

/** One that submits says `type="submit"`. At least 24 px high even where small, 40 px else. */
export function Button({ look = 'plain', small = false, busy = false, type = 'button', className, ...others }: Props) {
  return (
    <button
      {...others}
      type={type}
      aria-busy={busy || undefined}
      disabled={busy || others.disabled}
      className={clsx(
        'inline-flex items-center justify-center gap-1.5 rounded-lg border font-semibold whitespace-nowrap transition-colors disabled:opacity-55',
        small ? 'min-h-7 px-2.5 text-xs' : 'min-h-10 px-4 text-sm',
        looks[look],
        className,
      )}
    />
  )
}
