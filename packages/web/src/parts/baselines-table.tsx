import type { BaselinesBeside } from '@pumpiq/api'
import { percent, signed } from '../words/show.ts'
import { MeasuredFigure } from './measured-figure.tsx'

type Row = BaselinesBeside['rows'][number]

/** Our calls, and what others would have made of the same windows. */
export function BaselinesTable({ rows }: { rows: readonly Row[] }) {
  return (
    <table className="figures beside">
      <thead>
        <tr>
          <th scope="col">On the same windows</th>
          <th scope="col" className="right">
            n
          </th>
          <th scope="col">Mean a call, net</th>
          <th scope="col" className="narrow-none">
            Won
          </th>
          <th scope="col">Our lead</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <BaselineRow key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  )
}

const wholePercent = (ratio: number): string => percent(ratio).replace(' %', '')

function BaselineRow({ row }: { row: Row }) {
  const { id, label, n, effectiveN, note } = row
  const of = (value: number | null, low: number | null, high: number | null) => ({
    value,
    low,
    high,
    n,
    effectiveN,
    note,
  })
  return (
    <tr className={id === 'calls' ? 'own' : ''}>
      <th scope="row">{label}</th>
      <td className="right num">{n.toLocaleString('en')}</td>
      <td>
        <MeasuredFigure rate={of(row.meanReturnNetPct, row.low, row.high)} show={signed} unit="%" />
      </td>
      <td className="narrow-none">
        <MeasuredFigure rate={of(row.winRate, row.winLow, row.winHigh)} show={wholePercent} unit="%" />
      </td>
      <td>
        {id === 'calls' ? (
          <span className="faint">–</span>
        ) : (
          <MeasuredFigure rate={of(row.leadPct, row.leadLow, row.leadHigh)} show={signed} unit="%" />
        )}
      </td>
    </tr>
  )
}
