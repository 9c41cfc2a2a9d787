import type { Recommendation } from '@pumpiq/domain'
import { percent } from '../words/show.ts'

type Measured = Pick<Recommendation, 'type' | 'confidence' | 'breakEven'>

const methods = { prior: 'prior', backtest: 'backtest', live: 'live record' } as const

/** What the probability is of: a HOLD has no targets, only a band to stay in. */
export const chanceOf = (type: Recommendation['type']): string =>
  type === 'HOLD' ? 'Stays inside the band' : 'Target 1 before stop'

/** The probability that target 1 comes before the stop, with its interval, against the probability at which the trade pays nothing. */
export function ConfidenceMeter({
  call: { type, confidence, breakEven },
  wide = false,
}: {
  call: Measured
  wide?: boolean
}) {
  if (!confidence) return <span className="faint">–</span>
  const { value, low, high, n, method } = confidence
  return (
    <div className={`meter${wide ? ' meter-wide' : ''}`}>
      <p className="meter-figures">
        <b className="num">{percent(value)}</b>{' '}
        <span className="faint num nowrap">
          {percent(low).slice(0, -2)}–{percent(high)}
        </span>
      </p>
      <svg
        viewBox="0 0 200 16"
        preserveAspectRatio="none"
        role="img"
        aria-label={sentence(type, confidence, breakEven)}
      >
        <rect className="meter-track" x="0" y="6" width="200" height="4" rx="2" />
        <rect
          className={`meter-span meter-${method}`}
          x={low * 200}
          y="4"
          width={Math.max(2, (high - low) * 200)}
          height="8"
          rx="2"
        />
        <rect className="meter-value" x={value * 200 - 1.5} y="1" width="3" height="14" rx="1" />
        {breakEven !== null && <rect className="meter-even" x={breakEven * 200 - 0.75} y="0" width="1.5" height="16" />}
      </svg>
      <p className="meter-words">
        {!wide && <span className="block">{chanceOf(type)}</span>}
        {methods[method]}
        <span className="num">, n {n.toLocaleString('en')}</span>
        {breakEven !== null && <span className="nowrap num"> · even at {percent(breakEven)}</span>}
      </p>
    </div>
  )
}

function sentence(
  type: Recommendation['type'],
  { value, low, high, n, method }: NonNullable<Measured['confidence']>,
  breakEven: number | null,
): string {
  const against = breakEven === null ? '' : `, against a break-even of ${percent(breakEven)}`
  return `${chanceOf(type)}: ${percent(value)}, interval ${percent(low)} to ${percent(high)}, ${methods[method]} of ${n}${against}`
}
