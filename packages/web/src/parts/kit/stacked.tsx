import { clsx } from 'clsx'
import type { ReactNode } from 'react'

type Props = {
  caption: string
  heads: readonly ReactNode[]
  rights?: readonly number[] | undefined
  children: ReactNode
}

/** A table for wide rows: on a small screen each row is a card whose figures bear the names of their columns. Rows are `StackedRow`s. */
export const Stacked = ({ caption, heads, rights, children }: Props) => (
  <table className="w-full border-collapse text-sm max-md:block">
    <caption className="sr-only">{caption}</caption>
    <thead className="max-md:sr-only">
      <tr>
        {heads.map((head, i) => (
          <th
            // oxlint-disable-next-line react/no-array-index-key -- columns neither come nor go
            key={i}
            scope="col"
            className={clsx(
              'border-b border-line px-2 py-2 text-xs font-semibold text-ink-2 first:pl-0 last:pr-0',
              rights?.includes(i) ? 'text-right' : 'text-left',
            )}
          >
            {head}
          </th>
        ))}
      </tr>
    </thead>
    {children}
  </table>
)

/** Rows that belong together. */
export const StackedBody = ({ children }: { children: ReactNode }) => <tbody className="max-md:block">{children}</tbody>

/** The name of a group of rows, over all columns. */
export const StackedGroup = ({ columns, children }: { columns: number; children: ReactNode }) => (
  <tr className="max-md:block">
    <th scope="rowgroup" colSpan={columns} className="pt-5 pb-1 text-left text-sm font-semibold max-md:block">
      {children}
    </th>
  </tr>
)

export const StackedRow = ({ className, children }: { className?: string; children: ReactNode }) => (
  <tr className={clsx('border-b border-line max-md:block max-md:py-3', className)}>{children}</tr>
)

/** What a row is of. */
export const StackedHead = ({ className, children }: { className?: string; children: ReactNode }) => (
  <th
    scope="row"
    className={clsx(
      'px-2 py-2 text-left align-top font-semibold first:pl-0 max-md:block max-md:px-0 max-md:py-0.5',
      className,
    )}
  >
    {children}
  </th>
)

type CellProps = { name?: string; right?: boolean; className?: string; children: ReactNode }

/** `name` is what its column is called, told beside the figure where there are no columns. */
export const StackedCell = ({ name, right = false, className, children }: CellProps) => (
  <td
    data-name={name}
    className={clsx(
      'px-2 py-2 align-top last:pr-0 max-md:px-0 max-md:py-0.5',
      name === undefined
        ? 'max-md:block'
        : 'max-md:flex max-md:justify-between max-md:gap-4 max-md:before:shrink-0 max-md:before:text-xs max-md:before:leading-5 max-md:before:text-ink-2 max-md:before:content-[attr(data-name)]',
      right && 'num text-right',
      className,
    )}
  >
    {name === undefined ? children : <div className="min-w-0 max-md:text-right">{children}</div>}
  </td>
)
