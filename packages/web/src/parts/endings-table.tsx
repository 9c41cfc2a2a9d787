import type { RecommendationSummary } from '@pumpiq/api'
import { instant, signed } from '../words/show.ts'
import { CallBadge, toneOf } from './call-badge.tsx'
import { None } from './calls-table.tsx'
import { EndingBadge } from './ending-badge.tsx'
import { TokenCell } from './token-cell.tsx'

/** What ended, in the order the server gives it: the largest loss first. */
export function EndingsTable({ endings }: { endings: readonly RecommendationSummary[] }) {
  return (
    <div className="card table-card">
      <table className="calls endings">
        <thead>
          <tr>
            <th scope="col">Token</th>
            <th scope="col">Call</th>
            <th scope="col">Ended as</th>
            <th scope="col" className="right">
              Result, net
            </th>
            <th scope="col" className="right">
              Return, net
            </th>
            <th scope="col">Issued</th>
            <th scope="col">Ended</th>
          </tr>
        </thead>
        <tbody>
          {endings.map((call) => (
            <EndingRow key={call.id} call={call} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function EndingRow({ call }: { call: RecommendationSummary }) {
  const { outcome, type, issuedAt } = call
  if (!outcome) return null
  const { at, rMultiple, returnNetPct } = outcome
  return (
    <tr className={`row-${toneOf(call)}`}>
      <TokenCell call={call} />
      <td className="cell-call">
        <CallBadge call={call} />
      </td>
      <td data-name="Ended as">
        <EndingBadge type={type} outcome={outcome} bare />
      </td>
      <td data-name="Result, net" className="right num">
        {rMultiple === null ? <None /> : `${signed(rMultiple)} R`}
      </td>
      <td data-name="Return, net" className="right num">
        {returnNetPct === null ? <None /> : `${signed(returnNetPct)} %`}
      </td>
      <td data-name="Issued" className="small">
        <time dateTime={issuedAt}>{instant(issuedAt)}</time>
      </td>
      <td data-name="Ended" className="small">
        {at === null ? <None /> : <time dateTime={at}>{instant(at)}</time>}
      </td>
    </tr>
  )
}
