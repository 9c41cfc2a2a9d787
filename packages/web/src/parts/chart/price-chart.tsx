import { useId, useState, type KeyboardEvent } from 'react'
import { showInterval, showPrice } from '@pumpiq/domain'
import { instant } from '../../words/show.ts'
import { chartTexts as text } from '../../words/texts/chart.ts'
import { Button } from '../kit/button.tsx'
import { BarLegend } from './bar-legend.tsx'
import { BarTable } from './bar-table.tsx'
import type { ChartData, ChartPin } from './chart-words.ts'
import type { Drawing, Seen } from './drawing.ts'
import { PinLane } from './pin-lane.tsx'
import { useDrawing } from './use-drawing.ts'

type Props = ChartData & {
  /** Of what, as people call it. */
  symbol: string
  /** What is seen stays while this stays the same: the token and the interval. */
  subject: string
  pins?: readonly ChartPin[]
  /** The reader is near the oldest candle there is: whoever has older ones brings them. */
  onOlder?: () => void
  isLoadingOlder?: boolean
  /** Height of the prices alone, px. */
  height?: number
}

const paneHeight = 92
/** So near to the first candle, older ones are asked for. */
const nearBars = 12
const noPins: readonly ChartPin[] = []

/**
 * Candles with what is drawn on and below them. Its place is held from the start; the library comes when it is shown. What it says is also said
 * in a sentence, at each candle by keyboard, and in a table.
 */
export function PriceChart({
  symbol,
  subject,
  pins = noPins,
  onOlder,
  isLoadingOlder = false,
  height = 340,
  ...data
}: Props) {
  const [pointed, setPointed] = useState<number | null>(null)
  const [seen, setSeen] = useState<Seen | null>(null)
  const onSeen = (next: Seen | null) => {
    setSeen(next)
    if (next && next.from < nearBars) onOlder?.()
  }
  const { place, drawing, failed, again } = useDrawing(data, subject, { onSeen, onBar: setPointed })
  const summary = useId()
  const count = data.bars.length
  const whole = height + (data.panes?.length ?? 0) * paneHeight
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || !drawing) return
    const next = keyed(event.key, drawing, count, pointed)
    if (next === undefined) return
    event.preventDefault()
    if (next !== null) setPointed(next)
  }
  return (
    <div className="grid min-w-0 gap-2">
      <BarLegend {...data} index={pointed ?? count - 1} />
      {pins.length > 0 && <PinLane pins={pins} drawing={drawing} seen={seen} height={whole} />}
      <div
        role="group"
        tabIndex={0}
        aria-label={text.summary(symbol, count, showInterval(data.intervalMs), ...endsOf(data))}
        aria-describedby={summary}
        onKeyDown={onKeyDown}
        className="relative overflow-hidden rounded-lg border border-line"
        style={{ height: whole }}
      >
        <div ref={place} aria-hidden="true" className="absolute inset-0" />
        {drawing === null && (
          <p
            role="status"
            className="absolute inset-0 grid place-content-center justify-items-center gap-2 text-sm text-ink-2"
          >
            {failed ? text.failed : text.loading}
            {failed && <Button onClick={again}>{text.again}</Button>}
          </p>
        )}
      </div>
      <Controls drawing={drawing} note={isLoadingOlder ? text.loadingOlder : null} />
      <p id={summary} className="text-xs text-ink-2">
        {rangeOf(data)} <span className="sr-only">{text.keys}</span>
      </p>
      <BarTable {...data} symbol={symbol} />
    </div>
  )
}

/** The candle that is read after a key; null where what is read stays, undefined where the key is none of the chart's. */
function keyed(key: string, drawing: Drawing, count: number, at: number | null): number | null | undefined {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[key]
  if (step !== undefined) {
    const next = Math.min(count - 1, Math.max(0, (at ?? count - 1 - step) + step))
    drawing.point(next)
    return next
  }
  if (key === '+' || key === '-') return zoom(drawing, key === '+' ? 0.7 : 1.4)
  if (key === 'End') {
    drawing.newest()
    return null
  }
  if (key === 'Home') return shift(drawing, -1e9)
  return undefined
}

function zoom(drawing: Drawing, by: number): null {
  const seen = drawing.seen()
  if (seen) drawing.see({ from: seen.to - (seen.to - seen.from) * by, to: seen.to })
  return null
}

/** By so many widths of what is seen; not past the ends. */
function shift(drawing: Drawing, widths: number): null {
  const seen = drawing.seen()
  if (!seen) return null
  const by = Math.max(widths * (seen.to - seen.from), -1 - seen.from)
  drawing.see({ from: seen.from + by, to: seen.to + by })
  return null
}

const Controls = ({ drawing, note }: { drawing: Drawing | null; note: string | null }) => (
  <div className="flex flex-wrap items-center gap-1.5">
    {(
      [
        ['←', text.earlier, () => drawing && shift(drawing, -0.5)],
        ['→', text.later, () => drawing && shift(drawing, 0.5)],
        ['−', text.zoomOut, () => drawing && zoom(drawing, 1.4)],
        ['+', text.zoomIn, () => drawing && zoom(drawing, 0.7)],
      ] as const
    ).map(([sign, label, act]) => (
      <Button key={label} small aria-label={label} title={label} disabled={!drawing} onClick={act}>
        {sign}
      </Button>
    ))}
    <Button small disabled={!drawing} onClick={() => drawing?.newest()}>
      {text.newest}
    </Button>
    <span role="status" className="text-xs text-ink-3">
      {note}
    </span>
    <a href="https://www.tradingview.com/" rel="noreferrer" className="ml-auto text-xs text-ink-3 underline">
      {text.credit}
    </a>
  </div>
)

const endsOf = ({ bars }: ChartData): [string, string] => {
  const at = (bar: { at: number } | undefined) => (bar ? instant(new Date(bar.at).toISOString()) : '–')
  return [at(bars[0]), at(bars.at(-1))]
}

function rangeOf({ bars }: ChartData): string {
  if (bars.length === 0) return text.noBars
  const lowest = bars.reduce((a, b) => (Number(b.low) < Number(a.low) ? b : a))
  const highest = bars.reduce((a, b) => (Number(b.high) > Number(a.high) ? b : a))
  return text.range(showPrice(lowest.low), showPrice(highest.high), showPrice(bars.at(-1)!.close))
}
