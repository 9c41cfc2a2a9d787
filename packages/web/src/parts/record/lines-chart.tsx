import { useId, useLayoutEffect, useRef, useState } from 'react'
import type { PerformanceEquity } from '@pumpiq/api'
import { signed } from '../../words/show.ts'
import { recordTexts as text } from '../../words/texts/record.ts'

const height = 280
const pad = { top: 12, right: 12, bottom: 26, left: 44 }

/** Our calls stand out; baselines are told apart by dashes and colours, and by the table below. */
const strokes = [
  { colour: 'var(--accent)', dash: '' },
  { colour: 'var(--avoid)', dash: '' },
  { colour: 'var(--avoid)', dash: '2 3' },
  { colour: 'var(--hold)', dash: '' },
  { colour: 'var(--hold)', dash: '6 3' },
  { colour: 'var(--ink-3)', dash: '1 3' },
  { colour: 'var(--buy)', dash: '6 3' },
  { colour: 'var(--sell)', dash: '3 3' },
] as const
export const strokeOf = (line: number) => strokes[line % strokes.length]!

type Props = {
  equity: PerformanceEquity
  /** Which line stands out beside ours; null: none. */
  marked: string | null
  /** Which of the points is looked at. */
  at: number
  onAt: (at: number) => void
}

/** Cumulative R over time: a line each, the zero marked, and a moment that can be looked at by pointer and by keyboard. */
export function LinesChart({ equity, marked, at, onAt }: Props) {
  const { points, lines } = equity
  const [box, width] = useWidth(720)
  const slider = useId()
  const { x, y, ticks } = scalesOf(equity, width)
  const ends = lines.map(({ label, totalR }) => text.lineEnds(label, signed(totalR)))
  const dayOf = (i: number) => points[i]!.slice(0, 10)
  return (
    <div ref={box}>
      <svg
        width={width}
        height={height}
        className="block max-w-full touch-pan-y select-none"
        role="img"
        aria-label={text.equityOf(lines.length, `${dayOf(0)} – ${dayOf(points.length - 1)}.`, ends.join(' '))}
        onPointerMove={({ clientX, currentTarget }) => {
          const left = clientX - currentTarget.getBoundingClientRect().left
          onAt(
            nearest(
              points.map((_, i) => x(i)),
              left,
            ),
          )
        }}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <line
              x1={pad.left}
              x2={width - pad.right}
              y1={y(tick)}
              y2={y(tick)}
              stroke={tick === 0 ? 'var(--ink-3)' : 'var(--line)'}
            />
            <text data-plain x={pad.left - 6} y={y(tick) + 4} textAnchor="end" className="num fill-ink-2 text-[11px]">
              {tick === 0 ? '0' : signed(tick, Math.abs(tick) < 1 ? 1 : 0)}
            </text>
          </g>
        ))}
        <text data-plain x={pad.left} y={height - 6} className="num fill-ink-2 text-[11px]">
          {dayOf(0)}
        </text>
        <text data-plain x={width - pad.right} y={height - 6} textAnchor="end" className="num fill-ink-2 text-[11px]">
          {dayOf(points.length - 1)}
        </text>
        {lines
          .map((line, k) => ({ line, k }))
          .toReversed()
          .map(({ line: { id, cumulativeR }, k }) => {
            const stands = k === 0 || id === marked
            return (
              <path
                key={id}
                d={pathOf(cumulativeR, x, y)}
                fill="none"
                stroke={strokeOf(k).colour}
                strokeDasharray={strokeOf(k).dash}
                strokeWidth={stands ? 2.5 : 1.25}
                strokeOpacity={stands || marked === null ? 1 : 0.35}
                strokeLinejoin="round"
              />
            )
          })}
        <line x1={x(at)} x2={x(at)} y1={pad.top} y2={height - pad.bottom} stroke="var(--ink-3)" strokeDasharray="2 2" />
      </svg>
      <label htmlFor={slider} className="sr-only">
        {text.moment}
      </label>
      <input
        id={slider}
        type="range"
        min={0}
        max={points.length - 1}
        value={at}
        aria-valuetext={dayOf(at)}
        onChange={({ target }) => onAt(Number(target.value))}
        className="block h-6 w-full accent-accent"
      />
    </div>
  )
}

/** How wide there is room; guessed until it is known. */
function useWidth(guess: number) {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(guess)
  useLayoutEffect(() => {
    const at = box.current
    if (!at) return undefined
    const look = () => setWidth(Math.max(240, Math.floor(at.clientWidth)))
    look()
    const observer = new ResizeObserver(look)
    observer.observe(at)
    return () => observer.disconnect()
  }, [])
  return [box, width] as const
}

function scalesOf({ points, lines }: PerformanceEquity, width: number) {
  const first = Date.parse(points[0]!)
  const spread = Math.max(1, Date.parse(points.at(-1)!) - first)
  const values = lines.flatMap(({ cumulativeR }) => cumulativeR)
  const step = niceStep(Math.max(...values, 0) - Math.min(...values, 0))
  const low = Math.floor(Math.min(...values, 0) / step) * step
  const high = Math.ceil(Math.max(...values, 0) / step) * step
  const inner = { width: width - pad.left - pad.right, height: height - pad.top - pad.bottom }
  return {
    x: (i: number) => pad.left + (inner.width * (Date.parse(points[i]!) - first)) / spread,
    y: (r: number) => pad.top + (inner.height * (high - r)) / (high - low),
    ticks: Array.from({ length: Math.round((high - low) / step) + 1 }, (_, k) => low + k * step),
  }
}

/** 1, 2 or 5 times a power of ten, so that about five lines are drawn. */
function niceStep(spread: number): number {
  const rough = (spread || 1) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  return (rough / power > 5 ? 10 : rough / power > 2 ? 5 : rough / power > 1 ? 2 : 1) * power
}

const pathOf = (values: readonly number[], x: (i: number) => number, y: (r: number) => number): string =>
  values.map((r, i) => `${i === 0 ? 'M' : 'L'}${x(i).toFixed(1)} ${y(r).toFixed(1)}`).join('')

function nearest(places: readonly number[], wanted: number): number {
  let best = 0
  for (const [i, place] of places.entries()) if (Math.abs(place - wanted) < Math.abs(places[best]! - wanted)) best = i
  return best
}
