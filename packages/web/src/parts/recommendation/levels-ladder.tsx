import { useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { showPrice, toNumber, type Outcome, type Recommendation } from '@pumpiq/domain'
import type { Series } from '@pumpiq/api'
import type { ChartBar } from '../chart/chart-words.ts'
import { distance, instant } from '../../words/show.ts'
import { levelsOf, marksOf, scaleOf, spread, type Level } from '../../words/ladder.ts'
import { eventName } from '../../words/ending.ts'
import { EventMarks } from './event-marks.tsx'

const height = 340
const fullLabel = 186
const shortLabel = 132

type Props = {
  call: Recommendation
  series: Series | null
  /** Candles since the issue, oldest first. */
  since: readonly ChartBar[]
  events: Outcome['events']
}

/** The closes the decision saw, then the horizon with its levels: how far each is, to scale. Over it, what happened. */
export function LevelsLadder({ call, series, since, events }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const closes = (series && series.close.slice(-barsOfHorizon(call, series)).map(toNumber)) ?? []
  const levels = levelsOf(call)
  const values = [
    ...closes,
    ...since.map(({ close }) => toNumber(close)),
    ...[...levels, ...events].map(({ price }) => toNumber(price)),
  ]
  return (
    <div ref={frame} className="min-w-0" style={{ minHeight: height }}>
      {values.length > 1 && <Picture {...{ call, closes, since, levels, events, width }} y={scaleOf(values, height)} />}
    </div>
  )
}

/** As much history as there is horizon, so that time is to scale on both sides of the issue. */
export const barsOfHorizon = (
  { issuedAt, expiresAt }: Recommendation,
  { intervalMs }: Pick<Series, 'intervalMs'>,
): number => Math.max(2, Math.round((Date.parse(expiresAt) - Date.parse(issuedAt)) / intervalMs))

function useWidth(frame: RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(720)
  // Before the first paint: at the width it was made with, the picture would push a narrow page wide for a moment.
  useLayoutEffect(() => {
    if (!frame.current) return undefined
    const take = (given: number) => setWidth(Math.max(260, given))
    take(frame.current.clientWidth)
    const observer = new ResizeObserver(([entry]) => entry && take(entry.contentRect.width))
    observer.observe(frame.current)
    return () => observer.disconnect()
  }, [frame])
  return width
}

type Scale = (value: number) => number
type PictureProps = {
  call: Recommendation
  closes: readonly number[]
  since: readonly ChartBar[]
  levels: readonly Level[]
  events: Outcome['events']
  y: Scale
  width: number
}

function Picture({ call, closes, since, levels, events, y, width }: PictureProps) {
  const roomy = width >= 520
  const right = width - (roomy ? fullLabel : shortLabel)
  const now = Math.round(right / 2)
  const labels = spread(
    levels.map(({ price }) => y(toNumber(price))),
    17,
    height - 8,
  )
  const before = closes.map((close, i) => `${((i / (closes.length - 1)) * now).toFixed(1)},${y(close).toFixed(1)}`)
  return (
    <svg
      data-plain
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={described(call, levels, events)}
      className="block overflow-visible text-[12px]"
    >
      <Zones call={call} y={y} now={now} right={right} />
      {before.length > 1 && (
        <>
          <polygon className="fill-line opacity-50" points={`0,${height} ${before.join(' ')} ${now},${height}`} />
          <polyline className="fill-none stroke-ink [stroke-width:1.5]" points={before.join(' ')} />
        </>
      )}
      <line className="stroke-line-2" strokeDasharray="3 3" x1={now} x2={now} y1="0" y2={height} />
      <Since call={call} since={since} y={y} now={now} right={right} />
      {levels.map((level, i) => (
        <LevelLine
          key={level.id}
          level={level}
          far={roomy && call.price ? distance(call.price.value, level.price) : null}
          at={y(toNumber(level.price))}
          labelAt={labels[i]!}
          now={now}
          right={right}
        />
      ))}
      <EventMarks marks={marksOf(call, events)} y={y} now={now} right={right} />
    </svg>
  )
}

type Place = { call: Recommendation; y: Scale; now: number; right: number }

/** What the price did since, as far as its candles are known. */
function Since({ call: { issuedAt, expiresAt }, since, y, now, right }: Place & { since: readonly ChartBar[] }) {
  const from = Date.parse(issuedAt)
  const length = Date.parse(expiresAt) - from
  const points = since
    .map(({ at, close }) => ({ share: (at - from) / length, close }))
    .filter(({ share }) => share >= 0 && share <= 1)
    .map(({ share, close }) => `${(now + share * (right - now)).toFixed(1)},${y(toNumber(close)).toFixed(1)}`)
  return (
    points.length > 1 && <polyline className="fill-none stroke-accent [stroke-width:1.5]" points={points.join(' ')} />
  )
}

/** What pays, what costs, and where the entry is valid: a twelfth of the horizon, as wide as that. */
function Zones({ call: { entry, stopLoss, targets, band }, y, now, right }: Place) {
  const box = (from: number, to: number) => ({ y: Math.min(from, to), height: Math.abs(to - from) })
  const width = right - now
  const edge = entry && y((toNumber(entry.low) + toNumber(entry.high)) / 2)
  const last = targets.at(-1)
  return (
    <>
      {edge !== null && last && (
        <rect className="fill-gain" {...{ x: now, width }} {...box(edge, y(toNumber(last.price)))} />
      )}
      {edge !== null && stopLoss && (
        <rect className="fill-loss" {...{ x: now, width }} {...box(edge, y(toNumber(stopLoss)))} />
      )}
      {band && (
        <rect
          className="fill-hold-soft"
          {...{ x: now, width }}
          {...box(y(toNumber(band.low)), y(toNumber(band.high)))}
        />
      )}
      {entry && (
        <rect
          className="fill-ink/25"
          x={now}
          width={Math.max(10, width / 12)}
          {...box(y(toNumber(entry.low)), y(toNumber(entry.high)))}
        />
      )}
    </>
  )
}

const inks = {
  target: { line: 'stroke-buy', text: 'fill-buy' },
  stop: { line: 'stroke-sell', text: 'fill-sell' },
  edge: { line: 'stroke-hold', text: 'fill-hold' },
  price: { line: 'stroke-ink', text: 'fill-ink' },
} as const satisfies Record<Level['tone'], unknown>

type LineProps = { level: Level; far: string | null; at: number; labelAt: number; now: number; right: number }

function LevelLine({ level: { tone, label, price }, far, at, labelAt, now, right }: LineProps) {
  const ink = inks[tone]
  return (
    <g>
      <line
        className={ink.line}
        strokeDasharray={tone === 'price' ? '2 3' : undefined}
        x1={tone === 'price' ? 0 : now}
        x2={right}
        y1={at}
        y2={at}
      />
      <path className={`fill-none opacity-60 ${ink.line}`} d={`M${right} ${at}L${right + 8} ${labelAt}`} />
      <text x={right + 12} y={labelAt + 4} className={ink.text}>
        <tspan className="font-semibold">{label}</tspan> <tspan className="num">{showPrice(price)}</tspan>
        {far !== null && (tone === 'target' || tone === 'stop') && <tspan> {far}</tspan>}
      </text>
    </g>
  )
}

function described({ type, symbol, expiresAt }: Recommendation, levels: readonly Level[], events: Outcome['events']) {
  const stand = levels.map(({ label, price }) => `${label} ${price}`).join(', ')
  const came = events.map(({ at, event, price }) => `${eventName(type, event)} ${price} on ${instant(at)}`).join(', ')
  return `${type} ${symbol} until ${instant(expiresAt)}: ${stand}${came && `; then ${came}`}`
}
