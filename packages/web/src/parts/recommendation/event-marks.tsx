import { toNumber } from '@pumpiq/domain'
import { toneOfEvent } from '../../words/ending.ts'
import { apart, type Mark } from '../../words/ladder.ts'

type Props = { marks: readonly Mark[]; y: (value: number) => number; now: number; right: number }

const inks = {
  target: 'stroke-buy',
  stop: 'stroke-sell',
  edge: 'stroke-accent',
  price: 'stroke-ink',
} as const

/** The way a call took, over its horizon: a line through what happened, and a number at each, the same as in the table. */
export function EventMarks({ marks, y, now, right }: Props) {
  const points = marks.map(({ at, price }) => ({ x: now + at * (right - now), y: y(toNumber(price)) }))
  const places = apart(points, 17, right)
  return (
    <>
      <polyline
        className="fill-none stroke-accent"
        strokeDasharray="4 3"
        points={points.map((point) => `${point.x.toFixed(1)},${point.y.toFixed(1)}`).join(' ')}
      />
      {marks.map(({ number, event }, i) => (
        <g key={number}>
          <circle
            className={`fill-card [stroke-width:1.5] ${inks[toneOfEvent(event)]}`}
            cx={places[i]!.x}
            cy={places[i]!.y}
            r="8"
          />
          <text
            className="fill-ink text-[11px] font-semibold"
            x={places[i]!.x}
            y={places[i]!.y + 4}
            textAnchor="middle"
          >
            {number}
          </text>
        </g>
      ))}
    </>
  )
}
