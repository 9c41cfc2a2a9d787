import { clsx } from 'clsx'
import type { RecommendationSummary } from '@pumpiq/api'
import { percent } from '../../words/show.ts'
import { marketTexts as text } from '../../words/texts/market.ts'

type Measured = Pick<RecommendationSummary, 'type' | 'confidence' | 'breakEven'>

/** A chance with its interval and method against break-even, as high as two lines of text. */
export function SmallMeter({ call: { type, confidence, breakEven } }: { call: Measured }) {
  if (!confidence) return <span className="text-ink-3">–</span>
  const { value, low, high, method } = confidence
  const what = type === 'HOLD' ? text.insideBand : text.targetFirst
  const even = breakEven === null ? null : percent(breakEven)
  const sentence = text.meter(what, percent(value), percent(low), percent(high), text.methods[method], even)
  const isMeasured = method !== 'prior'
  return (
    <div className="w-full max-w-36" title={sentence}>
      <p className="flex items-baseline gap-1.5 whitespace-nowrap">
        <b className="num text-sm font-semibold">{percent(value)}</b>
        <span className="num text-xs text-ink-3">
          {percent(low).slice(0, -2)}–{percent(high).slice(0, -2)}
        </span>
        <span className="ml-auto text-xs text-ink-3">{even === null ? text.methods[method] : text.even(even)}</span>
      </p>
      <svg viewBox="0 0 200 10" preserveAspectRatio="none" role="img" aria-label={sentence} className="mt-1 h-2 w-full">
        <rect y="3" width="200" height="4" rx="2" className="fill-line" />
        <rect
          x={low * 200}
          y="1.5"
          width={Math.max(2, (high - low) * 200)}
          height="7"
          rx="2"
          className={clsx(isMeasured ? 'fill-accent/60' : 'fill-ink-3/50')}
        />
        <rect
          x={value * 200 - 1.5}
          width="3"
          height="10"
          rx="1"
          className={isMeasured ? 'fill-accent' : 'fill-ink-2'}
        />
        {breakEven !== null && <rect x={breakEven * 200 - 0.75} width="1.5" height="10" className="fill-sell" />}
      </svg>
    </div>
  )
}
