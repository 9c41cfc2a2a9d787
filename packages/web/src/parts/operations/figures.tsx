import type { ReactNode } from 'react'

export type Figure = { readonly name: string; readonly value: ReactNode; readonly more?: ReactNode }

/** A few figures side by side, each with its name and what must be known with it. */
export const Figures = ({ items }: { items: readonly Figure[] }) => (
  <dl className="grid grid-cols-1 gap-x-6 gap-y-4 sm:grid-cols-2 xl:grid-cols-4">
    {items.map(({ name, value, more }) => (
      <div key={name} className="min-w-0">
        <dt className="text-xs text-ink-2">{name}</dt>
        <dd className="num text-lg font-semibold break-words">{value}</dd>
        {more !== undefined && <dd className="text-xs text-ink-2">{more}</dd>}
      </div>
    ))}
  </dl>
)
