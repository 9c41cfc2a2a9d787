import { clsx } from 'clsx'
import type { Recommendation } from '@pumpiq/domain'
import { figure, percent } from '../words/show.ts'

type Measured = Pick<Recommendation, 'type' | 'confidence' | 'breakEven'>
type Confidence = NonNullable<Measured['confidence']>

export const methods = { prior: 'prior', backtest: 'backtest', live: 'live record' } as const

/** What the probability is of: a HOLD has no targets, only a band to stay in. */
export const chanceOf = (type: Recommendation['type']): string =>
  type === 'HOLD' ? 'Stays inside the band' : 'Target 1 before stop'

/** The probability that target 1 comes before the stop, with its interval, against the probability at which the trade pays nothing. */
export function ConfidenceMeter({ call: { type, confidence, breakEven } }: { call: Measured }) {
  if (!confidence) return <span className="text-ink-3">–</span>
  const { value, low, high, n, method } = confidence
  return (
    <div className="grid min-w-36 gap-1">
      <p className="num text-sm leading-none">
        <b>{percent(value)}</b>{' '}
        <span className="text-xs whitespace-nowrap text-ink-3">
          {percent(low).slice(0, -2)}–{percent(high)}
        </span>
      </p>
      <MeterBar call={{ type, confidence, breakEven }} />
      <p className="text-xs text-ink-3">
        <span className="block">{chanceOf(type)}</span>
        {methods[method]}
        <span className="num">, n {figure(n)}</span>
        {breakEven !== null && <span className="num whitespace-nowrap"> · even at {percent(breakEven)}</span>}
      </p>
    </div>
  )
}

const spans = { prior: 'fill-ink-3/45', backtest: 'fill-hold/60', live: 'fill-accent/60' } as const

/** 0 to 100 %: the interval as a bar, the value as a stroke through it, break-even as a thin line over all. */
export function MeterBar({ call: { type, confidence, breakEven }, tall = false }: { call: Measured; tall?: boolean }) {
  if (!confidence) return null
  const { value, low, high, method } = confidence
  return (
    <svg
      viewBox="0 0 200 16"
      preserveAspectRatio="none"
      role="img"
      className={clsx('block w-full', tall ? 'h-6' : 'h-4')}
      aria-label={sentence(type, confidence, breakEven)}
    >
      <rect className="fill-line" x="0" y="6" width="200" height="4" rx="2" />
      <rect className={spans[method]} x={low * 200} y="3" width={Math.max(2, (high - low) * 200)} height="10" rx="2" />
      <rect className="fill-ink" x={value * 200 - 1.5} y="1" width="3" height="14" rx="1" />
      {breakEven !== null && <rect className="fill-sell" x={breakEven * 200 - 0.75} y="0" width="1.5" height="16" />}
    </svg>
  )
}

function sentence(type: Recommendation['type'], { value, low, high, n, method }: Confidence, even: number | null) {
  const against = even === null ? '' : `, against a break-even of ${percent(even)}`
  return `${chanceOf(type)}: ${percent(value)}, interval ${percent(low)} to ${percent(high)}, ${methods[method]} of ${n}${against}`
}
