import { useNavigate, useSearch } from '@tanstack/react-router'
import type { BreakdownBy, PerformanceSummary, Period } from '@pumpiq/api'
import { timeframes, type Timeframe } from '@pumpiq/domain'
import { useBaselines, usePerformance, type Part } from '../data/performance.ts'
import { useHealth } from '../data/system.ts'
import { Card } from '../parts/kit/card.tsx'
import { Choice } from '../parts/kit/choice.tsx'
import { Problem } from '../parts/kit/problem.tsx'
import { Skeleton } from '../parts/kit/skeleton.tsx'
import { BesidePanel, Verdict } from '../parts/record/beside.tsx'
import { CountsCard } from '../parts/record/counts.tsx'
import { EndingsPanel } from '../parts/record/endings.tsx'
import { EquityPanel } from '../parts/record/equity.tsx'
import { groupings, GroupsPanel } from '../parts/record/groups.tsx'
import { ReliabilityPanel } from '../parts/record/reliability.tsx'
import { Count } from '../parts/record/measured.tsx'
import { SaveMenu } from '../parts/record/save-menu.tsx'
import { Tiles } from '../parts/record/tiles.tsx'
import { TypesCard } from '../parts/record/types.tsx'
import { VerifyCard } from '../parts/record/verify-card.tsx'
import { followingSentence } from '../words/following.ts'
import { longSpan, words } from '../words/show.ts'
import { recordTexts as text } from '../words/texts/record.ts'

const periods = Object.keys(text.periods) as readonly Period[]
const horizons = Object.keys(timeframes) as readonly Timeframe[]

type Shown = Part & { readonly by: BreakdownBy }
const usual: Shown = { period: 'all', timeframe: 'SWING', by: 'period' }

/** The public record: every house call, the losers first, and nothing told of it that too few calls would carry. */
export function RecordPage() {
  const health = useHealth().data
  const [shown, show] = useShown()
  const { by, ...part } = shown
  const asked = usePerformance(part)
  const baselines = useBaselines(part)
  // Together: what came a moment later would push the rest down.
  const summary = baselines.data === null && baselines.problem === null ? null : asked.data
  return (
    <div className="grid grid-cols-1 gap-5">
      <header className="grid grid-cols-1 gap-4">
        <div>
          <h1>{text.title}</h1>
          <p className="mt-1 max-w-[80ch] text-sm text-ink-2">
            {text.lead}{' '}
            {health && health.tracker.state !== 'stale' && <span data-plain>{followingSentence(health.tracker)}</span>}
          </p>
        </div>
        <Filters shown={shown} show={show} />
      </header>
      <Problem asked={asked} />
      {summary ? (
        <>
          {baselines.data ? <Verdict baselines={baselines.data} /> : <div className="min-h-11" aria-hidden="true" />}
          {summary.closed === 0 ? <NoneEnded summary={summary} /> : <Tiles summary={summary} />}
          {summary.closed > 0 && <EndingsPanel key={`${part.period} ${part.timeframe}`} part={part} />}
          <EquityPanel part={part} isEmpty={summary.closed === 0} />
          <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-2">
            <BesidePanel asked={baselines} />
            <ReliabilityPanel part={part} />
          </div>
          <GroupsPanel part={part} by={by} onBy={(next) => show({ by: next })} />
          <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-2">
            <TypesCard summary={summary} />
            <CountsCard summary={summary} />
          </div>
        </>
      ) : (
        asked.problem === null && (
          <Card className="min-h-dvh">
            <Skeleton rows={14} />
          </Card>
        )
      )}
      <VerifyCard head={health?.ledger ?? null} />
    </div>
  )
}

const among = <T extends string>(all: readonly T[], wanted: unknown, otherwise: T): T =>
  all.find((one) => one === wanted) ?? otherwise

/** What is shown stands in the address, so that it can be sent to somebody; what is usual is left out of it. */
function useShown(): [Shown, (change: Partial<Shown>) => void] {
  const search: Record<string, unknown> = useSearch({ strict: false })
  const navigate = useNavigate()
  const shown: Shown = {
    period: among(periods, search['period'], usual.period),
    timeframe: among(horizons, search['timeframe'], usual.timeframe),
    by: among(groupings, search['by'], usual.by),
  }
  const show = (change: Partial<Shown>) => {
    const next = { ...shown, ...change }
    const told = Object.entries(next).filter(([name, value]) => value !== usual[name as keyof Shown])
    void navigate({ to: '/record', search: Object.fromEntries(told), replace: true, resetScroll: false })
  }
  return [shown, show]
}

function Filters({ shown, show }: { shown: Shown; show: (change: Partial<Shown>) => void }) {
  const { by, ...part } = shown
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
      <Choice
        label={text.horizon}
        value={part.timeframe}
        options={horizons.map((value) => ({ value, label: text.timeframes[value] }))}
        onChange={(timeframe) => show({ timeframe })}
      />
      <span data-plain>
        <Choice
          label={text.endedWithin}
          value={part.period}
          options={periods.map((value) => ({ value, label: text.periods[value] }))}
          onChange={(period) => show({ period })}
        />
      </span>
      <div className="lg:ml-auto">
        <SaveMenu part={part} by={by} />
      </div>
    </div>
  )
}

function NoneEnded({ summary: { period, timeframe, byStatus } }: { summary: PerformanceSummary }) {
  return (
    <Card title={<span data-plain>{period === 'all' ? text.noneEver : text.noneIn(text.periods[period])}</span>}>
      <p data-plain className="max-w-[75ch] text-sm text-ink-2" aria-live="polite">
        {period === 'all' && `${text.firstEnd(words(timeframe), longSpan(timeframes[timeframe].horizonMs))} `}
        {byStatus.OPEN === 0 ? (
          text.noneOpen
        ) : (
          <>
            <Count of="summary" at="byStatus.OPEN" n={byStatus.OPEN} /> {text.areOpen}
          </>
        )}{' '}
        {text.noRate}
      </p>
    </Card>
  )
}
