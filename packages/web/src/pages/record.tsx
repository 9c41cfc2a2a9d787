import { useState } from 'react'
import { timeframes } from '@pumpiq/domain'
import type { PerformanceSummary, Period } from '@pumpiq/api'
import { useEndings, usePerformance } from '../data/performance.ts'
import { useHealth } from '../data/system.ts'
import { BaselinesCard } from '../parts/baselines-card.tsx'
import { BreakdownCard } from '../parts/breakdown-card.tsx'
import { EndingsTable } from '../parts/endings-table.tsx'
import { MeasuredTile } from '../parts/measured-tile.tsx'
import { StatusCounts } from '../parts/status-counts.tsx'
import { TypesTable } from '../parts/types-table.tsx'
import { VerifyNote } from '../parts/verify-note.tsx'
import { followingSentence } from '../words/following.ts'
import { longSpan, percent, plural, signed, words } from '../words/show.ts'

const periodNames: Record<Period, string> = {
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
  '1y': '1 year',
  all: 'All',
}
const periods = Object.keys(periodNames) as readonly Period[]

/** The public record: every house call, the losers first, and nothing told of it that too few calls would carry. */
export function RecordPage() {
  const health = useHealth().data
  const [period, setPeriod] = useState<Period>('all')
  const { data: summary, problem } = usePerformance(period)
  return (
    <>
      <div className="lead">
        <div>
          <h1>Track record</h1>
          <p className="lead-words">
            Every house call is followed to its end on closed candles, sealed, and counted here, losers first. House
            calls are made on schedule, so nobody can pick the good ones.{' '}
            {health && health.tracker.state !== 'stale' && followingSentence(health.tracker)}
          </p>
        </div>
        <Periods period={period} onChange={setPeriod} />
      </div>
      {problem !== null && (
        <p className="strip strip-bad" role="alert">
          <strong>{summary ? 'The record could not be refreshed.' : 'The record could not be read.'}</strong> {problem}
        </p>
      )}
      <div className="record">
        {!summary && problem === null && <div className="card skeleton" aria-hidden="true" />}
        {summary && (summary.closed === 0 ? <NoneEnded summary={summary} /> : <Measures summary={summary} />)}
        {summary && <BaselinesCard period={period} />}
        {summary && summary.closed > 0 && <BreakdownCard period={period} />}
        {summary && summary.closed > 0 && <Endings key={period} period={period} />}
        {summary && <Counts summary={summary} />}
        {(summary || problem !== null) && <VerifyNote head={health?.ledger ?? null} />}
      </div>
    </>
  )
}

function Periods({ period, onChange }: { period: Period; onChange: (period: Period) => void }) {
  return (
    <div className="filter periods" role="group" aria-label="Ended within">
      {periods.map((one) => (
        <button key={one} type="button" aria-pressed={period === one} onClick={() => onChange(one)}>
          {periodNames[one]}
        </button>
      ))}
    </div>
  )
}

function NoneEnded({ summary: { period, timeframe, byStatus } }: { summary: PerformanceSummary }) {
  const open = byStatus.OPEN
  return (
    <section className="card empty" aria-live="polite">
      <h2>{period === 'all' ? 'No call has ended yet' : `No call ended in the last ${periodNames[period]}`}</h2>
      <p>
        {period === 'all' &&
          `The first ${words(timeframe)} calls end within ${longSpan(timeframes[timeframe].horizonMs)}, sooner where a level is reached. `}
        {open === 0
          ? 'None is followed yet: the next look at the market takes up what was issued since the last. '
          : `${plural(open, 'call')} ${open === 1 ? 'is' : 'are'} open. `}
        No rate is told before 30 independent ones have ended.
      </p>
    </section>
  )
}

const inR = (value: number): string => `${signed(value)} R`
const oneDecimal = (ratio: number): string => (ratio * 100).toFixed(1)

function Measures({ summary }: { summary: PerformanceSummary }) {
  const { hit, r, totalR, maxDrawdownR, ambiguousShare, profitFactor } = summary.directional
  return (
    <>
      <div className="tiles">
        <MeasuredTile id="hit" title="Target 1 before stop" measured={hit} show={oneDecimal} unit="%">
          Of the BUY and SELL calls that were filled and ended.
        </MeasuredTile>
        <MeasuredTile id="mean-r" title="Mean result, net" measured={r} show={signed} unit="R">
          In multiples of what was risked (R), after fees and slippage
          {r.median !== null && <span className="num">; the median is {inR(r.median)}</span>}.
        </MeasuredTile>
        <section className="card tile" aria-labelledby="sum">
          <h2 id="sum">One R on each</h2>
          <p className="big num">{inR(totalR)}</p>
          <p className="faint small num">
            {plural(summary.closed, 'call')} ended; deepest fall on the way {maxDrawdownR.toFixed(2)} R
          </p>
          <p className="explain">
            A sum, not a forecast. Gains to losses: {profitFactor === null ? 'too few to say' : profitFactor.toFixed(2)}
            . Order unknown within one candle, so counted as the worse:{' '}
            {ambiguousShare === null ? 'too few to say' : percent(ambiguousShare, 1)}.
          </p>
        </section>
      </div>
      <section className="card" aria-labelledby="types">
        <h2 id="types">By type</h2>
        <TypesTable performance={summary} />
      </section>
    </>
  )
}

function Endings({ period }: { period: Period }) {
  const [pages, setPages] = useState(1)
  const { data, problem } = useEndings(period, pages)
  const [kept, setKept] = useState(data)
  // While the next page comes, what is there stays.
  if (data !== null && data !== kept) setKept(data)
  return (
    <section aria-labelledby="endings">
      <h2 id="endings">Calls that ended, losers first</h2>
      {problem !== null && <p className="problem">They could not be read: {problem}</p>}
      {kept && <EndingsTable endings={kept.items} />}
      {kept?.more && (
        <button type="button" className="more" disabled={data === null} onClick={() => setPages(pages + 1)}>
          {data === null ? 'Reading…' : 'Show more'}
        </button>
      )}
    </section>
  )
}

function Counts({ summary: { calls, byStatus, notes } }: { summary: PerformanceSummary }) {
  return (
    <section className="card" aria-labelledby="counts">
      <h2 id="counts">Everything is counted</h2>
      <StatusCounts calls={calls} byStatus={byStatus} />
      {notes.length > 0 && (
        <ul className="plain record-notes">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
    </section>
  )
}
