import { clsx } from 'clsx'
import { useState } from 'react'
import { instant } from '../../words/show.ts'
import { chartTexts as text } from '../../words/texts/chart.ts'
import type { ChartPin, ChartTone } from './chart-words.ts'
import type { Drawing, Seen } from './drawing.ts'
import { grouped, type Group } from './scale.ts'

/** What a pin of each tone looks like. */
export const pinLooks: Readonly<Record<ChartTone, string>> = {
  buy: 'border-buy bg-buy-soft text-buy',
  sell: 'border-sell bg-sell-soft text-sell',
  hold: 'border-hold bg-hold-soft text-hold',
  avoid: 'border-avoid bg-avoid-soft text-avoid',
  accent: 'border-accent bg-card text-accent',
  ink: 'border-ink bg-card text-ink',
  muted: 'border-line-2 bg-raised text-ink-2',
}

const apartPx = 28

type Props = { pins: readonly ChartPin[]; drawing: Drawing | null; seen: Seen | null; height: number }

/** Pins above their candles. What one says is shown while it is pointed at or focused, and stays when it is clicked. */
export function PinLane({ pins, drawing, seen, height }: Props) {
  const [open, setOpen] = useState<{ id: string; isHeld: boolean } | null>(null)
  const places = seen === null || !drawing ? [] : placed(pins, drawing)
  const shown = places.find(({ items }) => items.some(({ id }) => id === open?.id))
  const leave = () => !open?.isHeld && setOpen(null)
  return (
    <div
      role="group"
      aria-label={text.pins}
      className="relative h-7"
      onMouseLeave={leave}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(null)}
      onKeyDown={(event) => event.key === 'Escape' && setOpen(null)}
    >
      <div className="absolute inset-0 overflow-hidden">
        {places.map((place) => {
          const id = place.items[0]!.id
          const isOpen = shown === place
          return (
            <PinButton
              key={id}
              place={place}
              isOpen={isOpen}
              onPoint={() => !open?.isHeld && setOpen({ id, isHeld: false })}
              onHold={() => setOpen(isOpen && open?.isHeld ? null : { id, isHeld: true })}
            />
          )
        })}
      </div>
      {shown && <PinCard place={shown} height={height} />}
    </div>
  )
}

const placed = (pins: readonly ChartPin[], drawing: Drawing): Group<ChartPin>[] =>
  grouped(
    pins.flatMap((item) => {
      const x = drawing.xOf(item.at)
      return x !== null && x >= 0 ? [{ x, item }] : []
    }),
    apartPx,
  )

type ButtonProps = { place: Group<ChartPin>; isOpen: boolean; onPoint: () => void; onHold: () => void }

function PinButton({ place: { x, items }, isOpen, onPoint, onHold }: ButtonProps) {
  const first = items[0]!
  const label =
    items.length === 1
      ? `${first.kind}, ${instant(new Date(first.at).toISOString())}`
      : text.pinGroup(items.length, instant(new Date(first.at).toISOString()))
  return (
    <button
      type="button"
      aria-label={label}
      aria-expanded={isOpen}
      onMouseEnter={onPoint}
      onFocus={onPoint}
      onClick={onHold}
      className={clsx(
        'absolute top-0.5 grid h-6 min-w-6 -translate-x-1/2 place-content-center rounded-full border px-1 text-xs font-semibold',
        pinLooks[first.tone],
        isOpen && 'ring-2 ring-accent',
      )}
      style={{ left: x }}
    >
      {items.length === 1 ? first.sign : items.length}
    </button>
  )
}

/** Below its pin, as far to the right as there is room; a thread leads down through the candles. */
const PinCard = ({ place: { x, items }, height }: { place: Group<ChartPin>; height: number }) => (
  <>
    <span
      aria-hidden="true"
      className="pointer-events-none absolute top-7 z-10 border-l border-dashed border-accent"
      style={{ left: x, height: height + 8 }}
    />
    <ul
      className="absolute top-full z-20 grid max-h-72 w-80 max-w-full gap-3 overflow-y-auto rounded-lg border border-line-2 bg-card p-3 text-sm shadow-card"
      style={{ left: `max(0px, min(${x}px, 100% - 20rem))` }}
    >
      {items.map(({ id, kind, at, title, detail }) => (
        <li key={id} className="grid gap-0.5">
          <span className="text-xs text-ink-3">
            {kind}, <time dateTime={new Date(at).toISOString()}>{instant(new Date(at).toISOString())}</time>
          </span>
          <span className="font-medium break-words">{title}</span>
          {detail !== undefined && <span className="text-xs text-ink-2">{detail}</span>}
        </li>
      ))}
    </ul>
  </>
)
