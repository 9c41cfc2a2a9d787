import { useState } from 'react'
import { type Explanation, type Outcome, type Recommendation } from '@pumpiq/domain'
import type { RecommendationInputs } from '@pumpiq/api'
import { useCandles } from '../../data/recommendations.ts'
import { eventName, toneOfEvent } from '../../words/ending.ts'
import { levelsOf, type Level } from '../../words/ladder.ts'
import { plural, span } from '../../words/show.ts'
import { callTexts as text } from '../../words/texts/recommendation.ts'
import type { ChartBar, ChartLevel, ChartMark, ChartZone } from '../chart/chart-words.ts'
import { PriceChart } from '../chart/price-chart.tsx'
import { Card } from '../kit/card.tsx'
import { Choice } from '../kit/choice.tsx'
import { LevelsLadder } from './levels-ladder.tsx'
import { LevelsTable } from './levels-table.tsx'

type Props = {
  call: Recommendation
  inputs: RecommendationInputs | null
  told: Explanation | null
  outcome: Outcome | null
}

type View = 'plan' | 'candles'
const noBars: readonly ChartBar[] = []
const noEvents: Outcome['events'] = []
/** With fewer candles before the issue a chart tells less than the closes that were sealed. */
const fewBars = 24

/** What was called, drawn: on the closes the decision saw, or on all candles that are kept, with what happened since. */
export function LevelsCard({ call, inputs, told, outcome }: Props) {
  const [chosen, choose] = useState<View | null>(null)
  const candles = useCandles(call)
  const bars = candles.data?.bars ?? noBars
  const issuedAt = Date.parse(call.issuedAt)
  const hasPast = bars.filter(({ at }) => at < issuedAt).length >= fewBars
  const view = chosen ?? (hasPast ? 'candles' : 'plan')
  const series = inputs?.series[0] ?? null
  const events = outcome?.events ?? noEvents
  return (
    <Card
      title={text.levels}
      hint={text.levelsHint}
      actions={
        <Choice
          label={text.views}
          value={view}
          options={[
            { value: 'plan', label: text.viewPlan },
            { value: 'candles', label: text.viewCandles },
          ]}
          onChange={choose}
        />
      }
    >
      <div className="grid gap-3">
        {view === 'plan' ? (
          <>
            <LevelsLadder call={call} series={series} since={bars.filter(({ at }) => at >= issuedAt)} events={events} />
            <p className="text-xs text-ink-3" data-plain>
              {series && text.planSeries(plural(series.close.length, 'close'), series.id, span(series.intervalMs))}
              {events.length > 0 && text.planNumbers}
            </p>
          </>
        ) : (
          <div data-plain>
            <PriceChart
              symbol={call.symbol}
              subject={`${call.id} ${call.timeframe}`}
              bars={bars}
              intervalMs={candles.data?.intervalMs ?? 3_600_000}
              zones={zonesOf(call)}
              levels={chartLevels(call)}
              marks={marksOf(call, events)}
            />
            {candles.problem !== null && <p className="text-sm text-sell">{text.candlesProblem(candles.problem)}</p>}
            {candles.data?.why && <p className="text-sm text-ink-2">{candles.data.why}</p>}
          </div>
        )}
        <LevelsTable call={call} told={told} />
      </div>
    </Card>
  )
}

const tones = { target: 'buy', stop: 'sell', edge: 'hold', price: 'ink' } as const satisfies Record<
  Level['tone'],
  unknown
>

const chartLevels = (call: Recommendation): ChartLevel[] =>
  levelsOf(call).map(({ id, label, tone, price }) => ({ id, label, price, tone: tones[tone], dashed: tone !== 'stop' }))

function zonesOf({ entry, band, issuedAt, validUntil, expiresAt }: Recommendation): ChartZone[] {
  const from = Date.parse(issuedAt)
  return [
    ...(entry
      ? [{ id: 'entry', label: text.entry, tone: 'accent' as const, ...entry, from, to: Date.parse(validUntil) }]
      : []),
    ...(band
      ? [{ id: 'band', label: text.band, tone: 'hold' as const, ...band, from, to: Date.parse(expiresAt) }]
      : []),
  ]
}

const marksOf = ({ type }: Recommendation, events: Outcome['events']): ChartMark[] =>
  events.map(({ at, event, price }, i) => ({
    id: event,
    at: Date.parse(at),
    price,
    sign: String(i + 1),
    label: eventName(type, event),
    tone: tones[toneOfEvent(event)],
  }))
