import { useState } from 'react'
import type { BreakdownBy, Period } from '@pumpiq/api'
import { useBreakdown } from '../data/performance.ts'
import { BreakdownTable } from './breakdown-table.tsx'

/** By type is told above, each type by its own measure. */
const names = {
  period: 'Month',
  timeframe: 'Timeframe',
  risk: 'Risk',
  token: 'Token',
  confidence: 'Confidence',
  weights: 'Weights',
  analyst: 'Analyst',
  actionable: 'Actionable',
} as const satisfies Partial<Record<BreakdownBy, string>>

const choices = Object.keys(names) as (keyof typeof names)[]

/** The record in groups. While other groups come, what is there stays. */
export function BreakdownCard({ period }: { period: Period }) {
  const [by, setBy] = useState<keyof typeof names>('period')
  const { data, problem } = useBreakdown(period, by)
  const [kept, setKept] = useState(data)
  if (data !== null && data !== kept) setKept(data)
  return (
    <section className="card breakdown-card" aria-labelledby="breakdown">
      <h2 id="breakdown">In groups</h2>
      <div className="filter" role="group" aria-label="Grouped by">
        {choices.map((one) => (
          <button key={one} type="button" aria-pressed={by === one} onClick={() => setBy(one)}>
            {names[one]}
          </button>
        ))}
      </div>
      {problem !== null && <p className="problem">They could not be read: {problem}</p>}
      {kept && (
        <div aria-busy={data === null}>
          <BreakdownTable key={kept.by} groups={kept.groups} by={names[kept.by as keyof typeof names]} />
          {kept.notes.slice(2).map((note) => (
            <p key={note} className="explain">
              {note}
            </p>
          ))}
        </div>
      )}
    </section>
  )
}
