import { useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { showPrice, toNumber, type Outcome, type Recommendation } from '@pumpiq/domain'
import type { Series } from '@pumpiq/api'
import { distance, instant } from '../words/show.ts'
import { levelsOf, marksOf, scaleOf, spread, type Level } from '../words/ladder.ts'
import { eventName } from '../words/ending.ts'
import { EventMarks } from './event-marks.tsx'

const height = 320
const fullLabel = 186
const shortLabel = 132

type Props = { call: Recommendation; series: Series | null; events?: Outcome['events'] | undefined }

const none: Outcome['events'] = []

/** The closes the decision saw, then the horizon with its levels: how far each is, to scale. Over it, what happened. */
export function LevelsLadder({ call, series, events = none }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const closes = (series && series.close.slice(-barsOfHorizon(call, series)).map(toNumber)) ?? []
  const levels = levelsOf(call)
  const values = [
    ...closes,
    ...levels.map(({ price }) => toNumber(price)),
    ...events.map(({ price }) => toNumber(price)),
  ]
  return (
    <div ref={frame} className="ladder">
      {values.length > 1 && (
        <Picture
          call={call}
          closes={closes}
          levels={levels}
          events={events}
          y={scaleOf(values, height)}
          width={width}
        />
      )}
      {series && closes.length > 1 && (
        <p className="faint small">
          {closes.length} closes of {series.id}, {series.intervalMs / 60_000} minutes each
          {events.length > 0 && '; the numbers are what happened, as in the table of the outcome'}
        </p>
      )}
    </div>
  )
}

/** As much history as there is horizon, so that time is to scale on both sides of the issue. */
const barsOfHorizon = ({ issuedAt, expiresAt }: Recommendation, { intervalMs }: Series): number =>
  Math.max(2, Math.round((Date.parse(expiresAt) - Date.parse(issuedAt)) / intervalMs))

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

type PictureProps = {
  call: Recommendation
  closes: readonly number[]
  levels: readonly Level[]
  events: Outcome['events']
  y: (value: number) => number
  width: number
}

function Picture({ call, closes, levels, events, y, width }: PictureProps) {
  const roomy = width >= 520
  const right = width - (roomy ? fullLabel : shortLabel)
  const now = Math.round(right / 2)
  const labels = spread(
    levels.map(({ price }) => y(toNumber(price))),
    17,
    height - 8,
  )
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={described(call, levels, events)}
    >
      <Zones call={call} y={y} now={now} right={right} />
      <Closes closes={closes} y={y} now={now} />
      <line className="ladder-now" x1={now} x2={now} y1="0" y2={height} />
      {levels.map((level, i) => (
        <LevelLine
          key={level.id}
          level={level}
          from={roomy ? (call.price?.value ?? null) : null}
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

type ZonesProps = { call: Recommendation; y: (value: number) => number; now: number; right: number }

/** What pays, what costs, and where the entry is valid: a twelfth of the horizon, as wide as that. */
function Zones({ call: { entry, stopLoss, targets, band }, y, now, right }: ZonesProps) {
  const box = (from: number, to: number) => ({ y: Math.min(from, to), height: Math.abs(to - from) })
  const horizon = right - now
  const edge = entry && y((toNumber(entry.low) + toNumber(entry.high)) / 2)
  const last = targets.at(-1)
  return (
    <>
      {edge !== null && last && (
        <rect className="zone-gain" x={now} width={horizon} {...box(edge, y(toNumber(last.price)))} />
      )}
      {edge !== null && stopLoss && (
        <rect className="zone-loss" x={now} width={horizon} {...box(edge, y(toNumber(stopLoss)))} />
      )}
      {band && (
        <rect className="zone-band" x={now} width={horizon} {...box(y(toNumber(band.low)), y(toNumber(band.high)))} />
      )}
      {entry && (
        <rect
          className="zone-entry"
          x={now}
          width={Math.max(10, horizon / 12)}
          {...box(y(toNumber(entry.low)), y(toNumber(entry.high)))}
        />
      )}
    </>
  )
}

function Closes({ closes, y, now }: { closes: readonly number[]; y: (value: number) => number; now: number }) {
  if (closes.length < 2) return null
  const points = closes.map((close, i) => `${((i / (closes.length - 1)) * now).toFixed(1)},${y(close).toFixed(1)}`)
  return (
    <>
      <polygon className="closes-area" points={`0,${height} ${points.join(' ')} ${now},${height}`} />
      <polyline className="closes" points={points.join(' ')} />
    </>
  )
}

type LineProps = {
  level: Level
  from: Recommendation['targets'][number]['price'] | null
  at: number
  labelAt: number
  now: number
  right: number
}

function LevelLine({ level, from, at, labelAt, now, right }: LineProps) {
  return (
    <g className={`level level-${level.tone}`}>
      <line x1={level.tone === 'price' ? 0 : now} x2={right} y1={at} y2={at} />
      <path d={`M${right} ${at}L${right + 8} ${labelAt}`} />
      <text x={right + 12} y={labelAt + 4}>
        <tspan className="level-name">{level.label}</tspan> <tspan className="num">{showPrice(level.price)}</tspan>
        {from !== null && level.tone !== 'price' && level.tone !== 'edge' && (
          <tspan className="level-far"> {distance(from, level.price)}</tspan>
        )}
      </text>
    </g>
  )
}

function described({ type, symbol, expiresAt }: Recommendation, levels: readonly Level[], events: Outcome['events']) {
  const stand = levels.map(({ label, price }) => `${label} ${price}`).join(', ')
  const came = events.map(({ at, event, price }) => `${eventName(type, event)} ${price} on ${instant(at)}`).join(', ')
  return `${type} ${symbol} until ${instant(expiresAt)}: ${stand}${came && `; then ${came}`}`
}
