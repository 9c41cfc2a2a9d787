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

export type Sorting<Column extends string> = { readonly by: Column; readonly down: boolean }

type SortProps<C extends string> = Side & {
  column: C
  sorting: Sorting<C>
  onSort: (sorting: Sorting<C>) => void
  children: ReactNode
}

/** The heading of a column that can be sorted by. */
export function SortTh<C extends string>({ column, sorting, onSort, right = false, children }: SortProps<C>) {
  const isBy = sorting.by === column
  return (
    <Th right={right} aria-sort={isBy ? (sorting.down ? 'descending' : 'ascending') : 'none'}>
      <button
        type="button"
        className="min-h-6 font-semibold hover:text-ink"
        onClick={() => onSort({ by: column, down: isBy ? !sorting.down : true })}
      >
        {children} <span aria-hidden="true">{isBy ? (sorting.down ? '↓' : '↑') : '↕'}</span>
      </button>
    </Th>
  )
}
