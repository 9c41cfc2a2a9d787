import { clsx } from 'clsx'
import type { ReactNode, TdHTMLAttributes, ThHTMLAttributes } from 'react'

/** A table that scrolls within its own frame where it is wider than the screen; `caption` is for readers. */
export const Table = ({
  caption,
  className,
  children,
}: {
  caption: string
  className?: string
  children: ReactNode
}) => (
  <div className="relative -mx-4 overflow-x-auto px-4 sm:-mx-5 sm:px-5" tabIndex={0} role="region" aria-label={caption}>
    <table className={clsx('w-full border-collapse text-sm', className)}>
      <caption className="sr-only">{caption}</caption>
      {children}
    </table>
  </div>
)

type Side = { right?: boolean }

/** The heading of a column. */
export const Th = ({ right = false, className, ...others }: ThHTMLAttributes<HTMLTableCellElement> & Side) => (
  <th
    scope="col"
    {...others}
    className={clsx(
      'border-b border-line px-2 py-2 text-xs font-semibold text-ink-2',
      right ? 'text-right' : 'text-left',
      className,
    )}
  />
)

/** A cell; figures stand at the right. */
export const Td = ({ right = false, className, ...others }: TdHTMLAttributes<HTMLTableCellElement> & Side) => (
  <td {...others} className={clsx('border-b border-line px-2 py-2 align-top', right && 'num text-right', className)} />
)
