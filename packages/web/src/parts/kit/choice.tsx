import { clsx } from 'clsx'

type Option<T> = { readonly value: T; readonly label: string; readonly count?: number }
type Props<T> = {
  label: string
  value: T
  options: readonly Option<T>[]
  onChange: (value: T) => void
  className?: string
}

/** One of a few, side by side: a filter, a period, an interval. */
export function Choice<T extends string | number | null>({ label, value, options, onChange, className }: Props<T>) {
  return (
    <div role="group" aria-label={label} className={clsx('flex flex-wrap gap-1.5', className)}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={clsx(
            'min-h-8 rounded-full border px-3 text-xs font-medium',
            option.value === value ? 'border-ink bg-ink text-paper' : 'border-line-2 bg-card text-ink hover:bg-raised',
          )}
        >
          {option.label}
          {option.count !== undefined && <span className="num ml-1.5 opacity-75">{option.count}</span>}
        </button>
      ))}
    </div>
  )
}
