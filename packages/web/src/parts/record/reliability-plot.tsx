import type { PerformanceCalibration } from '@pumpiq/api'
import { recordTexts as text } from '../../words/texts/record.ts'

export type Bins = NonNullable<PerformanceCalibration['methods'][number]['shown']['bins']>

const size = 300
const pad = { top: 10, right: 10, bottom: 34, left: 42 }
const x = (share: number) => pad.left + share * (size - pad.left - pad.right)
const y = (share: number) => size - pad.bottom - share * (size - pad.top - pad.bottom)
const ticks = [0, 0.25, 0.5, 0.75, 1]

/** Said against happened: a point a group, as large as it has calls, with its interval; on the diagonal both are the same. */
export function ReliabilityPlot({ bins }: { bins: Bins }) {
  const told = bins.flatMap(({ n, meanForecast, observed, low, high }) =>
    meanForecast === null || observed === null ? [] : [{ n, meanForecast, observed, low, high }],
  )
  const most = Math.max(1, ...told.map(({ n }) => n))
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      className="mx-auto w-full max-w-[300px]"
      role="img"
      aria-label={text.reliabilityOf(told.length)}
    >
      {ticks.map((tick) => (
        <g key={tick} className="num">
          <line x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} stroke="var(--line)" />
          <line x1={x(tick)} x2={x(tick)} y1={y(0)} y2={y(1)} stroke="var(--line)" />
          <text data-plain x={x(0) - 6} y={y(tick) + 4} textAnchor="end" className="fill-ink-2 text-[11px]">
            {tick * 100}
          </text>
          <text data-plain x={x(tick)} y={y(0) + 14} textAnchor="middle" className="fill-ink-2 text-[11px]">
            {tick * 100}
          </text>
        </g>
      ))}
      <text data-plain x={x(0.5)} y={size - 4} textAnchor="middle" className="fill-ink-2 text-[11px]">
        {text.said}, %
      </text>
      <text
        data-plain
        transform={`translate(10 ${y(0.5)}) rotate(-90)`}
        textAnchor="middle"
        className="fill-ink-2 text-[11px]"
      >
        {text.happened}, %
      </text>
      <line x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} stroke="var(--ink-3)" strokeDasharray="4 4" />
      {told.map(({ n, meanForecast, observed, low, high }) => (
        <g key={meanForecast} stroke="var(--accent)">
          {low !== null && high !== null && (
            <>
              <line x1={x(meanForecast)} x2={x(meanForecast)} y1={y(low)} y2={y(high)} strokeWidth="2" />
              <line x1={x(meanForecast) - 4} x2={x(meanForecast) + 4} y1={y(low)} y2={y(low)} strokeWidth="2" />
              <line x1={x(meanForecast) - 4} x2={x(meanForecast) + 4} y1={y(high)} y2={y(high)} strokeWidth="2" />
            </>
          )}
          <circle
            cx={x(meanForecast)}
            cy={y(observed)}
            r={3 + 5 * Math.sqrt(n / most)}
            fill="var(--accent)"
            stroke="var(--card)"
            strokeWidth="1.5"
          />
        </g>
      ))}
    </svg>
  )
}
