import { clsx } from 'clsx'

/** From the middle: right is up, left is down. `value` in [-1, 1]; what it says stands beside it in figures. */
export function LeanBar({ value, className }: { value: number; className?: string }) {
  const width = Math.min(1, Math.abs(value)) * 50
  return (
    <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" className={clsx('h-2.5 w-full', className)}>
      <rect className="fill-line" y="4" width="100" height="2" />
      <rect className="fill-line-2" x="49.6" width="0.8" height="10" />
      <rect
        className={value < 0 ? 'fill-sell' : 'fill-buy'}
        x={value < 0 ? 50 - width : 50}
        y="1.5"
        width={width}
        height="7"
      />
    </svg>
  )
}
