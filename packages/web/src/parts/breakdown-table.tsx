import { useState } from 'react'
import type { PerformanceBreakdown } from '@pumpiq/api'
import { signed } from '../words/show.ts'
import { MeasuredFigure } from './measured-figure.tsx'

type Group = PerformanceBreakdown['groups'][number]

const firstShown = 12

/** BUY and SELL of each group by the same measures, with their lead on buying and holding. HOLD and AVOID are in the counts alone. */
export function BreakdownTable({ groups, by }: { groups: readonly Group[]; by: string }) {
  const [isAll, setAll] = useState(false)
  const shown = isAll ? groups : groups.slice(0, firstShown)
  if (groups.length === 0) return <p className="explain">No call is followed or has ended in this time.</p>
  return (
    <>
      <table className="figures beside">
        <thead>
          <tr>
            <th scope="col">{by}</th>
            <th scope="col" className="right narrow-none">
              Calls
            </th>
            <th scope="col" className="right">
              n
            </th>
            <th scope="col">Target 1 first</th>
            <th scope="col">Mean result</th>
            <th scope="col">Lead on holding</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((group) => (
            <GroupRow key={group.key} group={group} />
          ))}
        </tbody>
      </table>
      {shown.length < groups.length && (
        <button type="button" className="more" onClick={() => setAll(true)}>
          Show all {groups.length}
        </button>
      )}
    </>
  )
}

const wholePercent = (ratio: number): string => (ratio * 100).toFixed(0)

function GroupRow({ group: { label, calls, directional, baselines } }: { group: Group }) {
  const holding = baselines.find(({ id }) => id === 'buy-and-hold')
  return (
    <tr className={directional.decided === 0 ? 'zero' : ''}>
      <th scope="row">{label}</th>
      <td className="right num narrow-none">{calls.toLocaleString('en')}</td>
      <td className="right num">{directional.decided.toLocaleString('en')}</td>
      <td>
        <MeasuredFigure rate={directional.hit} show={wholePercent} unit="%" />
      </td>
      <td>
        <MeasuredFigure rate={directional.r} show={signed} unit="R" />
      </td>
      <td>
        {holding ? (
          <MeasuredFigure
            rate={{ ...holding, value: holding.leadPct, low: holding.leadLow, high: holding.leadHigh }}
            show={signed}
            unit="%"
          />
        ) : (
          '–'
        )}
      </td>
    </tr>
  )
}
