import type { OutcomeStatus } from '@pumpiq/domain'
import { meanings, statuses, statusName } from '../words/ending.ts'

/** Every call that was made, by how it stands: what is not won is not left out. */
export function StatusCounts({
  calls,
  byStatus,
}: {
  calls: number
  byStatus: Readonly<Record<OutcomeStatus, number>>
}) {
  return (
    <table className="figures counts">
      <thead>
        <tr>
          <th scope="col">Status</th>
          <th scope="col" className="narrow-none">
            <span className="sr-only">Share</span>
          </th>
          <th scope="col" className="right">
            Calls
          </th>
        </tr>
      </thead>
      <tbody>
        {statuses.map((status) => (
          <tr key={status} className={byStatus[status] === 0 ? 'zero' : ''}>
            <th scope="row">
              {statusName(status)}
              <span className="faint small block">{meanings[status]}</span>
            </th>
            <td className="count-bar">
              <svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                <rect width={calls === 0 ? 0 : (100 * byStatus[status]) / calls} height="8" rx="2" />
              </svg>
            </td>
            <td className="right num">{byStatus[status].toLocaleString('en')}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">All house calls</th>
          <td className="narrow-none" />
          <td className="right num">{calls.toLocaleString('en')}</td>
        </tr>
      </tfoot>
    </table>
  )
}
