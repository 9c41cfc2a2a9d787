import { useMemo, useState } from 'react'
import { intervalNames, intervals, type Interval } from '@pumpiq/domain'
import type { RecommendationSummary } from '@pumpiq/api'
import { useFittingInterval, useHistory } from '../../data/token.ts'
import { instant, plural } from '../../words/show.ts'
import { tokenTexts as text } from '../../words/texts/token.ts'
import type { ChartLevel, ChartPin, ChartZone } from '../chart/chart-words.ts'
import { PriceChart } from '../chart/price-chart.tsx'
import { Button } from '../kit/button.tsx'
import { Card } from '../kit/card.tsx'
import { Choice } from '../kit/choice.tsx'
import { Note } from '../kit/note.tsx'
import { Skeleton } from '../kit/skeleton.tsx'
import { levelsOf, supersededAt, zonesOf } from './call-shapes.ts'
import { mergedHistory, type MergedHistory } from './history.ts'
import { emptyStudies, overlaysOf, panesOf, type Study } from './studies.ts'
import { StudyChoice } from './study-choice.tsx'

type Props = {
  /** Null until it is known which token it is. */
  id: string | null
  symbol: string
  calls: readonly RecommendationSummary[]
  current: RecommendationSummary | null
  pins: readonly ChartPin[]
}

const nothing: MergedHistory = {
  bars: [],
  technical: {},
  onchain: {},
  sentiment: {},
  sources: {},
  source: null,
  why: null,
}

/** The price in candles with what was called, what happened, and whatever else is wished for. */
export function ChartCard({ id, symbol, calls, current, pins }: Props) {
  const [chosen, setChosen] = useState<Interval | null>(null)
  const [on, setOn] = useState<ReadonlySet<Study>>(new Set(['volume', 'ema']))
  const [isFitted, setFitted] = useState<boolean | null>(null)
  const fit = useFittingInterval(id)
  const fitting = fit.data
  const interval = chosen ?? fitting
  const told = useHistory(id, interval)
  const problem = told.problem ?? (interval === null ? fit.problem : null)
  const again = interval === null ? fit.again : told.again
  const history = useMemo(() => (told.pages ? mergedHistory(told.pages) : nothing), [told.pages])
  const overlays = useMemo(() => overlaysOf(history, on), [history, on])
  const panes = useMemo(() => panesOf(history, on), [history, on])
  const zones = useMemo<ChartZone[]>(() => calls.flatMap((call, i) => zonesOf(call, supersededAt(calls, i))), [calls])
  const levels = useMemo<ChartLevel[]>(() => (current ? levelsOf(current) : []), [current])
  const empty = useMemo(() => emptyStudies(history), [history])
  const isAll = isFitted ?? (interval !== null && intervals[interval] >= intervals['15m'])
  return (
    <Card
      title={text.chart}
      hint={history.source === null ? undefined : text.venue(history.source)}
      actions={
        <>
          <Button
            small
            aria-pressed={isAll}
            disabled={levels.length === 0}
            onClick={() => setFitted(!isAll)}
            className="aria-pressed:border-accent aria-pressed:text-accent"
          >
            {text.fitAll}
          </Button>
          <Choice
            label={text.interval}
            value={interval ?? '1h'}
            options={intervalNames.map((value) => ({ value, label: value }))}
            onChange={setChosen}
          />
        </>
      }
    >
      <StudyChoice on={on} empty={empty} onChange={setOn} />
      {problem !== null && (
        <Note
          tone={told.pages ? 'warn' : 'bad'}
          title={text.candlesFailed}
          className="mb-3"
          actions={<Again ask={again} />}
        >
          {problem}
        </Note>
      )}
      {told.pages === null && problem === null && <ChartPlace />}
      {told.pages !== null && interval !== null && history.bars.length === 0 && (
        <NoCandles why={history.why} fitting={fitting} interval={interval} onChoose={setChosen} />
      )}
      {interval !== null && history.bars.length > 0 && (
        <>
          <PriceChart
            symbol={symbol}
            subject={`${id} ${interval}`}
            bars={history.bars}
            intervalMs={intervals[interval]}
            overlays={overlays}
            panes={panes}
            zones={zones}
            levels={levels}
            fit={isAll ? 'all' : 'near'}
            pins={pins}
            onOlder={told.older}
            isLoadingOlder={told.isLoadingOlder}
          />
          <Reach history={history} interval={interval} hasOlder={told.hasOlder} />
          <NotYet chosen={[...on].filter((study) => empty.has(study))} />
        </>
      )}
    </Card>
  )
}

const Again = ({ ask }: { ask: () => void }) => (
  <Button small onClick={ask}>
    {text.again}
  </Button>
)

const NotYet = ({ chosen }: { chosen: readonly Study[] }) =>
  chosen.length > 0 && (
    <p className="text-xs text-ink-3">{text.notYetOf(chosen.map((study) => text.studies[study]).join(', '))}</p>
  )

/** As high as the chart that comes. */
const ChartPlace = () => (
  <div className="h-[34rem]">
    <Skeleton rows={12} />
  </div>
)

type NoneProps = {
  why: string | null
  fitting: Interval | null
  interval: Interval
  onChoose: (interval: Interval) => void
}

const NoCandles = ({ why, fitting, interval, onChoose }: NoneProps) => (
  <div className="grid h-[34rem] place-content-center justify-items-center gap-3 text-center text-sm text-ink-2">
    <p>
      {text.noCandles} {why}
    </p>
    {fitting !== null && fitting !== interval && (
      <Button onClick={() => onChoose(fitting)}>{text.finer(fitting)}</Button>
    )}
  </div>
)

/** How far the record of prices reaches: a short one is not to be taken for a young token. */
function Reach({
  history: { bars, source },
  interval,
  hasOlder,
}: {
  history: MergedHistory
  interval: Interval
  hasOlder: boolean
}) {
  const from = instant(new Date(bars[0]!.at).toISOString())
  return (
    <p className="mt-2 text-xs text-ink-3">
      {text.kept(plural(bars.length, `candle of ${interval}`, `candles of ${interval}`), from, source ?? '–')}{' '}
      {hasOlder ? text.keptMore : text.keptAll}
    </p>
  )
}
