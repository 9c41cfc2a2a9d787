import { useState } from 'react'
import { instant } from '../../words/show.ts'
import { tokenTexts as text } from '../../words/texts/token.ts'
import type { ChartPin } from '../chart/chart-words.ts'
import { pinLooks } from '../chart/pin-lane.tsx'
import { Button } from '../kit/button.tsx'
import { Card } from '../kit/card.tsx'
import { Skeleton } from '../kit/skeleton.tsx'

const few = 8

/** The pins of the chart as a list, newest first. */
export function EventsCard({ pins, isLoading }: { pins: readonly ChartPin[]; isLoading: boolean }) {
  const [isAll, setAll] = useState(false)
  return (
    <Card title={text.events} hint={text.eventsHint}>
      {pins.length === 0 && (isLoading ? <Skeleton rows={6} /> : <p className="text-sm text-ink-2">{text.noEvents}</p>)}
      <ul>
        {pins.slice(0, isAll ? pins.length : few).map(({ id, at, kind, sign, tone, title, detail }) => (
          <li key={id} className="flex gap-3 border-b border-line py-2 text-sm last:border-0">
            <span
              aria-hidden="true"
              className={`mt-0.5 grid size-6 shrink-0 place-content-center rounded-full border text-xs font-semibold ${pinLooks[tone]}`}
            >
              {sign}
            </span>
            <div className="min-w-0">
              <p className="text-xs text-ink-3">
                {kind}, <time dateTime={new Date(at).toISOString()}>{instant(new Date(at).toISOString())}</time>
              </p>
              <p className="font-medium break-words">{title}</p>
              {detail !== undefined && <p className="text-xs text-ink-2">{detail}</p>}
            </div>
          </li>
        ))}
      </ul>
      {!isAll && pins.length > few && (
        <Button small className="mt-3" onClick={() => setAll(true)}>
          {text.allEvents(pins.length)}
        </Button>
      )}
    </Card>
  )
}
